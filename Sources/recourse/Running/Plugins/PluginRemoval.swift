import Broker
import Bus
import Foundation
import GRPCCore
import Glibc
import Messages
import PluginPackages
import SwiftProtobuf
import WorkerKit

/// Takes a plugin away, so that nothing is left of it but its audit. Each step can be done again, so a removal that was
/// cut short is finished by giving the command once more.
struct PluginRemoval: Sendable {
  let directory: DataDirectory
  let name: PluginName

  /// What was done, a sentence each.
  struct Report: Sendable {
    var lines: [String] = []
    /// The file that its audit is kept in; nil if it never had a slice.
    var audit: String?
  }

  /// The longest that the supervisor may take to end it.
  static let leaveLimit: Duration = .seconds(30)
  /// The longest that the broker may take to notice that it has left.
  static let noticeLimit: Duration = .seconds(10)
  /// Between two looks at what the supervisor writes down, or whom the broker knows.
  static let lookInterval: Duration = .milliseconds(50)

  /// - Throws: ``Failure`` `unknown-plugin`, `still-running` or what cannot be removed.
  func run(now: Date) async throws -> Report {
    let registry = directory.plugins
    let isThere = registry.has(name)
    guard isThere || registry.leaving.contains(name) || registry.hasBegun(name) else {
      throw Failure(
        PluginRegistryError(.unknown, path: name.text, "No plugin of that name is added."))
    }
    let lock = try directory.lockPlugins()
    defer { withExtendedLifetime(lock) {} }
    var report = Report()
    if isThere {
      try Failure.ofPlugins { () throws(PluginRegistryError) in try registry.beginRemoval(name) }
    }
    try await awaitLeaving()
    report.lines.append("It does not run any more.")
    try revoke(&report)
    await tellSupport(&report)
    await tellCorrespondence(&report)
    try keepAudit(&report, now)
    try removeData(&report)
    registry.endRemoval(name)
    report.lines.append("Its program, manifest and settings are removed.")
    return report
  }

  /// Nothing of it may run when its slice goes.
  private func awaitLeaving() async throws {
    let clock = ContinuousClock()
    let end = clock.now + Self.leaveLimit
    while directory.supervisor?.entry(name.text) != nil {
      guard clock.now < end else { throw stillRunning }
      try await clock.sleep(for: Self.lookInterval)
    }
    guard access(slice + ".lock", F_OK) == 0 else { return }
    // One that runs apart has it.
    do throws(FileLockError) { _ = try FileLock(path: slice + ".lock") } catch {
      throw stillRunning
    }
  }

  private var stillRunning: Failure {
    Failure(
      exit: .tryAgain, code: "still-running", path: name.text,
      message: "\(name) has not ended yet, and its data stays until it has.",
      wayOut: "If it runs apart, stop it. Then give the command again.")
  }

  private var slice: String { directory.slicePath(of: name.text) }

  private func revoke(_ report: inout Report) throws {
    let keys = KeyKeeper(directory.keys)
    let now = Date()
    if access(directory.keys.ringPath, F_OK) == 0,
      try keys.list().rows.contains(where: {
        $0.entry.name == name.text && $0.entry.isValid(at: now)
      })
    {
      try keys.revoke(name.text)
      report.lines.append("Its key is revoked; the ring remembers that it was its own.")
    }
    try remove(directory.keys.secretPath(of: name.text))
    try remove(directory.approvals.file(of: name.text))
    directory.approvals.forget(askedBy: name.text)
    report.lines.append("Nothing is approved for it any more.")
  }

  /// Referrals do not wait for somebody who does not come back. Where no system runs, or Support is away, they do for a
  /// day, and are files then.
  private func tellSupport(_ report: inout Report) async {
    let agencies: [String]
    do {
      agencies = try await Connection.open(directory) { try await forgotten($0) }
    } catch {
      report.lines.append(
        "Support was not told; if it served agencies, referrals to them wait for a day.")
      return
    }
    guard !agencies.isEmpty else { return }
    report.lines.append("Referrals to \(agencies.joined(separator: ", ")) are files again.")
  }

  /// Nor do letters.
  private func tellCorrespondence(_ report: inout Report) async {
    let channels: [String]
    do {
      channels = try await Connection.open(directory) { connection in
        try await onceGone {
          try await connection.correspondence.forgetServer(
            .with { $0.worker = name.text }, options: Connection.limit()
          ).channels.map({ Naming.name(of: $0) })
        }
      }
    } catch {
      report.lines.append(
        "Correspondence was not told; if it took letters out, those wait for a day.")
      return
    }
    guard !channels.isEmpty else { return }
    report.lines.append("Letters by \(channels.joined(separator: ", ")) wait for another way.")
  }

  /// Returns the agencies that it served.
  private func forgotten(_ connection: Connection) async throws -> [String] {
    try await onceGone {
      try await connection.support.forgetServer(
        .with { $0.worker = name.text }, options: Connection.limit()
      ).agencies
    }
  }

  /// What a worker answers, once the broker has noticed that the plugin has left: it may take a moment.
  private func onceGone<Answer>(_ ask: () async throws -> Answer) async throws -> Answer {
    let clock = ContinuousClock()
    let end = clock.now + Self.noticeLimit
    while true {
      do {
        return try await ask()
      } catch let error as RPCError {
        guard Refusal(error)?.code == "still-there", clock.now < end else { throw error }
        try await clock.sleep(for: Self.lookInterval)
      }
    }
  }

  private func keepAudit(_ report: inout Report, _ now: Date) throws {
    guard access(slice, F_OK) == 0 else { return }
    try FileManager.default.createDirectory(
      atPath: directory.auditsPath, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let time = now.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted)).lowercased()
    var path = "\(directory.auditsPath)/\(name)-\(time).sqlite"
    while access(path, F_OK) == 0 { path = path.replacing(".sqlite", with: "-again.sqlite") }
    do { try SliceAudit.keep(from: slice, to: path) } catch let failure as StorageFailure {
      throw Failure(unreadable: failure, of: name.text)
    }
    try BackupFile.sync(directory.auditsPath)
    report.audit = path
    report.lines.append("Its audit is kept: \(path)")
  }

  private func removeData(_ report: inout Report) throws {
    for end in ["-wal", "-shm", "", ".lock"] { try remove(slice + end) }
    try remove(directory.outputDirectory(of: name.text).path)
    let log = directory.logFile(of: name.text)
    for end in [""] + (1...9).map({ ".\($0)" }) { try remove(log + end) }
    try remove("\(directory.path)/restarts/\(name)")
    report.lines.append("Its slice, its output and its log files are removed.")
  }

  private func remove(_ path: String) throws {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      guard access(path, F_OK) == 0 else { return }
      throw Failure(
        exit: .unavailable, code: "unwritable", path: path, message: "This cannot be removed.",
        wayOut: "Remove it by hand, or run this as the user whom the data belongs to.")
    }
  }
}
