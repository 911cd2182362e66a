public import CaseModel
public import Policy

/// A threshold decision that took the place of an earlier one of its case, because an appeal was upheld.
public struct LaterDecision: Sendable, Hashable {
  public let reference: String
  /// 2 for the first of them.
  public let number: Int
  public let met: Bool
  /// What the case's procedure says that a reversed decision counts as.
  public let reversal: ReportingPolicy.Reversal
  /// The local day of it.
  public let on: CalendarDate

  public init(
    _ reference: String, number: Int, met: Bool, reversal: ReportingPolicy.Reversal,
    on day: CalendarDate
  ) {
    self.reference = reference
    self.number = number
    self.met = met
    self.reversal = reversal
    self.on = day
  }
}

/// The decisions "not met" that a figure counts, where some were taken back. A decision that follows an
/// appeal is never counted beside the one whose place it took.
struct DecidedNotMet {
  /// One for each time that counts, and its day.
  let counted: [(reference: String, on: CalendarDate)]
  /// Cases that count although the decision that stands is "met".
  let reversed: Set<String>

  /// - Parameter later: decisions that took the place of others, in any order.
  init(_ facts: [CountedFact], _ later: some Sequence<LaterDecision>) {
    let firsts = facts.filter { $0.kind == .decidedNotMet }
    var days = Dictionary(grouping: firsts, by: \.reference).mapValues { $0.map(\.on) }
    var reversed: Set<String> = []
    for (reference, decisions) in Dictionary(grouping: later, by: \.reference) {
      let decisions = decisions.sorted { $0.number < $1.number }
      guard let standing = decisions.last else { continue }
      switch standing.reversal {
      case .net:
        days[reference] = standing.met ? nil : [standing.on]
      case .countOriginal:
        if days[reference] == nil, let first = decisions.first(where: { !$0.met }) {
          days[reference] = [first.on]
        }
        if standing.met { reversed.insert(reference) }
      }
    }
    counted = days.flatMap { reference, days in days.map { (reference, $0) } }
    self.reversed = reversed
  }
}
