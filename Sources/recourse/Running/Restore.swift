import Broker
import Bus
import Foundation
import Glibc
import PluginPackages
import WorkerKit

/// Puts a data directory back to a backup.
///
/// Everything is checked and prepared aside first; until then nothing is touched. Then a marker is written, what is
/// there is moved away, what is prepared is moved in, and the marker is removed: from the first to the last of
/// these nothing starts on the directory, and a restore that was interrupted can be given again.
struct Restore: Sendable {
  let directory: DataDirectory
  /// The backup's folder.
  let backup: String
  let actor: String
  let reason: String

  struct Outcome: Sendable {
    let logHead: UInt64
    /// Where what was there before is; empty if there was nothing.
    let replaced: String
    /// Workers whose slices the backup lacks: they begin with empty ones.
    let begunAnew: [String]
    /// Plugins that were there when it was made and are not added here.
    let missingPlugins: [BackupManifest.Plugin]
  }

  /// What is said of a restore that is under way.
  struct Marker: Codable, Sendable {
    let backup: String
    /// Within the data directory.
    let replaced: String
  }

  func run(now: Date) throws -> Outcome {
    try directory.create()
    let lock = try InstallationLock(directory)
    defer { lock.release() }
    let manifest = try BackupManifest.read(in: backup)
    do {
      // Broker and workers that run apart from `recourse up` hold these.
      let logLock = try FileLock(path: directory.logPath + ".lock")
      let locks = try sliceLocks(manifest)
      defer { withExtendedLifetime((logLock, locks)) {} }
      let head = try prepare(manifest, now)
      try putBackAudits(manifest)
      let anew = locks.filter { !manifest.slices.contains($0.key) && $0.value.isMarked }
      let replaced = try exchange(manifest, now, anew: Array(anew.values))
      return Outcome(
        logHead: head, replaced: replaced, begunAnew: anew.keys.sorted(),
        missingPlugins: (manifest.plugins ?? []).filter { plugin in
          !directory.plugins.names.contains { $0.text == plugin.name }
        })
    } catch let error as FileLockError {
      throw Failure(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        exit: .unavailable, code: "restore-failed", path: directory.path, message: "\(error)",
        wayOut: "Is the disk full, or may you not write there? Put that right and restore again.")
    }
  }

  /// Those of every worker that has a slice, had one or is to have one.
  private func sliceLocks(_ manifest: BackupManifest) throws -> [String: FileLock] {
    let workers =
      directory.workersWithSlices + directory.workersWithLocks + manifest.slices
    var locks: [String: FileLock] = [:]
    for worker in Set(workers).sorted() {
      locks[worker] = try FileLock(path: directory.slicePath(of: worker) + ".lock")
    }
    return locks
  }

  // MARK: Aside

  /// Copies the backup, checks the copies and makes them ready to go on. Returns the log's head.
  private func prepare(_ manifest: BackupManifest, _ now: Date) throws -> UInt64 {
    let aside = directory.restoringPath
    try? FileManager.default.removeItem(atPath: aside)
    try FileManager.default.createDirectory(
      atPath: "\(aside)/slices", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    for file in manifest.files {
      try file.check(at: "\(backup)/\(file.path)")
      try FileManager.default.copyItem(
        atPath: "\(backup)/\(file.path)", toPath: "\(aside)/\(file.path)")
      try file.check(at: "\(aside)/\(file.path)")
    }
    let log: RestoredLog
    do {
      log = try RestoredLog.prepare("\(aside)/\(BackupManifest.logFile)", now: now)
    } catch let damaged as RestoredLog.Damaged {
      throw Self.damaged(BackupManifest.logFile, damaged.what)
    } catch let error as LogError {
      throw Failure(error)
    }
    let grounds = RestoredSlice.Grounds(
      actor: actor, reason: reason, backup: manifest.name, now: now)
    for worker in manifest.slices {
      let path = BackupManifest.slice(of: worker)
      do {
        try RestoredSlice.prepare(
          "\(aside)/\(path)", of: worker,
          migrations: try? WorkerCatalogue.worker(worker).migrations, known: log.producers, grounds)
      } catch SliceError.damaged(let what) {
        throw Self.damaged(path, "It is damaged: \(what).")
      } catch let failure as StorageFailure {
        let cannot = Self.damaged(path, "For \(worker), \(failure).")
        if case .newerSchema = failure.kind { throw cannot.with(wayOut: failure.wayOut) }
        throw cannot
      }
    }
    for file in manifest.files { try BackupFile.sync("\(aside)/\(file.path)") }
    try BackupFile.sync("\(aside)/slices")
    try BackupFile.sync(aside)
    return log.head
  }

  private static func damaged(_ path: String, _ what: String) -> Failure {
    Failure.input("damaged-backup", path: path, "A file of the backup cannot be used. \(what)")
      .with(wayOut: "Take another backup.")
  }

  /// What is here stays: an audit of somebody who was removed never changes.
  private func putBackAudits(_ manifest: BackupManifest) throws {
    for file in manifest.audits ?? []
    where access("\(directory.path)/\(file.path)", F_OK) != 0 {
      try file.check(at: "\(backup)/\(file.path)")
      _ = try BackupFile.make(file.path, in: directory.url) { draft in
        try Data(contentsOf: URL(filePath: "\(backup)/\(file.path)"))
          .write(to: URL(filePath: draft))
      }
    }
  }

  // MARK: In place

  /// Puts what is prepared in the place of what is there. Returns where that is now; empty if there was nothing.
  /// - Parameter anew: locks of slices that nothing takes the place of.
  private func exchange(
    _ manifest: BackupManifest, _ now: Date, anew: [FileLock]
  ) throws -> String {
    let marker = try directory.restoreMarker() ?? Marker(backup: backup, replaced: freeName(now))
    try JSONEncoder().encode(marker)
      .write(to: URL(filePath: directory.restoreMarkerPath), options: .atomic)
    try BackupFile.sync(directory.restoreMarkerPath)
    try BackupFile.sync(directory.path)

    let replaced = "\(directory.path)/\(marker.replaced)"
    try FileManager.default.createDirectory(
      atPath: "\(replaced)/slices", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let slices = directory.workersWithSlices.map(BackupManifest.slice)
    for path in [BackupManifest.logFile] + slices + manifest.files.map(\.path) {
      for end in ["", "-wal", "-shm"] {
        try putAside(path + end, to: replaced)
      }
    }
    try putAside(BackupManifest.archiveFolder, to: replaced)
    try sync("\(replaced)/slices", replaced, "\(directory.path)/slices", directory.path)

    for file in manifest.files {
      try move("\(directory.restoringPath)/\(file.path)", to: "\(directory.path)/\(file.path)")
    }
    try sync("\(directory.path)/slices", directory.path)
    for lock in anew { lock.unmark() }
    unlink(directory.restoreMarkerPath)
    try BackupFile.sync(directory.path)
    try? FileManager.default.removeItem(atPath: directory.restoringPath)
    let isEmpty = try FileManager.default.subpathsOfDirectory(atPath: replaced) == ["slices"]
    if isEmpty { try? FileManager.default.removeItem(atPath: replaced) }
    return isEmpty ? "" : replaced
  }

  /// Moves a file that is there. One whose predecessor has been moved already was put in by a restore that was
  /// interrupted, and makes room for the one that is prepared now.
  private func putAside(_ path: String, to replaced: String) throws {
    let there = "\(directory.path)/\(path)"
    guard access(there, F_OK) == 0 else { return }
    guard access("\(replaced)/\(path)", F_OK) != 0 else {
      unlink(there)
      return
    }
    try move(there, to: "\(replaced)/\(path)")
  }

  private func move(_ from: String, to place: String) throws {
    guard rename(from, place) == 0 else { throw BackupFileError.failed(place, code: errno) }
  }

  private func sync(_ folders: String...) throws {
    for folder in folders { try BackupFile.sync(folder) }
  }

  /// A name for what is replaced that nothing has yet.
  private func freeName(_ now: Date) -> String {
    let time = now.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
    var name = "replaced-\(time)"
    while access("\(directory.path)/\(name)", F_OK) == 0 { name += "-again" }
    return name
  }
}

extension DataDirectory {
  /// What is said of a restore that is under way or was interrupted; nil if there is none.
  func restoreMarker() throws -> Restore.Marker? {
    guard let data = FileManager.default.contents(atPath: restoreMarkerPath) else { return nil }
    guard let marker = try? JSONDecoder().decode(Restore.Marker.self, from: data) else {
      throw Failure(
        exit: .unavailable, code: "half-restored", path: restoreMarkerPath,
        message: "A restore was interrupted, and the file that says how far it got cannot be read.",
        wayOut: "Restore into an empty directory: recourse restore PATH --data OTHER.")
    }
    return marker
  }

  /// - Throws: ``Failure`` `half-restored` if a restore was interrupted.
  func refuseHalfRestored() throws {
    guard let marker = try restoreMarker() else { return }
    throw Failure(
      exit: .unavailable, code: "half-restored", path: path,
      message: "A restore of \(marker.backup) was interrupted, or goes on.",
      wayOut:
        "Give it again: recourse restore \(marker.backup) --data \(path) --by WHO --reason WHY")
  }
}
