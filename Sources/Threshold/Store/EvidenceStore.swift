import CaseModel
import ThresholdRules
import WorkerKit

/// What a body answered when it was asked for information.
enum InformationAnswer: Sendable, Hashable {
  /// What it says of single complaints; nothing of those that it does not name.
  case returned([Evidence.Finding])
  case refused(RefusalGround)

  var state: InformationState {
    switch self {
    case .returned: .returned
    case .refused: .refused
    }
  }
}

extension SliceTransaction {
  /// Keeps an answer beside those that the body gave before; from now on this one counts.
  func keep(
    _ answer: InformationAnswer, to request: KeptInformationRequest, on day: CalendarDate,
    of reference: CaseReference
  ) throws {
    let number = request.answers + 1
    var (ground, findings): (String, [Evidence.Finding]) = ("", [])
    switch answer {
    case .returned(let found): findings = found
    case .refused(let why): ground = why.rawValue
    }
    try execute(
      """
      INSERT INTO information_answer (case_reference, body, number, answered_on, ground)
      VALUES (?, ?, ?, ?, ?)
      """, .text(reference.description), .text(request.body), .integer(number),
      .text(day.description), .text(ground))
    for finding in findings { try keep(finding, number: number, of: reference) }
    try execute(
      "UPDATE information_request SET state = ?, answers = ? WHERE case_reference = ? AND body = ?",
      .text(answer.state.rawValue), .integer(number), .text(reference.description),
      .text(request.body))
  }

  private func keep(
    _ finding: Evidence.Finding, number: Int, of reference: CaseReference
  ) throws {
    try execute(
      """
      INSERT INTO information_finding (
        case_reference, body, number, complaint, standing, behaviour_from, behaviour_to,
        complaint_from, complaint_to
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .text(finding.body), .integer(number),
      .integer(finding.complaint), .text(finding.standing.rawValue),
      .optionalText(finding.behaviour?.lowerBound.description),
      .optionalText(finding.behaviour?.upperBound.description),
      .optionalText(finding.reported?.lowerBound.description),
      .optionalText(finding.reported?.upperBound.description))
  }
}

extension SliceReader {
  /// What the bodies have answered so far, each by its newest answer, and how far they have got.
  func evidence(of application: KeptApplication) throws -> Evidence {
    let findings = try rows(
      """
      SELECT complaint, asked.body AS body, standing, behaviour_from, behaviour_to, complaint_from,
        complaint_to
      FROM information_finding AS finding
      JOIN information_request AS asked ON asked.case_reference = finding.case_reference
        AND asked.body = finding.body AND asked.answers = finding.number
      WHERE asked.case_reference = ? ORDER BY asked.place, complaint
      """, .text(application.reference.description)
    ).map { row in
      Evidence.Finding(
        complaint: try row.int("complaint"), body: try row.text("body"),
        standing: try stored(Standing.self, row.text("standing")),
        behaviour: try optionalRange("behaviour", in: row),
        reported: try optionalRange("complaint", in: row))
    }
    return Evidence(
      findings: findings,
      information: InformationCompleteness(try informationRequests(of: application.reference)))
  }

  /// How far the bodies have got, as it belongs beside the assessment of a case: while a decision stands,
  /// as far as they had when it was signed, for what comes in later is not assessed. Nil where nobody was
  /// asked by then.
  func completeness(of reference: CaseReference) throws -> InformationCompleteness? {
    let standing = try decisionStanding(of: reference)
    if standing.openNumber == nil, let decision = standing.current {
      return try keptInputs(of: reference, decision: decision.number)?.evidence.information
    }
    return InformationCompleteness(try informationRequests(of: reference))
  }

  private func optionalRange(
    _ name: String, in row: SQLRow
  ) throws -> ClosedRange<CalendarDate>? {
    try row.optionalText(name + "_from") == nil ? nil : storedRange(name, in: row)
  }
}

extension InformationCompleteness {
  /// Nil where nobody has been asked.
  init?(_ requests: [KeptInformationRequest]) {
    guard !requests.isEmpty else { return nil }
    func count(_ state: InformationState) -> Int { requests.count { $0.state == state } }
    self.init(
      asked: requests.count, returned: count(.returned), refused: count(.refused),
      overdue: count(.overdue))
  }
}
