/// Principals that ask for more than is approved and wait for an operator, as an operator elsewhere is told of them.
///
/// Whoever waits greets again every four seconds at the latest: who has not for ``memory`` has given up.
struct WaitingPrincipals: Sendable {
  private struct Entry: Sendable {
    var askedAt: UInt64
    var why: String
  }

  /// Principals that are remembered at once; who asks beyond them is still told, and recorded, that it must wait.
  static let limit = 256
  /// Nanoseconds: three of the longest pauses before a peer greets again.
  static let memory: UInt64 = 12_000_000_000

  private var entries: [String: Entry] = [:]

  /// A principal has asked in vain.
  mutating func note(_ principal: String, _ why: String, now: UInt64) {
    if entries[principal] == nil, entries.count >= Self.limit {
      entries = entries.filter { now < $0.value.askedAt + Self.memory }
      guard entries.count < Self.limit else { return }
    }
    entries[principal] = Entry(askedAt: now, why: why)
  }

  /// A principal was let in. Where another instance of it still waits, it says so again soon.
  mutating func settle(_ principal: String) { entries[principal] = nil }

  /// Who waits, by name, and what for.
  func list(now: UInt64) -> [(principal: String, why: String)] {
    entries.filter { now < $0.value.askedAt + Self.memory }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value.why) }
  }
}
