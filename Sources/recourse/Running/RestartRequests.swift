import Bus
import CLinux
import Dispatch
import Foundation
import Glibc

/// How `recourse restart` speaks to the supervisor of a directory: it leaves a process's name in `DIR/restarts`, where
/// nobody else may write, and sends a signal.
struct RestartRequests: Sendable {
  /// What tells a supervisor to look. One that does not know it would end by it, so ``SupervisorRecord/takesRestarts``
  /// is asked first.
  static let signal = SIGUSR1

  private let folder: String

  init(_ directory: DataDirectory) { folder = "\(directory.path)/restarts" }

  /// Asks for a process.
  /// - Throws: ``Failure`` `older-supervisor`, `no-supervisor` or `data-directory`.
  func ask(for name: String, _ supervisor: SupervisorRecord) throws {
    guard supervisor.takesRestarts == true else {
      throw Failure(
        exit: .unavailable, code: "older-supervisor", path: name,
        message: "`recourse up` runs as an earlier version, which takes no such request.",
        wayOut: "Start `recourse up` itself again.")
    }
    // From here on its number is that of no other process.
    let process = recourse_pidfd_open(supervisor.processID)
    guard process >= 0 else { throw Self.nobody }
    defer { close(process) }
    guard supervisor.isOfRunning else { throw Self.nobody }
    let path = "\(folder)/\(name)"
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Failure(
        exit: .unavailable, code: "data-directory", path: path,
        message: "The request cannot be left: \(String(cString: strerror(errno))).",
        wayOut: "Run this as the user whom `recourse up` runs as.")
    }
    close(file)
    guard recourse_pidfd_send_signal(process, Self.signal) == 0 else {
      unlink(path)
      throw Self.nobody
    }
  }

  /// Nobody looks after the processes of the directory.
  static var nobody: Failure {
    Failure(
      exit: .unavailable, code: "no-supervisor",
      message: "No `recourse up` runs on this directory.",
      wayOut: "Restart the container or unit of the process, or start the system: recourse up.")
  }

  /// Hands on the names that are asked for from now on, until the source is cancelled; the signal does nothing then.
  /// What was left for an earlier supervisor is forgotten.
  /// - Throws: ``Failure`` `data-directory`.
  func listening(
    for names: @escaping @Sendable () -> [String], _ heard: @escaping @Sendable (String) -> Void
  ) throws -> any DispatchSourceSignal {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(
        exit: .unavailable, code: "data-directory", message: "\(folder) cannot be made.",
        wayOut: "Name a directory that you may write to: --data DIR.")
    }
    _ = take(names())
    Glibc.signal(Self.signal, SIG_IGN)
    let source = DispatchSource.makeSignalSource(
      signal: Self.signal, queue: .global(qos: .userInitiated))
    let look: @Sendable () -> Void = { for name in take(names()) { heard(name) } }
    // A signal that comes before the system listens is lost; the request that it tells of is not.
    source.setRegistrationHandler(handler: look)
    source.setEventHandler(handler: look)
    source.activate()
    return source
  }

  /// Takes the requests away and gives those for these, in their order.
  func take(_ names: [String]) -> [String] {
    names.filter { unlink("\(folder)/\($0)") == 0 }
  }
}
