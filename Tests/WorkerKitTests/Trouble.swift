import Synchronization

/// What handlers fail with, by area, until a test mends it.
final class Trouble: Sendable {
  struct Poisoned: Error {}

  private let errors: Mutex<[String: any Error]>

  init(_ areas: String...) {
    errors = Mutex(Dictionary(uniqueKeysWithValues: areas.map { ($0, Poisoned()) }))
  }

  /// - Throws: what this area is to fail with just now.
  func check(_ area: String) throws {
    if let error = errors.withLock({ $0[area] }) { throw error }
  }

  /// From now on it fails with something else, or with nothing.
  func change(_ area: String, to error: (any Error)? = nil) {
    errors.withLock { $0[area] = error }
  }
}
