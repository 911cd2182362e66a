import Synchronization

/// Which files of inboxes have not changed for so many looks one after the other: whoever writes a file under its own
/// name, without renaming it, has come to an end by then.
final class Stillness: Sendable {
  /// Looks in which a file is the same before it is read.
  static let looks = 3

  /// By body and mark.
  private let seen = Mutex<[String: [String: Int]]>([:])

  /// Notes a look at a body's inbox.
  /// - Returns: the files that are still.
  func look(at body: String, _ files: [WaitingFile]) -> [WaitingFile] {
    seen.withLock { seen in
      let before = seen[body] ?? [:]
      let now = Dictionary(
        files.map { ($0.mark, min((before[$0.mark] ?? 0) + 1, Self.looks)) },
        uniquingKeysWith: { first, _ in first })
      seen[body] = now
      return files.filter { now[$0.mark] == Self.looks }
    }
  }
}
