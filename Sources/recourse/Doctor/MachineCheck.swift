import Bus
import CLinux
import Foundation
import Glibc

/// The machine under a data directory.
enum MachineCheck {
  /// How far the newest file may lie ahead of the clock.
  static let clockSecondsLimit = 60.0
  /// How long a small file may take to get to the medium before that is worth a note.
  static let syncLimit: Duration = .milliseconds(200)
  static let trialBytes = 64 * 1024
  /// Files that can still be made, below which that is worth a note.
  static let filesLimit: UInt64 = 10_000
  /// Files that a process may have open: a broker has one for each of its 1024 peers at most.
  static let openFilesLimit: UInt64 = 1024

  // MARK: The clock

  /// Deadlines are counted by it: one that was set back makes them late.
  static func clock(of directory: DataDirectory, now: Date) -> Examination.Check {
    var findings: [Finding] = []
    if let fixed = ProcessInfo.processInfo.environment[ProcessClock.variable], !fixed.isEmpty {
      findings.append(
        .note(
          "clock-stands", ProcessClock.variable, "The clock of this command stands still.",
          wayOut: "Unset it where real cases are kept."))
    }
    if let newest = newestFile(of: directory), newest > now + clockSecondsLimit {
      findings.append(
        .problem(
          "clock-behind", "clock",
          "It says \(Moment.text(now)), and something was kept here at \(Moment.text(newest)).",
          wayOut: "Set it right (chrony, systemd-timesyncd). Deadlines are counted by it."))
    }
    if recourse_clock_is_kept() == 0 {
      findings.append(
        .note(
          "clock-free", "clock", "The system says that nothing keeps its clock right.",
          wayOut:
            "Run chrony or systemd-timesyncd on this machine. In a container the host's counts."))
    }
    return Examination.Check(
      name: "clock",
      summary: "\(Moment.text(now)); Europe/London is reckoned without time zone files.",
      findings: findings)
  }

  private static func newestFile(of directory: DataDirectory) -> Date? {
    let slices = directory.workersWithSlices.map(directory.slicePath)
    return ([directory.logPath] + slices).flatMap { [$0, $0 + "-wal"] }.compactMap { path in
      FileFacts(path: path).map { Date(timeIntervalSince1970: Double($0.modifiedAt)) }
    }.max()
  }

  // MARK: The disk

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
    let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
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
    // Some file systems make room for files as they need it and say 0.
    if space.f_files > 0, UInt64(space.f_favail) < filesLimit {
      findings.append(
        .note(
          "few-files-left", directory.path, "So many files can still be made: \(space.f_favail).",
          wayOut: "Remove files that nobody needs from this volume."))
    }
    let (duration, kind) = (syncTime(in: directory), kind(of: directory))
    findings += kind.map { [$0] } ?? []
    findings += duration.finding(directory)
    return Examination.Check(
      name: "disk",
      summary: "Free: \(free / 1_048_576) MiB. To the medium and back: \(duration.words).",
      findings: findings)
  }

  /// File systems on which nothing is kept, or on which locks do not hold.
  private static func kind(of directory: DataDirectory) -> Finding? {
    switch recourse_file_system(directory.path) & 0xFFFF_FFFF {
    case 0x0102_1994, 0x8584_58F6:
      return .problem(
        "disk-is-memory", directory.path,
        "This is memory: everything is lost when the machine restarts.",
        wayOut: "Put the directory on a disk.")
    case 0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546:
      return .problem(
        "disk-is-remote", directory.path,
        "This is a network or user-space file system: SQLite's locks do not surely hold there.",
        wayOut: "Put the directory on a disk of this machine, or a volume that acts like one.")
    default: return nil
    }
  }

  private enum SyncTime {
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

  // MARK: Limits

  static func limits() -> Examination.Check {
    var files = rlimit()
    guard getrlimit(__rlimit_resource_t(7), &files) == 0 else {
      return Examination.Check(name: "limits", summary: "The system says nothing of them.")
    }
    let count = UInt64(files.rlim_cur)
    let findings: [Finding] =
      count >= openFilesLimit
      ? []
      : [
        .note(
          "few-open-files", "RLIMIT_NOFILE", "A process may have \(count) files open.",
          wayOut: "Raise it to \(openFilesLimit) at least: ulimit -n, or LimitNOFILE= in the unit.")
      ]
    return Examination.Check(
      name: "limits", summary: "A process may have \(count) files open.", findings: findings)
  }
}
