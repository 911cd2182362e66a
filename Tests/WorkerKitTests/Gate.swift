import Synchronization

/// Counts how often it was asked, and opens after so many times.
final class Gate: Sendable {
  private let asked = Mutex(0)

  var count: Int { asked.withLock { $0 } }

  func isOpen(after times: Int) -> Bool {
    asked.withLock { asked in
      asked += 1
      return asked > times
    }
  }
}
