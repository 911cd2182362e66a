import Messages
import SwiftProtobuf
import WorkerKit

/// Applications and visits by month, and whether there are more than before.
struct ReportEffect {
  /// What is asked for; of a breakdown the year in which that lies.
  var span: MonthSpan
  /// The last month that is asked for.
  let lastAsked: EffectMonth
  let by: EffectBreakdown
  private let baseline: (count: Int, months: Int)?

  typealias Response = Recourse_Outreach_V1_GetEffectResponse

  /// - Throws: the refusals `invalid-month`, `invalid-period`, `unknown-value`, `invalid-baseline` and
  ///   `several-years`.
  init(_ request: Recourse_Outreach_V1_GetEffectRequest, today: CalendarDate) throws {
    guard let now = EffectMonth(today.description) else {
      throw Refusal(.state, code: "no-today", message: "The clock of this machine is wrong.")
    }
    guard EffectBreakdown.allCases.contains(request.by) else {
      throw Refusal(
        .input, code: "unknown-value", path: "by",
        message: "A breakdown is by channel, ward or material.")
    }
    by = request.by
    let to = try Self.month(request.to, path: "to")
    let from = try Self.month(request.from, path: "from")
    let last = to ?? (by == .unspecified ? now : from ?? now.advanced(by: -12))
    let first = from ?? (by == .unspecified ? last.advanced(by: -11) : last)
    guard let span = MonthSpan(first, last) else {
      throw Refusal(
        .input, code: "invalid-period", path: "to",
        message: "A period begins before it ends and has \(MonthSpan.limit) months at most; this "
          + "one is from \(first) to \(last).")
    }
    self.span = by == .unspecified ? span : try Self.year(of: span)
    lastAsked = last
    if request.hasBaseline {
      baseline = (Int(request.baseline.applications), Int(request.baseline.months))
      guard (1...MonthSpan.limit).contains(Int(request.baseline.months)),
        request.baseline.applications <= ExactComparison.limit / 2
      else {
        throw Refusal(
          .input, code: "invalid-baseline", path: "baseline",
          message: "What to compare with is a number of applications, "
            + "\(ExactComparison.limit / 2) at most, in 1 to \(MonthSpan.limit) months.")
      }
    } else {
      baseline = nil
    }
  }

  /// - Throws: the refusal `several-years`.
  private static func year(of span: MonthSpan) throws -> MonthSpan {
    let (first, last) = (MonthSpan.year(of: span.first), MonthSpan.year(of: span.last))
    guard first == last else {
      throw Refusal(
        .input, code: "several-years", path: "from",
        message: "A breakdown is of a year from April to March, so that no two share months and "
          + "small numbers cannot be worked out. These months lie in more than one; ask for "
          + "\(first), or for \(last), or for one between them.")
    }
    return first
  }

  private static func month(_ text: String, path: String) throws -> EffectMonth? {
    guard !text.isEmpty else { return nil }
    guard text.utf8.count == 7, let month = EffectMonth(text) else {
      throw Refusal(
        .input, code: "invalid-month", path: path,
        message: "A month is expected, as YYYY-MM, such as 2026-03.")
    }
    return month
  }

  /// Everything but the breakdown, from one consistent state.
  func read(_ slice: SliceReader, today: CalendarDate) throws -> Response {
    let applications = try slice.applications(in: span)
    let visits = try slice.visits(in: span)
    let standing = try slice.logStanding()
    let now = EffectMonth(today.description) ?? span.last
    return try .with {
      $0.from = span.first.description
      $0.to = span.last.description
      $0.months = span.months.map { month in
        .with {
          $0.month = month.description
          $0.applications = UInt32(clamping: applications[month, default: 0])
          $0.visits = UInt64(clamping: visits[month, default: 0])
          $0.open = month >= now
        }
      }
      $0.activities = try slice.doneActivities(in: span)
      $0.comparison = try comparison(applications, before: now, slice)
      $0.by = by
      $0.leastShown = UInt32(clamping: SmallNumbers.leastShown)
      $0.logPosition = standing.position
      $0.parkedEvents = UInt32(clamping: standing.parkedEvents)
    }
  }

  private func comparison(
    _ applications: [EffectMonth: Int], before now: EffectMonth, _ slice: SliceReader
  ) throws -> Recourse_Outreach_V1_Comparison {
    typealias Comparison = Recourse_Outreach_V1_Comparison
    guard let whole = MonthSpan(span.first, min(span.last, now.advanced(by: -1))) else {
      return .with { $0.reading = .noWholeMonth }
    }
    let count = whole.months.reduce(0) { $0 + applications[$1, default: 0] }
    var answer = Comparison.with {
      $0.reading = .noBaseline
      $0.months = UInt32(clamping: whole.count)
      $0.applications = UInt32(clamping: count)
    }
    let compared: ExactComparison?
    if let baseline {
      compared = ExactComparison(
        count, in: whole.count, before: baseline.count, in: baseline.months)
    } else {
      let before = whole.yearsBefore
      guard let since = try slice.firstCountedMonth(), since <= before.first else { return answer }
      let earlier = try slice.applications(in: before).values.reduce(0, +)
      compared = ExactComparison(count, in: whole.count, before: earlier, in: before.count)
      answer.baselineFrom = before.first.description
      answer.baselineTo = before.last.description
    }
    // More than can be compared: nothing is said.
    answer.reading = .unspecified
    if let compared { answer.tell(compared) }
    return answer
  }
}

extension Recourse_Outreach_V1_Comparison {
  fileprivate mutating func tell(_ compared: ExactComparison) {
    baselineMonths = UInt32(clamping: compared.baselineMonths)
    baselineApplications = UInt32(clamping: compared.baseline)
    probability = compared.probability
    if let ratio = compared.ratio { self.ratio = ratio }
    if let (low, high) = compared.interval {
      ratioLow = low
      if let high { ratioHigh = high }
    }
    guard probability < ExactComparison.significance else {
      reading = .noClearDifference
      return
    }
    let isMore =
      compared.count * compared.baselineMonths > compared.baseline * compared.months
    reading = isMore ? .more : .fewer
  }
}
