import CaseModel
import Policy

/// s.104(4): so many qualifying complaints about the behaviour, and the bodies must decide that the
/// threshold is met. Pure counting: no test of harm, of action taken, or of the case being closed.
///
/// First the two windows of s.104(11); then, among those that qualify, complaints by the same complainant
/// about the same incident count once: the earliest, then the first listed. Where a day is known only as a
/// range, the complaint has the benefit of the doubt: it qualifies if any days in the ranges let it.
enum Section104Subsection4 {
  static let clause = "s.104(4)"

  static func assess(_ application: ApplicationFacts, _ rule: MandatoryRule) -> RouteResult {
    let refusals = application.complaints.map { refusal(of: $0, application.receivedOn, rule) }
    let qualifying = zip(application.complaints, refusals).filter { $1 == nil }.map(\.0)
    let counting = Deduplication(qualifying)
    let results = zip(application.complaints, refusals).map { complaint, refusal in
      if let refusal { return refusal }
      if let earlier = counting.countedInstead(of: complaint) {
        return ComplaintResult(
          index: complaint.index, counted: false, with: earlier,
          rules: [Reason.Code.sameComplainantSameIncident.rawValue],
          reason: Reason(.sameComplainantSameIncident, [.init("with", String(earlier))]))
      }
      return counts(complaint, application.receivedOn)
    }
    let counted = results.count { $0.counted }
    return RouteResult(
      route: .mandatory, clause: clause, outcome: counted >= rule.required ? .met : .notMet,
      required: rule.required, counted: counted, complaints: results, toFind: [])
  }

  /// Nil if the complaint qualifies.
  private static func refusal(
    of complaint: ComplaintFacts, _ receivedOn: CalendarDate, _ rule: MandatoryRule
  ) -> ComplaintResult? {
    let lastComplaintDay = rule.complaintWindow.lastDay(
      beginningWith: complaint.behaviour.upperBound)
    if complaint.complaint.lowerBound > lastComplaintDay {
      return refused(
        complaint, .complaintTooLate,
        [
          .init("behaviour", complaint.behaviour.upperBound.description),
          .init("complaint", complaint.complaint.lowerBound.description),
          .init("lastDay", lastComplaintDay.description),
        ])
    }
    // The latest day on which it can have been made and still be in time for the behaviour.
    let latest = min(complaint.complaint.upperBound, lastComplaintDay)
    let lastApplicationDay = rule.applicationWindow.lastDay(beginningWith: latest)
    if receivedOn > lastApplicationDay {
      return refused(
        complaint, .applicationTooLate,
        [
          .init("complaint", latest.description), .init("received", receivedOn.description),
          .init("lastDay", lastApplicationDay.description),
        ])
    }
    return nil
  }

  private static func refused(
    _ complaint: ComplaintFacts, _ code: Reason.Code, _ details: [Reason.Detail]
  ) -> ComplaintResult {
    ComplaintResult(
      index: complaint.index, counted: false, with: nil, rules: [code.rawValue],
      reason: Reason(code, details))
  }

  private static func counts(
    _ complaint: ComplaintFacts, _ receivedOn: CalendarDate
  ) -> ComplaintResult {
    ComplaintResult(
      index: complaint.index, counted: true, with: nil,
      rules: [Reason.Code.complaintCounts.rawValue],
      reason: Reason(
        .complaintCounts,
        [
          .init("behaviour", complaint.behaviour.upperBound.description),
          .init("complaint", complaint.complaint.lowerBound.description),
          .init("received", receivedOn.description),
        ]))
  }
}

/// Which complaints stand for others: by the same complainant about the same incident.
struct Deduplication {
  private struct Occurrence: Hashable {
    let complainant: String
    let incident: String
  }
  private let firsts: [Occurrence: Int]

  init(_ complaints: [ComplaintFacts]) {
    var firsts: [Occurrence: ComplaintFacts] = [:]
    for complaint in complaints {
      guard let occurrence = Self.occurrence(complaint) else { continue }
      guard let first = firsts[occurrence] else {
        firsts[occurrence] = complaint
        continue
      }
      if complaint.complaint.lowerBound < first.complaint.lowerBound {
        firsts[occurrence] = complaint
      }
    }
    self.firsts = firsts.mapValues(\.index)
  }

  /// The index of the complaint that counts in this one's place; nil if it counts itself.
  func countedInstead(of complaint: ComplaintFacts) -> Int? {
    guard let occurrence = Self.occurrence(complaint), let first = firsts[occurrence] else {
      return nil
    }
    return first == complaint.index ? nil : first
  }

  /// Nil where no incident is named: the complaint stands alone.
  private static func occurrence(_ complaint: ComplaintFacts) -> Occurrence? {
    guard !complaint.incident.isEmpty else { return nil }
    return Occurrence(complainant: complaint.complainant, incident: complaint.incident)
  }
}
