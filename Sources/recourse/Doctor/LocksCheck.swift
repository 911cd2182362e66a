import Bus
import Foundation
import Glibc

/// Which process holds which lock of a data directory.
enum LocksCheck {
  /// A lock that is held.
  struct Held: Sendable, Hashable {
    /// Of what; `recourse up` does not write its own name into the file.
    let name: String
    let path: String
    /// The process that the kernel names; 0 for one that is not to be seen from here.
    let holder: Int32
    /// The process that the file names.
    let named: Int32?
  }

  static let supervisor = "recourse up"

  /// Who holds what, and whether that is who says so.
  static func locks(_ held: [Held]) -> Examination.Check {
    let findings = held.filter { $0.name != supervisor && $0.named != $0.holder }.map { lock in
      Finding.note(
        "unknown-holder", lock.path,
        "It is held by a process that is not the one named in it: a standby could not end it if it hung.",
        wayOut:
          "Run a worker and its standby in one space of process numbers, and not on a full disk.")
    }
    let words = held.map { "\($0.name) \($0.holder)" }.joined(separator: ", ")
    return Examination.Check(
      name: "locks", summary: held.isEmpty ? "Nothing is held." : "Held by \(words).",
      findings: findings)
  }

  /// Those of a directory that are held now.
  static func held(in directory: DataDirectory) -> [Held] {
    let slices = directory.workersWithLocks.map { ($0, directory.slicePath(of: $0) + ".lock") }
    let paths =
      [(supervisor, directory.lockPath), ("broker", directory.logPath + ".lock")] + slices
    let table = LockTable(parsing: text("/proc/locks"))
    let mounts = text("/proc/self/mountinfo")
    return paths.compactMap { name, path in
      guard let found = FileFacts(path: path),
        let holder = table.holder(of: found.inode, on: device(of: path, mounts))
      else { return nil }
      return Held(
        name: name, path: path, holder: holder, named: LockOwner(named: path)?.processID)
    }
  }

  /// The device as the kernel's list of locks has it: that of the mount, which on some file systems is another than
  /// the one that a file says it is on.
  private static func device(of path: String, _ mounts: String) -> LockTable.Device? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return LockTable.Device(
      descriptor: text("/proc/self/fdinfo/\(descriptor)"), mounts: mounts)
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}

/// The kernel's list of locks that whole files are held by.
struct LockTable: Sendable, Hashable {
  /// A file system.
  struct Device: Sendable, Hashable {
    let major: UInt32
    let minor: UInt32
  }

  private struct File: Sendable, Hashable {
    let device: Device
    let inode: UInt64
  }

  private var holders: [File: Int32] = [:]

  /// Reads `/proc/locks`; lines of other kinds are passed over.
  init(parsing text: String) {
    for line in text.split(separator: "\n") {
      // 1: FLOCK ADVISORY WRITE 4711 08:01:1234567 0 EOF
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", let process = Int32(words[4]) else { continue }
      let place = words[5].split(separator: ":")
      guard place.count == 3, let major = UInt32(place[0], radix: 16),
        let minor = UInt32(place[1], radix: 16), let inode = UInt64(place[2])
      else { continue }
      holders[File(device: Device(major: major, minor: minor), inode: inode)] = process
    }
  }

  /// - Parameter device: nil where it is not known: then a number that files of two devices have is nobody's.
  func holder(of inode: UInt64, on device: Device?) -> Int32? {
    if let device { return holders[File(device: device, inode: inode)] }
    let all = holders.filter { $0.key.inode == inode }
    return all.count == 1 ? all.first?.value : nil
  }
}

extension LockTable.Device {
  /// That of an open file; nil if it is not told.
  /// - Parameters:
  ///   - descriptor: what `/proc/self/fdinfo/N` says.
  ///   - mounts: what `/proc/self/mountinfo` says.
  init?(descriptor: String, mounts: String) {
    let lines = descriptor.split(separator: "\n")
    guard
      let id = lines.first(where: { $0.hasPrefix("mnt_id:") })?
        .split(whereSeparator: \.isWhitespace).last
    else { return nil }
    // 29 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      guard words.count == 4, words[0] == id else { continue }
      let numbers = words[2].split(separator: ":").compactMap { UInt32($0) }
      guard numbers.count == 2 else { return nil }
      self.init(major: numbers[0], minor: numbers[1])
      return
    }
    return nil
  }
}
