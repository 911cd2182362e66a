import CLinux
import Foundation
import Glibc

/// The disk under a data directory.
enum DiskCheck {
  /// How long a small file may take to get to the medium before that is worth a note.
  static let syncLimit: Duration = .milliseconds(200)
  static let trialBytes = 64 * 1024
  /// Files that can still be made, below which that is worth a note.
  static let filesLimit: UInt64 = 10_000

  /// What is seen of it.
  struct Look: Sendable, Hashable {
    /// Bytes.
    var free: UInt64 = .max
    /// How many files can still be made; nil if the file system makes room for them as it needs it.
    var filesLeft: UInt64?
    var fileSystem = FileSystem.local
    var sync = SyncTime.took(.zero)
  }

  /// Where what is kept goes.
  enum FileSystem: Sendable, Hashable {
    case local
    /// Nothing is kept.
    case memory
    /// Locks do not surely hold.
    case remote

    /// - Parameter magic: the number of its kind, as `statfs` gives it.
    init(magic: UInt) {
      self =
        switch magic & 0xFFFF_FFFF {
        case 0x0102_1994, 0x8584_58F6: .memory
        case 0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546: .remote
        default: .local
        }
    }
  }

  static func disk(of directory: DataDirectory) -> Examination.Check {
    var space = statvfs()
    guard statvfs(directory.path, &space) == 0 else {
      return Examination.Check(
        name: "disk", summary: "The system says nothing of it.",
        findings: [
          .problem(
            "disk", directory.path, String(cString: strerror(errno)),
            wayOut: "See to the volume, and to what the system's log says of it.")
        ])
    }
    let look = Look(
      free: UInt64(space.f_bavail) * UInt64(space.f_frsize),
      filesLeft: space.f_files > 0 ? UInt64(space.f_favail) : nil,
      fileSystem: FileSystem(magic: recourse_file_system(directory.path)),
      sync: syncTime(in: directory))
    return disk(look, directory)
  }

  static func disk(_ look: Look, _ directory: DataDirectory) -> Examination.Check {
    let free = look.free
    var findings: [Finding] = []
    if free < Picture.diskLimit {
      findings.append(
        .problem(
          "disk-full", directory.path, "Free: \(free / 1_048_576) MiB.",
          wayOut: "Make room: soon nothing is kept any more."))
    } else if free < Picture.diskNoteLimit {
      findings.append(
        .note(
          "disk-low", directory.path, "Free: \(free / 1_048_576) MiB.",
          wayOut: "Make room, or move the directory."))
    }
    if let left = look.filesLeft, left < filesLimit {
      findings.append(
        .note(
          "few-files-left", directory.path, "So many files can still be made: \(left).",
          wayOut: "Remove files that nobody needs from this volume."))
    }
    findings += kind(of: look.fileSystem, directory) + look.sync.finding(directory)
    return Examination.Check(
      name: "disk",
      summary: "Free: \(free / 1_048_576) MiB. To the medium and back: \(look.sync.words).",
      findings: findings)
  }

  private static func kind(of system: FileSystem, _ directory: DataDirectory) -> [Finding] {
    switch system {
    case .local: []
    case .memory:
      [
        .problem(
          "disk-is-memory", directory.path,
          "This is memory: everything is lost when the machine restarts.",
          wayOut: "Put the directory on a disk.")
      ]
    case .remote:
      [
        .problem(
          "disk-is-remote", directory.path,
          "This is a network or user-space file system: SQLite's locks do not surely hold there.",
          wayOut: "Put the directory on a disk of this machine, or a volume that acts like one.")
      ]
    }
  }

  /// How long it takes until something is surely kept.
  enum SyncTime: Sendable, Hashable {
    case took(Duration)
    case failed(String)

    var words: String {
      switch self {
      case .took(let time): "\(Int(time / .milliseconds(1))) ms"
      case .failed(let why): why
      }
    }

    func finding(_ directory: DataDirectory) -> [Finding] {
      switch self {
      case .took(let time) where time > syncLimit:
        [
          .note(
            "disk-slow", directory.path,
            "It takes \(words) until something is surely kept: each command waits that long.",
            wayOut: "Use a faster disk, or one with a write cache that is safe.")
        ]
      case .took: []
      case .failed(let why):
        [
          .problem(
            "disk-fails", directory.path, "A trial file could not be kept: \(why).",
            wayOut: "See to the volume: is it full, or for reading only?")
        ]
      }
    }
  }

  /// Writes a small file, sees to it that it is on the medium, and removes it.
  private static func syncTime(in directory: DataDirectory) -> SyncTime {
    let path = "\(directory.path)/doctor-\(getpid()).trial"
    let clock = ContinuousClock()
    let start = clock.now
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return .failed(String(cString: strerror(errno))) }
    defer {
      close(descriptor)
      unlink(path)
    }
    let bytes = [UInt8](repeating: 0x5A, count: trialBytes)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      return .failed(errno == 0 ? "the disk is full" : String(cString: strerror(errno)))
    }
    return .took(clock.now - start)
  }
}
