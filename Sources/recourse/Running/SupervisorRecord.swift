import Bus
import Foundation
import Glibc
import Supervisor

/// What `recourse up` writes down about its processes, for `recourse status` and `recourse doctor`: they can ask the
/// broker and the workers only as far as these answer.
struct SupervisorRecord: Sendable, Codable {
  static let fileName = "supervisor.json"
  /// Of the format.
  static let current = 1

  var format = current
  /// Of the program.
  let version: String
  let processID: Int32
  /// Clock ticks from the machine's start to the supervisor's; with its number it names one process.
  let startTicks: UInt64
  var processes: ProcessBoard
  /// Whether it restarts who is asked for in ``RestartRequests``; one of an earlier version does not say so.
  var takesRestarts: Bool?
  /// Where each process is watched, by name, if it is.
  var watchedAt: [String: String] = [:]
  /// Where the public's pages are, as the portal said.
  var portal: String?

  init(_ processes: ProcessBoard) {
    version = ProgramVersion.current
    processID = getpid()
    startTicks = LockOwner(running: getpid())?.startTicks ?? 0
    self.processes = processes
    takesRestarts = true
  }

  func entry(_ name: String) -> ProcessBoard.Entry? {
    processes.entries.first { $0.name == name }
  }

  /// Whether the supervisor that wrote it still runs.
  var isOfRunning: Bool {
    LockOwner(running: processID) == LockOwner(processID: processID, startTicks: startTicks)
  }
}

extension DataDirectory {
  var supervisorPath: String { "\(path)/\(SupervisorRecord.fileName)" }

  /// What the supervisor that runs has written; nil if none does.
  var supervisor: SupervisorRecord? {
    guard let data = FileManager.default.contents(atPath: supervisorPath) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let record = try? decoder.decode(SupervisorRecord.self, from: data),
      record.format == SupervisorRecord.current, record.isOfRunning
    else { return nil }
    return record
  }

  /// Written whole or not at all. It is a help only: on a full disk the older one stays.
  func publish(_ record: SupervisorRecord) {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(record) else { return }
    try? (data + Data("\n".utf8)).write(to: URL(filePath: supervisorPath), options: .atomic)
  }

  func forgetSupervisor() { unlink(supervisorPath) }
}
