import Bus
import CLinux
import Foundation
import WorkerKit

/// The machine's clock: deadlines are counted by it, and one that was set back makes them late.
enum ClockCheck {
  /// How far the newest file may lie ahead of the clock.
  static let secondsLimit = 60.0

  /// What is seen of it.
  struct Look: Sendable, Hashable {
    /// What it says.
    let now: Date
    /// This command was told to have it stand still.
    var standsStill = false
    /// When something was kept last; nil if nothing was.
    var newestFile: Date?
    /// Whether something keeps it right; nil if that is not told.
    var isKept: Bool?
  }

  static func look(at directory: DataDirectory, now: Date) -> Look {
    let fixed = ProcessInfo.processInfo.environment[ProcessClock.variable] ?? ""
    let kept = recourse_clock_is_kept()
    return Look(
      now: now, standsStill: !fixed.isEmpty, newestFile: newestFile(of: directory),
      isKept: kept < 0 ? nil : kept != 0)
  }

  static func clock(_ look: Look) -> Examination.Check {
    let now = look.now
    var findings: [Finding] = []
    if look.standsStill {
      findings.append(
        .note(
          "clock-stands", ProcessClock.variable, "The clock of this command stands still.",
          wayOut: "Unset it where real cases are kept."))
    }
    if let newest = look.newestFile, newest > now + secondsLimit {
      findings.append(
        .problem(
          "clock-behind", "clock",
          "It says \(Moment.text(now)), and something was kept here at \(Moment.text(newest)).",
          wayOut: "Set it right (chrony, systemd-timesyncd). Deadlines are counted by it."))
    }
    if look.isKept == false {
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
}
