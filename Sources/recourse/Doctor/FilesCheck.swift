import Bus
import Foundation
import Glibc

/// The files of a data directory.
enum FilesCheck {
  /// Files that are looked at; a directory with more is not looked through.
  static let filesLimit = 100_000

  /// Nobody but the owner may read them: they hold personal data and keys.
  static func permissions(of directory: DataDirectory) -> Examination.Check {
    var (looked, open, foreign) = (0, [String](), [String]())
    // Its own entry, then all below it.
    let below = FileManager.default.enumerator(atPath: directory.path)
    var next: String? = ""
    while let name = next, looked < filesLimit {
      let path = name.isEmpty ? directory.path : "\(directory.path)/\(name)"
      if let found = FileFacts(path: path, following: false), isGuarded(name, found.mode) {
        looked += 1
        if found.isOpenToOthers { open.append(path) }
        if found.owner != geteuid() { foreign.append(path) }
      }
      next = below?.nextObject() as? String
    }
    var findings: [Finding] = []
    if let first = open.min() {
      findings.append(
        .problem(
          "too-open", first, "Others on this machine may get at it\(more(open.count)).",
          wayOut: "chmod -R go-rwx \(directory.path)"))
    }
    if let first = foreign.min() {
      findings.append(
        .note(
          "of-another-user", first,
          "It belongs to another user than the one who asks\(more(foreign.count)).",
          wayOut: "Run this as the user whom the processes run as; else chown -R that user."))
    }
    if access(directory.path, R_OK | W_OK | X_OK) != 0 {
      findings.append(
        .problem(
          "not-writable", directory.path, "Whoever asks may not write here.",
          wayOut: "Run this as the user whom the processes run as, or mount the volume for writing."
        ))
    }
    return Examination.Check(
      name: "permissions", summary: "\(looked) files and folders looked at.", findings: findings)
  }

  private static func more(_ count: Int) -> String {
    count > 1 ? "; so with \(count - 1) more" : ""
  }

  /// Sockets and links have no contents; procedures and public keys may be read.
  private static func isGuarded(_ name: String, _ mode: mode_t) -> Bool {
    let kind = mode & S_IFMT
    let isPublished = name == "packs" || name.hasPrefix("packs/") || name.hasSuffix(".public")
    return (kind == S_IFREG || kind == S_IFDIR) && !isPublished
  }

  /// A restore that did not come to its end.
  static func restore(of directory: DataDirectory) -> Examination.Check {
    do {
      let marker = try directory.restoreMarker()
      guard let marker else {
        return Examination.Check(name: "restore", summary: "No restore is under way.")
      }
      return Examination.Check(
        name: "restore", summary: "A restore of \(marker.backup) is under way.",
        findings: [
          .problem(
            "half-restored", directory.restoreMarkerPath,
            "A restore was interrupted, or goes on: nothing starts on this directory.",
            wayOut:
              "Give it again: recourse restore \(marker.backup) --data \(directory.path) --by WHO --reason WHY"
          )
        ])
    } catch {
      let failure = error as? Failure
      return Examination.Check(
        name: "restore", summary: "A restore is under way.",
        findings: [
          .problem(
            "half-restored", directory.restoreMarkerPath, failure?.message ?? "\(error)",
            wayOut: failure?.wayOut ?? "")
        ])
    }
  }

  /// Who holds what, and whether that is who says so.
  static func locks(of directory: DataDirectory) -> Examination.Check {
    let slices = directory.workersWithLocks.map { ($0, directory.slicePath(of: $0) + ".lock") }
    let paths =
      [("recourse up", directory.lockPath), ("broker", directory.logPath + ".lock")] + slices
    let holders = heldLocks()
    var (held, findings) = ([String](), [Finding]())
    for (name, path) in paths {
      guard let found = FileFacts(path: path), let holder = holders[found.inode] else { continue }
      held.append("\(name) \(holder)")
      // `recourse up` does not write its name.
      guard name != "recourse up", LockOwner(named: path)?.processID != holder else { continue }
      findings.append(
        .note(
          "unknown-holder", path,
          "It is held by a process that is not the one named in it: a standby could not end it if it hung.",
          wayOut:
            "Run a worker and its standby in one space of process numbers, and not on a full disk.")
      )
    }
    let summary =
      held.isEmpty ? "Nothing is held." : "Held by " + held.joined(separator: ", ") + "."
    return Examination.Check(name: "locks", summary: summary, findings: findings)
  }

  /// Which process holds a lock on which file of this machine, by the file's number; 0 for one that is not to be seen.
  private static func heldLocks() -> [UInt64: Int32] {
    guard let data = FileManager.default.contents(atPath: "/proc/locks") else { return [:] }
    var holders: [UInt64: Int32] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      // 1: FLOCK ADVISORY WRITE 4711 08:01:1234567 0 EOF
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", let process = Int32(words[4]),
        let file = words[5].split(separator: ":").last.flatMap({ UInt64($0) })
      else { continue }
      holders[file] = process
    }
    return holders
  }
}
