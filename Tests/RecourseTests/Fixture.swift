import Bus
import Foundation
import Glibc
import Messages
import Supervisor
import SwiftProtobuf
import Testing

@testable import recourse

/// A data directory for one test, with the folders that `recourse up` makes; removed afterwards.
func withDirectory(_ body: (DataDirectory) throws -> Void) throws {
  let path = FileManager.default.temporaryDirectory.appending(
    path: "rc-\(UUID().uuidString.prefix(8))"
  ).path
  defer { try? FileManager.default.removeItem(atPath: path) }
  let directory = DataDirectory(path)
  try directory.create()
  try body(directory)
}

extension DataDirectory {
  /// One of which nothing is looked at.
  static let elsewhere = DataDirectory("/nowhere")

  /// Makes a file with this text.
  func write(_ text: String, _ name: String, mode: mode_t = 0o600) throws {
    let file = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: file))
    #expect(chmod(file, mode) == 0)
  }
}

extension [Finding] {
  /// Each with its weight and what it is about.
  var inShort: [String] { map { "\($0.weight.rawValue) \($0.code) \($0.subject)" } }
  var codes: [String] { map(\.code) }
}

extension Picture {
  /// One of a single worker, panel, of which all is well unless a test says otherwise.
  static func of(
    _ status: Recourse_Worker_V1_StatusResponse?, failure: Failure? = nil,
    supervisor: SupervisorRecord? = nil, head: UInt64 = 7, directory: DataDirectory = .elsewhere,
    seenAt: Date = moment
  ) -> Picture {
    Picture(
      address: "ipc:///nowhere", brokerPID: 1, brokerVersion: version, directory: directory,
      supervisor: supervisor, head: head,
      workers: [Worker(name: "panel", status: status, failure: failure)], seenAt: seenAt)
  }

  static let moment = Date(timeIntervalSince1970: 1_774_000_000)
  static let version = ProgramVersion.current
}

extension Recourse_Worker_V1_StatusResponse {
  /// A worker that serves and is at the end of the log.
  static func serving(
    _ change: (inout Recourse_Worker_V1_StatusResponse) -> Void = { _ in }
  ) -> Recourse_Worker_V1_StatusResponse {
    .with {
      $0.health = .serving
      $0.logPosition = 7
      $0.version = Picture.version
      $0.diskBytes = 1 << 40
      $0.diskFreeBytes = 1 << 39
      change(&$0)
    }
  }
}

extension SupervisorRecord {
  /// One that has told these events of panel.
  static func of(
    _ events: [SupervisorEvent], at moment: Date = Picture.moment
  ) -> SupervisorRecord {
    var board = ProcessBoard(names: ["panel"], at: moment)
    for event in events { board.note(event, at: moment) }
    return SupervisorRecord(board)
  }
}
