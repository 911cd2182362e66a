import CaseModel
import IntakeRules
import Policy
import PolicyLibrary
import WorkerKit

/// Puts a second report on record, and that its reporter was told how to apply; each once.
///
/// Who reported is known at the source alone: it tells them, with the words that this answers with.
struct RecordSecondReport: Sendable {
  let source: String
  let report: String
  let area: String
  let reportedOn: CalendarDate
  let earlierOn: CalendarDate
  /// Nil: the person has not been told.
  let toldOn: CalendarDate?

  struct Outcome: Sendable, Hashable {
    let texts: [SignpostText]
    let isTold: Bool
    /// Nothing has changed by it.
    let isRepeated: Bool
  }

  /// - Throws: the refusals `unknown-area`, and those for days that cannot be true.
  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws -> Outcome {
    let checked = try check(today: tx.today)
    let pack = try pack(library, in: tx)
    let texts = SignpostText.all(of: pack)
    let known = try tx.secondReport(report, from: source)
    guard known == nil || known?.toldOn == nil && checked.toldOn != nil else {
      return Outcome(texts: texts, isTold: known?.toldOn != nil, isRepeated: true)
    }
    let number = try known?.number ?? record(in: tx)
    guard let toldOn = checked.toldOn else {
      return Outcome(texts: texts, isTold: false, isRepeated: false)
    }
    try tx.keepTold(toldOn, of: report, from: source)
    try tx.audit(
      actor: source, action: "intake.signpost", subject: "\(area) \(source) \(number)")
    // What stands on record counts, where a later call has another day.
    try tx.announceSignposted(
      number, of: known?.area ?? area, from: source, reportedOn: known?.reportedOn ?? reportedOn,
      toldOn: toldOn, under: pack.digest)
    return Outcome(texts: texts, isTold: true, isRepeated: false)
  }

  private func record(in tx: SliceTransaction) throws -> Int {
    let number = try tx.keepSecondReport(
      report, from: source, area: area, reportedOn: reportedOn, earlierOn: earlierOn)
    try tx.audit(
      actor: source, action: "intake.record-second-report",
      subject: "\(area) \(source) \(number)")
    try tx.announceSecondReport(
      number, of: area, from: source, reportedOn: reportedOn, earlierOn: earlierOn)
    return number
  }

  private func pack(_ library: PolicyLibrary, in tx: SliceTransaction) throws -> PolicyPack {
    if let lacking = try library.lacking(in: tx) {
      throw Refusal(.tryAgain, code: "no-policy-yet", message: "Not ready yet: \(lacking).")
    }
    let shelf = try library.shelf(in: tx)
    do {
      return try shelf.pack(forArea: area, receivedOn: tx.today)
    } catch {
      throw Refusal(
        .input, code: "unknown-area", path: "area",
        message:
          "No pack is in force there; expected one of \(shelf.areas.joined(separator: ", ")).")
    }
  }

  private func check(today: CalendarDate) throws -> SecondReport {
    do throws(SecondReport.Flaw) {
      return try SecondReport(
        reportedOn: reportedOn, earlierOn: earlierOn, toldOn: toldOn, today: today)
    } catch {
      throw error.refusal
    }
  }
}

extension SecondReport.Flaw {
  fileprivate var refusal: Refusal {
    switch self {
    case .reportInFuture:
      Refusal(
        .input, code: "date-in-future", path: "reportedOn",
        message: "The report is still to come; expected a day that has begun.")
    case .earlierIsLater:
      Refusal(
        .input, code: "dates-out-of-order", path: "earlierReportedOn",
        message:
          "The earlier report is the later one; expected the day of the report or one before.")
    case .tooLongAgo(let until):
      Refusal(
        .input, code: "no-second-report", path: "earlierReportedOn",
        message:
          "Six months from the earlier report ended on \(until); expected a report until then.")
    case .toldBeforeReport:
      Refusal(
        .input, code: "dates-out-of-order", path: "toldOn",
        message:
          "They were told before they reported; expected the day of the report or a later one.")
    case .toldInFuture:
      Refusal(
        .input, code: "date-in-future", path: "toldOn",
        message: "The day is still to come; expected one that has begun.")
    }
  }
}
