import CaseModel
import ReportingRules
import WorkerKit

/// The four figures of s.104(9) for a period, and where in the log they stand. At one position they are
/// the same for ever.
struct ReportStatutory {
  /// First and last day, both included.
  let period: ClosedRange<CalendarDate>

  /// Months that a period may have. The Act allows twelve; a longer one is for looking back.
  static let monthsLimit = 120

  /// - Throws: `Refusal` with the code `invalid-period` or `invalid-date`.
  init(from: String, to: String) throws {
    let first = try Self.day(from, path: "from")
    let last = try Self.day(to, path: "to")
    guard first <= last else {
      throw Refusal(
        .input, code: "invalid-period", path: "period",
        message: "The period begins on \(first) and ends before, on \(last). "
          + "The first day comes first; both days are included.")
    }
    let lastAllowed = first.lastDay(ofPeriodOfMonths: Self.monthsLimit)
    guard last <= lastAllowed else {
      throw Refusal(
        .input, code: "invalid-period", path: "period",
        message: "A period has \(Self.monthsLimit / 12) years at most; one that begins on "
          + "\(first) ends by \(lastAllowed).")
    }
    period = first...last
  }

  struct Result: Sendable {
    let figures: StatutoryFigures
    let standing: LogStanding
  }

  /// Figures and standing come from one consistent state.
  func read(_ slice: SliceReader) throws -> Result {
    Result(
      figures: StatutoryFigures(
        try slice.facts(upTo: period.upperBound), later: try slice.laterDecisions(), in: period),
      standing: try slice.logStanding())
  }

  private static func day(_ text: String, path: String) throws -> CalendarDate {
    guard let day = CalendarDate(text) else {
      throw Refusal(
        .input, code: "invalid-date", path: path,
        message: "A day that exists is expected, as YYYY-MM-DD.")
    }
    return day
  }
}
