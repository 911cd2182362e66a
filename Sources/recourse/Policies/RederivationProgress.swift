import Glibc

/// Says on standard error how far it is: how many, how fast, and how long it will still take.
struct RederivationProgress: Sendable {
  /// Between two lines.
  static let interval: Duration = .seconds(1)

  private let isTold: Bool
  private let begun: ContinuousClock.Instant
  private var toldAt: ContinuousClock.Instant

  /// - Parameter isAsked: told even where nobody watches at a terminal.
  init(isAsked: Bool) {
    isTold = isAsked || isatty(STDERR_FILENO) == 1
    begun = ContinuousClock.now
    toldAt = begun
  }

  mutating func tell(_ count: Int, of total: Int, isLast: Bool) {
    let now = ContinuousClock.now
    guard isTold, isLast || toldAt.duration(to: now) >= Self.interval else { return }
    toldAt = now
    Output.complaint(Self.line(count, of: total, after: begun.duration(to: now), isLast: isLast))
  }

  /// Such as `120000 of 1000000 decisions, 60000 a second, 15 s left`.
  static func line(_ count: Int, of total: Int, after time: Duration, isLast: Bool) -> String {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    let rate = seconds > 0 ? Double(count) / seconds : 0
    var text = "\(count) of \(max(total, count)) decisions"
    if rate >= 1 { text += ", \(Int(rate)) a second" }
    if !isLast, rate > 0, total > count {
      text += ", \(Int((Double(total - count) / rate).rounded(.up))) s left"
    }
    return text
  }
}
