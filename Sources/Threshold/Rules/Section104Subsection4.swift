import CaseModel
import Policy

/// s.104(4): so many qualifying complaints about the behaviour, and the bodies must decide that the
/// threshold is met. Pure counting: no test of harm, of action taken, or of the case being closed.
///
/// First the two windows of s.104(11); then, among those that qualify, complaints by the same complainant
/// about the same incident count once: the earliest, then the first listed.
enum Section104Subsection4 {
  static let clause = "s.104(4)"

  static func assess(_ application: ApplicationFacts, _ rule: MandatoryRule) -> RouteResult {
    let windows = application.complaints.map {
      Section104Subsection11(complaint: $0, receivedOn: application.receivedOn, rule: rule)
    }
    let qualifying = windows.filter { $0.refusal == nil }.map(\.complaint)
    let counting = Deduplication(qualifying)
    let results = windows.map { window in
      let complaint = window.complaint
      if let refusal = window.refusal {
        return ComplaintResult(
          index: complaint.index, counted: false, with: nil, rules: [refusal.code.rawValue],
          reason: refusal)
      }
      if let earlier = counting.countedInstead(of: complaint) {
        return ComplaintResult(
          index: complaint.index, counted: false, with: earlier,
          rules: [Reason.Code.sameComplainantSameIncident.rawValue],
          reason: Reason(.sameComplainantSameIncident, [.init("with", String(earlier))]))
      }
      return ComplaintResult(
        index: complaint.index, counted: true, with: nil,
        rules: [Reason.Code.complaintCounts.rawValue], reason: window.counts)
    }
    let counted = results.count { $0.counted }
    return RouteResult(
      route: .mandatory, clause: clause, outcome: counted >= rule.required ? .met : .notMet,
      required: rule.required, counted: counted, complaints: results, toFind: [])
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
