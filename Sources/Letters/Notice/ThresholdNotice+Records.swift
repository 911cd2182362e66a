import CaseModel
import Policy
import ThresholdRules

extension Letter.ThresholdNotice {
  /// Who stands behind a complaint besides the applicant; where it says otherwise, what each says and what
  /// was used. Empty where it is the applicant alone.
  func record(_ line: ComplaintResult, _ call: ComplaintName, _ say: Speech) -> String {
    if line.standing == .applicantSays { return otherDays(line, say) ?? "" }
    let told = complaints.first { $0.index == line.index }
    let used = call.used(line.index)
    let differences = [
      told.flatMap { differs($0.behaviour, used.behaviour, isReport: false, say) },
      told.flatMap { differs($0.complaint, used.complaint, isReport: true, say) },
    ].compactMap(\.self)
    // Days on record are those of the body that the complaint was made to.
    let key = witness(line) ?? (differences.isEmpty ? nil : told?.body)
    let body =
      key.map { pack.body($0)?.name ?? $0 } ?? say("A body that we asked", "Corff y gofynnwyd iddo")
    let isSaid = [.disputed, .notOnRecord].contains(line.reason.code)
    if !differences.isEmpty {
      let start =
        line.standing == .bodyConfirms
        ? say(
          "\(body) has it on record with another day.",
          "Mae gan y corff hwn gofnod gyda diwrnod gwahanol: \(body).")
        : isSaid ? "" : denial(line.standing, body, say)
      return
        ([start] + differences + [
          say("We used the day on record.", "Defnyddiwyd y diwrnod sydd ar gofnod.")
        ]).filter { !$0.isEmpty }.joined(separator: " ")
    }
    if line.standing == .bodyConfirms {
      return say("\(body) has it on record.", "Mae ar gofnod gyda'r corff hwn: \(body).")
    }
    let reported = told.map { inWords($0.complaint, say) }
    let use =
      line.counted
      ? say(
        "We used what you told us, and counted it all the same.",
        "Defnyddiwyd yr hyn a ddywedoch wrthym, ac fe'i cyfrifwyd er hynny.")
      : say("We used what you told us.", "Defnyddiwyd yr hyn a ddywedoch wrthym.")
    return [
      // Where the reason itself is that the body has no record, saying so once is enough.
      isSaid ? "" : denial(line.standing, body, say),
      reported.map {
        say("You told us that it was reported \($0).", "Dywedoch wrthym y rhoddwyd gwybod \($0).")
      } ?? "",
      isSaid ? "" : use,
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Where the applicant's days were gone by although the body has others on record, and the outcome turns on
  /// that; otherwise nil.
  private func otherDays(_ line: ComplaintResult, _ say: Speech) -> String? {
    let turning = assessment.turnsOn.first {
      $0.code == .turnsOnRecordedDays && $0["place"] == String(line.index)
    }
    return turning.map { reason in
      let body = pack.body(reason["body"])?.name ?? reason["body"]
      return say(
        "\(body) has it on record with other days. We used what you told us.",
        "Mae gan y corff hwn gofnod gyda diwrnodau eraill: \(body). Defnyddiwyd yr hyn a ddywedoch wrthym."
      )
    }
  }

  /// The body whose word it is: the one that the rules name, or the only one that gave information. With
  /// more than one it is not known here, and none is named.
  private func witness(_ line: ComplaintResult) -> String? {
    let named =
      [line.reason["body"]]
      + assessment.turnsOn.filter {
        [.turnsOnDispute, .turnsOnRecord, .turnsOnRecordedDays].contains($0.code)
          && $0["place"] == String(line.index)
      }.map { $0["body"] }
    return named.first { !$0.isEmpty }
      ?? (circumstances.answeredBy.count == 1 ? circumstances.answeredBy.first : nil)
  }

  private func denial(_ standing: Standing, _ body: String, _ say: Speech) -> String {
    standing == .bodyDisputes
      ? say(
        "\(body) says that it was not reported.",
        "Yn ôl y corff hwn, ni roddwyd gwybod amdani: \(body).")
      : say(
        "\(body) has no record of it.", "Nid oes gan y corff hwn gofnod ohoni: \(body).")
  }

  private func differs(
    _ told: ClosedRange<CalendarDate>, _ used: ClosedRange<CalendarDate>?, isReport: Bool,
    _ say: Speech
  ) -> String? {
    guard let used, used != told else { return nil }
    let (theirs, yours) = (inWords(used, say), inWords(told, say))
    return isReport
      ? say(
        "The record says that it was reported \(theirs); you told us \(yours).",
        "Yn ôl y cofnod, rhoddwyd gwybod \(theirs); dywedoch chi \(yours).")
      : say(
        "The record says that it happened \(theirs); you told us \(yours).",
        "Yn ôl y cofnod, digwyddodd \(theirs); dywedoch chi \(yours).")
  }

  private func inWords(_ days: ClosedRange<CalendarDate>, _ say: Speech) -> String {
    let (first, last) = (say.day(days.lowerBound), say.day(days.upperBound))
    return first == last
      ? say("on \(first)", "ar \(first)")
      : say("between \(first) and \(last)", "rywbryd o \(first) hyd at \(last)")
  }
}

extension ComplaintName {
  /// The days that the rules went by, as far as their reasons say.
  func used(
    _ index: Int
  ) -> (behaviour: ClosedRange<CalendarDate>?, complaint: ClosedRange<CalendarDate>?) {
    (days("behaviour", of: index), days("complaint", of: index))
  }

  func days(_ name: String, of index: Int) -> ClosedRange<CalendarDate>? {
    let reasons = assessment.routes.flatMap(\.complaints).filter { $0.index == index }.map(\.reason)
    for reason in reasons {
      guard let first = CalendarDate(reason[name]) else { continue }
      return first...max(first, CalendarDate(reason[name + "To"]) ?? first)
    }
    return nil
  }
}
