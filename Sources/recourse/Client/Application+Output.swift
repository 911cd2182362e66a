import Messages
import SwiftProtobuf

// What somebody told with their application, and what has to be minded of it, in sentences.

extension Recourse_Intake_V1_GetApplicationResponse {
  /// Whatever may be told here, in the order of the form; what was left out or may not be told has no line.
  var lines: [String] {
    var lines = ["Case \(caseReference), received on \(receivedOn.dayInWords)"]
    if application.risk.immediateDanger { lines.append(Recourse_Intake_V1_GetNeedsResponse.danger) }
    if application.hasApplicant { lines += application.applicant.lines("The applicant") }
    for (index, victim) in application.victims.enumerated() {
      lines +=
        victim.sameAsApplicant
        ? ["", "victims[\(index)]: the applicant"] : victim.party.lines("victims[\(index)]")
    }
    if !application.others.isEmpty {
      lines += ["", "Others who complained:"]
      lines += application.others.map { "  \($0.id): \($0.name)" }
    }
    for (index, complaint) in application.complaints.enumerated() {
      lines += complaint.lines(index + 1, isLater: index >= complaintsAtReceipt)
    }
    lines += told("What it does to them", application.impact)
    lines += told("What they want to happen", application.desiredOutcome)
    let attendance = application.attendance.inWords
    if !attendance.isEmpty { lines += ["", "At the panel's meeting: \(attendance)."] }
    let answers = application.risk.answers.fields.sorted { $0.key < $1.key }
    if !answers.isEmpty {
      lines += ["", "Answers about risk:"] + answers.map { "  \($0.key): \($0.value.inWords)" }
    }
    return lines
  }

  private func told(_ heading: String, _ words: String) -> [String] {
    words.isEmpty ? [] : ["", "\(heading):", "  \(words.onOneLevel)"]
  }
}

extension Recourse_Intake_V1_GetNeedsResponse {
  /// Said first, wherever a case is looked at.
  static let danger =
    "DANGER: they said that somebody was in immediate danger. Make sure that the police know, and get in touch by a "
    + "way that they said is safe."

  var json: JSON {
    .object([
      ("immediateDanger", .bool(immediateDanger)), ("attendance", .optional(attendance.name)),
      (
        "people",
        .list(
          people.map {
            .object([
              ("person", .text($0.person)), ("adjustments", .texts($0.adjustments)),
              ("contactNote", .optional($0.contactNote)),
            ])
          })
      ),
    ])
  }

  /// What to mind, a line each.
  var lines: [String] {
    var lines = immediateDanger ? [Self.danger] : []
    if !attendance.inWords.isEmpty {
      lines.append("The applicant takes part in the panel's meeting: \(attendance.inWords).")
    }
    for person in people {
      if !person.adjustments.isEmpty {
        lines.append("\(person.person) needs: \(person.adjustments.joined(separator: ", "))")
      }
      if !person.contactNote.isEmpty {
        lines.append("\(person.person) says about reaching them: \(person.contactNote.onOneLevel)")
      }
    }
    return lines
  }
}

extension Recourse_Intake_V1_Party {
  fileprivate func lines(_ heading: String) -> [String] {
    let ways = safeContact.channels.map(\.inWords).joined(separator: ", ")
    let hours = safeContact.phoneBetween.isEmpty ? "" : ", by telephone \(safeContact.phoneBetween)"
    let voicemail = safeContact.voicemail ? "" : ", no message"
    let facts: [(String, String)] = [
      ("Name", name), ("Organisation", organisation), ("Stands to them as", relation),
      ("Safe ways", ways.isEmpty ? "none was named" : ways + hours + voicemail),
      ("About reaching them", safeContact.note), ("E-mail", email), ("Telephone", phone),
      ("Address", postalAddress), ("Language", language),
      ("Needs", adjustments.joined(separator: ", ")),
    ]
    return ["", "\(heading):"]
      + facts.filter { !$0.1.isEmpty }.map { "  \($0.0): \($0.1.onOneLevel)" }
  }
}

extension Recourse_Intake_V1_Complaint {
  fileprivate func lines(_ number: Int, isLater: Bool) -> [String] {
    func days(_ from: String, _ to: String) -> String {
      to.isEmpty ? from : "\(from) to \(to)"
    }
    let facts: [(String, String)] = [
      ("It happened on", days(behaviourDate, behaviourDateTo)),
      ("Complained on", days(complaintDate, complaintDateTo)), ("To", body),
      ("Its reference", reference), ("By", complainant), ("What happened", what),
      ("What was done so far", responseSoFar),
      ("Hate", hateStrands.map(\.inWords).joined(separator: ", ")),
    ]
    return ["", "Complaint \(number)\(isLater ? ", added later" : ""):"]
      + facts.filter { !$0.1.isEmpty }.map { "  \($0.0): \($0.1.onOneLevel)" }
  }
}

extension Recourse_Intake_V1_Application.Attendance {
  fileprivate var name: String {
    switch self {
    case .attendInPerson: "ATTEND_IN_PERSON"
    case .attendRemotely: "ATTEND_REMOTELY"
    case .representative: "REPRESENTATIVE"
    case .statement: "STATEMENT"
    case .doesNotAttend: "DOES_NOT_ATTEND"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  /// How they take part; empty where they have not said.
  fileprivate var inWords: String {
    switch self {
    case .attendInPerson: "in person"
    case .attendRemotely: "by telephone or video"
    case .representative: "somebody speaks for them"
    case .statement: "by a statement"
    case .doesNotAttend: "they do not take part"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}

extension Recourse_Intake_V1_SafeContact.Channel {
  fileprivate var inWords: String {
    switch self {
    case .email: "e-mail"
    case .phone: "telephone"
    case .post: "post"
    case .sms: "text message"
    case .unspecified, .UNRECOGNIZED: "another way"
    }
  }
}

extension Recourse_Intake_V1_Complaint.HateStrand {
  fileprivate var inWords: String {
    switch self {
    case .race: "race"
    case .religion: "religion"
    case .sexualOrientation: "sexual orientation"
    case .disability: "disability"
    case .transgenderIdentity: "transgender identity"
    case .otherStrand, .unspecified, .UNRECOGNIZED: "another ground"
    }
  }
}

extension Google_Protobuf_Value {
  /// An answer to a question about risk.
  fileprivate var inWords: String {
    switch kind {
    case .boolValue(let isTrue): isTrue ? "yes" : "no"
    case .numberValue(let number): "\(number)"
    case .stringValue(let text): text.onOneLevel
    case .listValue(let list): list.values.map(\.inWords).joined(separator: ", ")
    case .structValue, .nullValue, nil: "not said"
    }
  }
}

extension String {
  /// Lines that somebody typed stay beneath what they belong to, and no control character reaches the terminal.
  fileprivate var onOneLevel: String {
    let plain = unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }
    return String(String.UnicodeScalarView(plain)).replacing("\n", with: "\n    ")
  }
}
