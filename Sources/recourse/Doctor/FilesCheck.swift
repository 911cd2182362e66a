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
    var volume: FileFacts?
    let groups = ownGroups()
    // Its own entry, then all below it.
    let below = FileManager.default.enumerator(atPath: directory.path)
    var next: String? = ""
    while let name = next, looked < filesLimit {
      let path = name.isEmpty ? directory.path : "\(directory.path)/\(name)"
      if let found = FileFacts(path: path, following: false), isGuarded(name, found.mode) {
        looked += 1
        switch Openness(
          mode: found.mode, group: found.group, isTop: name.isEmpty, ofGroups: groups)
        {
        case .closed: if found.owner != geteuid() { foreign.append(path) }
        case .volume: volume = found
        case .open:
          open.append(path)
          if found.owner != geteuid() { foreign.append(path) }
        }
      }
      next = below?.nextObject() as? String
    }
    return Examination.Check(
      name: "permissions", summary: "\(looked) files and folders looked at.",
      findings: findings(directory, open: open, foreign: foreign, volume: volume?.group)
        + writing(in: directory))
  }

  /// - Parameters:
  ///   - open: paths that others may get at.
  ///   - foreign: paths of another user.
  ///   - volume: the group that a volume's folder is given to, if the directory is one.
  static func findings(
    _ directory: DataDirectory, open: [String], foreign: [String], volume: UInt32?
  ) -> [Finding] {
    var findings: [Finding] = []
    if let first = open.min() {
      findings.append(
        .problem(
          "too-open", first, "Others on this machine may get at it\(more(open.count)).",
          wayOut: volume == nil
            ? "chmod -R go-rwx \(directory.path)"
            : "In the pod's securityContext: fsGroupChangePolicy: OnRootMismatch, or each mount opens "
              + "them again. Then: chmod -R go-rwx \(directory.path)/*"))
    }
    if let first = foreign.min() {
      findings.append(
        .note(
          "of-another-user", first,
          "It belongs to another user than the one who asks\(more(foreign.count)).",
          wayOut: "Run this as the user whom the processes run as; else chown -R that user."))
    }
    if let volume {
      findings.append(
        .note(
          "volume-of-group", directory.path,
          "Group \(volume) may go into this folder, as Kubernetes gives a volume to an fsGroup.",
          wayOut: "Leave it so, or the next mount opens all that is in it to the group. "
            + "Give no other pod this fsGroup."))
    }
    return findings
  }

  private static func writing(in directory: DataDirectory) -> [Finding] {
    guard access(directory.path, R_OK | W_OK | X_OK) != 0 else { return [] }
    return [
      .problem(
        "not-writable", directory.path, "Whoever asks may not write here.",
        wayOut: "Run this as the user whom the processes run as, or mount the volume for writing.")
    ]
  }

  /// Groups of the process that asks: its own, and those that it was given besides.
  private static func ownGroups() -> Set<UInt32> {
    var groups = [gid_t](repeating: 0, count: 1024)
    let count = getgroups(Int32(groups.count), &groups)
    return Set(groups.prefix(Int(max(count, 0)))).union([getegid()])
  }

  private static func more(_ count: Int) -> String {
    count > 1 ? "; so with \(count - 1) more" : ""
  }

  /// Sockets and links have no contents; procedures and public keys may be read; a file system's own folder is the
  /// machine's.
  private static func isGuarded(_ name: String, _ mode: mode_t) -> Bool {
    let kind = mode & S_IFMT
    if name == "lost+found" { return false }
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
}

/// Who besides its owner may get at a file, by what the kernel keeps of it. It cannot tell who is in a group, so that a
/// file that a group may read is open.
enum Openness: Sendable, Hashable {
  case closed
  /// The folder that a volume is mounted at, given to a group of the process by setgid: so the kubelet does it for an
  /// fsGroup. Nothing in it is any more open for that.
  case volume
  case open

  /// - Parameters:
  ///   - isTop: whether it is the data directory itself.
  ///   - groups: of the process that asks.
  init(mode: UInt32, group: UInt32, isTop: Bool, ofGroups groups: Set<UInt32>) {
    let isGivenFolder = mode & S_IFMT == S_IFDIR && mode & S_ISGID != 0 && groups.contains(group)
    if mode & 0o077 == 0 {
      self = .closed
    } else if isTop, isGivenFolder, mode & 0o002 == 0 {
      self = .volume
    } else {
      self = .open
    }
  }
}
