import CaseModel

/// What must be true of a case's notices: each that is owed was written once to its reader, none that is not, and none has
/// left twice.
struct NoticeCheck {
  /// What tells one notice from another of its case.
  private struct Name: Hashable {
    let kind: RunHistory.Notice.Kind
    let reader: String

    init(_ kind: RunHistory.Notice.Kind, to reader: String) {
      self.kind = kind
      self.reader = reader
    }

    var words: String { "\(kind.rawValue) to \(reader)" }
  }

  /// The only person of an application here; they are the victim too.
  private static let applicant = "applicant"

  private let notices: [String: [RunHistory.Notice]]

  init(_ notices: [RunHistory.Notice]) {
    self.notices = Dictionary(grouping: notices, by: \.reference)
  }

  func check(_ reference: String, _ facts: [CaseEventFact], _ report: inout TortureReport) {
    var counts: [Name: Int] = [:]
    for notice in notices[reference] ?? [] {
      let name = Name(notice.kind, to: notice.reader)
      if notice.timesSent > 1 {
        report.add(.duplicated, reference, "\(name.words) left \(notice.timesSent) times")
      }
      guard notice.isWritten else { continue }
      counts[name, default: 0] += 1
      report.written += 1
    }
    for (name, times) in owed(facts).sorted(by: { $0.key.words < $1.key.words }) {
      let count = counts.removeValue(forKey: name) ?? 0
      if count < times {
        report.add(.missing, reference, "\(name.words): \(count) written in place of \(times)")
      } else if count > times {
        report.add(.duplicated, reference, "\(name.words): \(count) written in place of \(times)")
      }
    }
    for name in counts.keys.sorted(by: { $0.words < $1.words }) {
      report.add(.unexpected, reference, "nobody is owed a notice \(name.words)")
    }
  }

  /// What follows from what the log says of a case.
  private func owed(_ facts: [CaseEventFact]) -> [Name: Int] {
    var owed: [Name: Int] = [:]
    func add(_ kind: RunHistory.Notice.Kind, to reader: String) {
      owed[Name(kind, to: reader), default: 0] += 1
    }
    var delays: Set<String> = []
    for fact in facts {
      switch fact {
      case .applicationReceived: add(.acknowledgement, to: Self.applicant)
      case .notificationOwed(let body): add(.bodyNotification, to: body)
      case .thresholdDecided(let met, _, _):
        add(met ? .thresholdMet : .thresholdNotMet, to: Self.applicant)
      // What is late is said once, also where it is told of again for somebody else.
      case .delayNoticeOwed(let stage, let due, _):
        if delays.insert("\(stage) \(due)").inserted { add(.delay, to: Self.applicant) }
      case .panelHeld: add(.outcome, to: Self.applicant)
      case .recommendationMade(_, let body, _): add(.recommendation, to: body)
      case .reminderOwed(let index, let body, _, let due, let isOverdue, _):
        add(.recommendationReminder, to: body)
        // That something is late is said once.
        guard isOverdue, delays.insert("recommendation \(index) \(due)").inserted else { continue }
        add(.followUp, to: Self.applicant)
      default: break
      }
    }
    return owed
  }
}
