import Messages

// What Intake keeps of a case's consents, as JSON and in sentences.

extension Recourse_Intake_V1_AwaitedConsent {
  var json: JSON {
    .object([("person", .text(person)), ("purpose", .text(Naming.name(of: purpose)))])
  }

  /// Such as "THIRD_PARTY_AUTHORITY of victims[1]".
  var sentence: String { "\(Naming.name(of: purpose)) of \(person)" }
}

extension Recourse_Intake_V1_ConsentOnRecord {
  fileprivate var json: JSON {
    .object([
      ("consentId", .text(consentID)), ("person", .text(person)),
      ("purpose", .text(Naming.name(of: purpose))), ("recipient", .optional(recipient)),
      ("answer", .text(Naming.name(of: answer))), ("wording", .optional(wording)),
      ("answeredOn", .text(answeredOn)), ("capacity", .optional(Naming.name(of: capacity))),
      ("newest", .bool(newest)), ("byCode", .bool(byCode)),
    ])
  }

  /// Such as "SUPPORT_REFERRAL to victim-support, of applicant: given on 16 March 2026".
  fileprivate var sentence: String {
    let to = recipient.isEmpty ? "" : " to \(recipient)"
    let words = wording.isEmpty ? "" : ", in the wording of \(wording)"
    let stand = capacity == .unspecified || capacity == .themselves
    let by = stand ? "" : " by \(Naming.words(of: Naming.name(of: capacity)))"
    return "\(Naming.name(of: purpose))\(to), of \(person): "
      + "\(Naming.words(of: Naming.name(of: answer)))\(by) on \(answeredOn.dayInWords)\(words)"
      + (byCode ? ", by the code of a letter: nobody saw who answered" : "")
  }
}

extension Recourse_Intake_V1_GetConsentsResponse {
  var json: JSON {
    .object([
      ("answers", .list(answers.map(\.json))), ("awaited", .list(awaited.map(\.json))),
    ])
  }

  /// The answers that count, then what is waited for.
  var lines: [String] {
    var lines = answers.filter(\.newest).map(\.sentence)
    if !awaited.isEmpty {
      lines.append("Waited for: \(awaited.map(\.sentence).joined(separator: ", ")).")
    }
    return lines.isEmpty ? [] : ["", "Consents:"] + lines.map { "  \($0)" }
  }
}
