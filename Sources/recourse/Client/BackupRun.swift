import Bus
import Foundation
import GRPCCore
import Messages
import PluginPackages
import Synchronization

/// A backup that is being made: the log is kept still until every slice has been opened as well, so that the copies
/// fit one another.
struct BackupRun: Sendable {
  let connection: Connection
  let name: String
  /// Every process leaves its copy in a data directory of its own; here is the manifest alone.
  var isApart = false

  private struct Part: Sendable {
    var position: UInt64 = 0
    var done: Recourse_Bus_V1_BackupDone?
  }

  /// Makes it; returns what it consists of. Nothing is left of one that fails.
  func make(now: Date) async throws -> BackupManifest {
    let folder = connection.directory.backup(name)
    try claim(folder)
    do {
      let (log, slices) = try await copy(workers: try await workers())
      var manifest = try manifest(log, slices, folder, now)
      if !isApart { manifest.audits = try copyAudits(to: folder) }
      try manifest.write(to: folder)
      return manifest
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw (error as? BackupFileError).map(Self.failure(of:)) ?? error
    }
  }

  private func claim(_ folder: String) throws {
    let backups = URL(filePath: folder).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: backups, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Self.failure(of: .failed(backups, code: errno))
    }
    guard mkdir(folder, 0o700) != 0 else { return }
    guard errno == EEXIST else { throw Self.failure(of: .failed(folder, code: errno)) }
    throw Failure.input(
      "backup-exists", path: folder,
      "There is a backup of this name, or what an interrupted one has left."
    ).with(wayOut: "Choose another name, or remove \(folder).")
  }

  /// Whose slices belong to the whole: all that are built in, all others that are connected, and all others that
  /// keep a slice here, for it would be missing in the backup.
  private func workers() async throws -> [String] {
    let service = "recourse.worker.v1.Worker"
    let sessions = try await connection.sessions().sessions
    let serving = Set(sessions.filter { $0.services.contains(service) }.map(\.worker))
    let others = connection.directory.workersWithSlices.filter {
      !WorkerCatalogue.names.contains($0)
    }
    let away = (WorkerCatalogue.names + others).filter { !serving.contains($0) }
    guard away.isEmpty else {
      throw Failure(
        exit: .tryAgain, code: "worker-away", path: away[0],
        message: "A backup needs every worker, and \(away.joined(separator: ", ")) is away.",
        wayOut:
          "`recourse status` shows who is there; try again when all are. The slice of a worker that is "
          + "never to run again belongs out of \(connection.directory.path)/slices.")
    }
    return serving.sorted()
  }

  // MARK: Copying

  private func copy(workers: [String]) async throws -> (Part, [String: Part]) {
    let (opening, tell) = AsyncStream<Void>.makeStream()
    let roll = Roll(workers.count) { tell.finish() }
    var message = Recourse_Bus_V1_BackupRequest()
    message.name = name
    let request = StreamingClientRequest(of: Recourse_Bus_V1_BackupRequest.self) {
      [message] writer in
      try await writer.write(message)
      for await _ in opening {}
      try Task.checkCancellation()
    }
    return try await connection.logBackup.take(request: request) { [message] response in
      let (still, logIsOpen) = AsyncStream<Void>.makeStream()
      return try await withThrowingTaskGroup(of: [String: Part].self) { group in
        group.addTask {
          ["": try await Self.part(of: response) { logIsOpen.finish() }]
        }
        group.addTask {
          for await _ in still {}
          try Task.checkCancellation()
          return try await copySlices(workers, message) { roll.oneMore() }
        }
        // The first that fails ends the others, and with them the stillness.
        var parts: [String: Part] = [:]
        for try await more in group { parts.merge(more) { $1 } }
        guard let log = parts.removeValue(forKey: "") else { throw Self.unfinished }
        return (log, parts)
      }
    }
  }

  private func copySlices(
    _ workers: [String], _ message: Recourse_Bus_V1_BackupRequest,
    opened: @Sendable @escaping () -> Void
  ) async throws -> [String: Part] {
    try await withThrowingTaskGroup(of: (String, Part).self) { group in
      for worker in workers {
        group.addTask {
          let target = Connection.target(worker)
          do {
            let part = try await connection.worker.backup(message, metadata: target) { response in
              try await Self.part(of: response, opened: opened)
            }
            return (worker, part)
          } catch let error as RPCError where error.code == .failedPrecondition {
            throw Self.refused(by: worker, error.message)
          }
        }
      }
      var slices: [String: Part] = [:]
      for try await (worker, part) in group { slices[worker] = part }
      return slices
    }
  }

  private static func part(
    of response: StreamingClientResponse<Recourse_Bus_V1_BackupResponse>,
    opened: @Sendable () -> Void
  ) async throws -> Part {
    var part = Part()
    for try await message in response.messages {
      switch message.news {
      case .opened(let news):
        part.position = news.logPosition
        opened()
      case .done(let done): part.done = done
      case nil: break
      }
    }
    return part
  }

  // MARK: What came of it

  private func manifest(
    _ log: Part, _ slices: [String: Part], _ folder: String, _ now: Date
  ) throws -> BackupManifest {
    var files = [try file(BackupManifest.logFile, log, folder, of: "broker")]
    for worker in slices.keys.sorted() {
      guard let part = slices[worker] else { continue }
      guard part.position <= log.position else { throw Self.unfinished }
      files.append(try file(BackupManifest.slice(of: worker), part, folder, of: worker))
    }
    let plugins = connection.directory.plugins.standings.map { standing in
      BackupManifest.Plugin(
        name: standing.name.text, version: standing.record.version,
        program: standing.record.digests.program)
    }
    return BackupManifest(
      name: name, madeAt: now.formatted(.iso8601), logHead: log.position, files: files,
      plugins: plugins)
  }

  /// They never change, so that it does not matter when they are copied.
  private func copyAudits(to folder: String) throws -> [BackupManifest.File] {
    try connection.directory.keptAudits(of: nil).map { path in
      let name = URL(filePath: path).lastPathComponent
      let copy = try BackupFile.make("audits/\(name)", in: URL(filePath: folder)) { draft in
        try Data(contentsOf: URL(filePath: path)).write(to: URL(filePath: draft))
      }
      return BackupManifest.File(
        path: copy.path, bytes: copy.bytes, sha256: copy.sha256.hexadecimal, logPosition: 0)
    }
  }

  private func file(
    _ path: String, _ part: Part, _ folder: String, of process: String
  ) throws -> BackupManifest.File {
    guard let done = part.done, done.file == "backups/\(name)/\(path)" else {
      throw Self.unfinished
    }
    let file = BackupManifest.File(
      path: path, bytes: done.bytes, sha256: done.sha256.hexadecimal, logPosition: part.position)
    // Then the digest is checked where the copies come together.
    if isApart { return file }
    guard access("\(folder)/\(path)", F_OK) == 0 else { throw elsewhere(process) }
    try file.check(at: "\(folder)/\(path)")
    return file
  }

  private func elsewhere(_ process: String) -> Failure {
    Failure(
      exit: .unavailable, code: "backup-elsewhere", path: process,
      message:
        "The copy of \(process) is not in \(connection.directory.path): it keeps its data in another "
        + "directory, and has put the copy there, under backups/\(name).",
      wayOut:
        "Remove that copy. With --apart every copy may stay where its process has put it; gather them then."
    )
  }

  private static func refused(by worker: String, _ why: String) -> Failure {
    Failure(
      exit: .unavailable, code: "backup-refused", path: worker,
      message: "\(worker) makes no copy of its slice: \(why).",
      wayOut:
        "A backup needs every worker that is connected: put that right, or stop \(worker) first.")
  }

  private static let unfinished = Failure(
    exit: .fault, code: "backup-failed",
    message: "Not every part of the backup was made as it was asked for.",
    wayOut: "The files in DIR/logs say more.")

  private static func failure(of error: BackupFileError) -> Failure {
    Failure(
      exit: .unavailable, code: "backup-failed", message: "\(error).",
      wayOut: "Is the disk full, or may you not write there?")
  }
}

/// Counts who has opened; tells when all have.
private final class Roll: Sendable {
  private let left: Mutex<Int>
  private let tell: @Sendable () -> Void

  init(_ count: Int, tell: @escaping @Sendable () -> Void) {
    left = Mutex(count)
    self.tell = tell
  }

  func oneMore() {
    let isLast = left.withLock { left in
      left -= 1
      return left == 0
    }
    if isLast { tell() }
  }
}
