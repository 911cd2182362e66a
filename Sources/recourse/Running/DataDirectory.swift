import Bus
import Crypto
import Foundation
import Glibc
import WorkerKit

/// The one directory of an installation: what is where in it.
///
///     broker.address      where the broker is, while it runs
///     broker.sock         its socket
///     lock                held by `recourse up`
///     keys/               who is enrolled, and the secrets of those who run from here; never in a backup
///     keys/approved       rights have been approved here once
///     rights/NAME.json    what each principal may do, as the operator has approved it; never in a backup
///     refusals.jsonl      what the broker has refused, and the file before it
///     log.sqlite          the log of facts
///     plugins/NAME/       a plugin that was added: manifest, program, record and settings, with their secrets
///     plugins.lock        held while somebody changes them
///     audits/*.sqlite     audits of plugins that were removed; never changed, never removed
///     packs/*.yaml        procedures that are adopted besides those that are built in
///     log-archive/        its older files; never changed, never removed
///     slices/NAME.sqlite  each worker's own storage
///     output/NAME/        what a worker hands to the outside world
///     logs/NAME.log       what each process has to say; NAME.log.1 to .4 what it said before
///     supervisor.json     how the processes of `recourse up` are, while it runs
///     restarts/NAME       `recourse restart` has asked for this process, and the supervisor has not looked yet
///     backups/NAME/       copies of the log and all slices; whole if manifest.json is there
///     restoring/          what a restore prepares
///     restore.json        a restore is under way, or was interrupted
///     replaced-TIME/      what a restore has put aside
struct DataDirectory: Sendable, Hashable {
  /// Absolute.
  let path: String

  /// The variable that names the directory where `--data` does not.
  static let variable = WorkerPlace.variable
  /// The longest path that a socket's address holds everywhere.
  static let socketBytesLimit = 100

  /// - Parameter path: relative to the current directory, if it is not absolute.
  init(_ path: String) { self.path = URL(filePath: path).standardizedFileURL.path }

  var logPath: String { "\(path)/log.sqlite" }
  /// The keys of the installation, or of those who run from here.
  var keys: KeyFolder { KeyFolder("\(path)/\(KeyFolder.name)") }
  var lockPath: String { "\(path)/lock" }
  var addressPath: String { "\(path)/broker.address" }
  var packsPath: String { "\(path)/packs" }
  func backup(_ name: String) -> String { "\(path)/backups/\(name)" }
  var restoringPath: String { "\(path)/restoring" }
  var restoreMarkerPath: String { "\(path)/\(RestoredSlice.markerName)" }
  /// Where workers keep `slices/NAME.sqlite`.
  var url: URL { URL(filePath: path, directoryHint: .isDirectory) }

  func outputDirectory(of worker: String) -> URL {
    WorkerPlace(path: path).outputDirectory(of: worker)
  }
  func logFile(of process: String) -> String { "\(path)/logs/\(process).log" }
  func slicePath(of worker: String) -> String { "\(path)/slices/\(worker).sqlite" }

  /// The socket's path: in the directory or, where that would be too long, a short one of its own.
  var socketPath: String {
    let plain = "\(path)/broker.sock"
    guard plain.utf8.count > Self.socketBytesLimit else { return plain }
    let digest = SHA256.hash(data: Data(path.utf8))
    let digits = digest.prefix(6).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    return "/tmp/recourse-\(digits.joined()).sock"
  }

  /// Workers, plugins too, whose slices are here.
  var workersWithSlices: [String] { workers(withFilesEnding: ".sqlite") }
  /// Workers that have run here, whether or not their slices are left.
  var workersWithLocks: [String] { workers(withFilesEnding: ".sqlite.lock") }

  private func workers(withFilesEnding end: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/slices")) ?? []
    return files.filter { $0.hasSuffix(end) }.map { String($0.dropLast(end.count)) }.sorted()
  }

  /// The audits that are kept of workers that were removed, of all or of one.
  func keptAudits(of worker: String?) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: auditsPath)) ?? []
    return files.filter { file in
      file.hasSuffix(".sqlite") && worker.map { file.hasPrefix("\($0)-2") } != false
    }.sorted().map { "\(auditsPath)/\($0)" }
  }

  /// Makes the directory and its folders, readable by their owner alone.
  func create() throws {
    for folder in [path] + ["slices", "output", "logs", "packs"].map({ "\(path)/\($0)" }) {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw Failure(
          exit: .unavailable, code: "data-directory", message: "\(folder) cannot be made.",
          wayOut: "Name a directory that you may write to: --data DIR.")
      }
    }
  }
}

// MARK: - Where the broker is

extension DataDirectory {
  /// Says where the broker is. Written whole or not at all.
  func publish(address: String) throws {
    try Data((address + "\n").utf8).write(to: URL(filePath: addressPath), options: .atomic)
  }

  /// Where the broker is.
  /// - Throws: ``Failure`` `unavailable` if nothing says so.
  func address() throws -> String {
    do { return try WorkerPlace(path: path).address() } catch { throw Failure(error) }
  }

  /// Takes back what a broker said, if no other has spoken since.
  func withdraw(address: String) {
    if (try? self.address()) == address { unlink(addressPath) }
  }

  /// Takes back what only a running system has.
  func forgetAddress() {
    unlink(addressPath)
    unlink(socketPath)
    unlink(socketPath + ".lock")
  }

  /// `--data ""`, such as from a variable that is not set.
  static var emptyName: Failure { Failure(WorkerPlace.emptyName) }

  /// Nobody answers for this directory.
  var notRunning: Failure {
    Failure(WorkerPlace(path: path).isSilent)
  }
}

/// A lock on an installation. The system takes it back when the process ends, however it ends.
struct InstallationLock {
  private let descriptor: Int32

  /// - Throws: ``Failure`` `already-running` if another process holds it.
  init(_ directory: DataDirectory) throws {
    descriptor = open(directory.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        exit: .unavailable, code: "data-directory",
        message: "\(directory.lockPath) cannot be opened.",
        wayOut: "Name a directory that you may write to: --data DIR.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Failure(
        exit: .unavailable, code: "already-running",
        message: "Another `recourse up` keeps \(directory.path).",
        wayOut: "Stop that one first, or name another directory: --data DIR.")
    }
  }

  /// Lets go of it. Whoever made the lock calls this once.
  func release() { close(descriptor) }
}
