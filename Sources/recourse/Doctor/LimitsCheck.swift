import Foundation
import Glibc

/// What the system lets the processes have.
enum LimitsCheck {
  /// Files that a process may have open: a broker has one for each of its 1024 peers at most.
  static let openFilesLimit: UInt64 = 1024

  /// How many files one process may have open.
  struct OpenFiles: Sendable, Hashable {
    /// Of the process.
    let name: String
    let count: UInt64
  }

  /// - Parameters:
  ///   - running: the processes of the directory, as far as they can be looked at.
  ///   - own: what this command may have, and with it what is started from here; nil if that is not told.
  static func limits(running: [OpenFiles], own: UInt64?) -> Examination.Check {
    if let least = running.min(by: { $0.count < $1.count }) {
      return check(
        "Of the processes that run \(least.name) may have \(least.count) files open.",
        least.name, least.count)
    }
    guard let own else {
      return Examination.Check(name: "limits", summary: "The system says nothing of them.")
    }
    return check("A process that is started from here may have \(own) files open.", "here", own)
  }

  private static func check(
    _ summary: String, _ subject: String, _ count: UInt64
  ) -> Examination.Check {
    let isFew = count < openFilesLimit
    return Examination.Check(
      name: "limits", summary: summary,
      findings: !isFew
        ? []
        : [
          .note(
            "few-open-files", subject, summary,
            wayOut:
              "Raise it to \(openFilesLimit) at least and start again: ulimit -n, or LimitNOFILE= in the unit."
          )
        ])
  }

  /// What holds the locks of a directory are the processes that run on it.
  static func look(at held: [LocksCheck.Held]) -> Examination.Check {
    let running = held.compactMap { lock in
      let text = FileManager.default.contents(atPath: "/proc/\(lock.holder)/limits") ?? Data()
      return openFiles(in: String(decoding: text, as: UTF8.self)).map {
        OpenFiles(name: lock.name, count: $0)
      }
    }
    return limits(running: running, own: own())
  }

  /// The soft limit in what `/proc/PID/limits` says; nil if it does not say.
  static func openFiles(in text: String) -> UInt64? {
    let name = "Max open files"
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
      let word = line.dropFirst(name.count).split(separator: " ").first
    else { return nil }
    return word == "unlimited" ? .max : UInt64(word)
  }

  private static func own() -> UInt64? {
    var files = rlimit()
    guard getrlimit(__rlimit_resource_t(7), &files) == 0 else { return nil }
    return UInt64(files.rlim_cur)
  }
}
