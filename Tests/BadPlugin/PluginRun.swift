import Bus
import Foundation
import Glibc
import Logging
import Messages
import SwiftProtobuf
import WorkerKit

/// One run, over a link that may do wrong.
struct PluginRun {
  private let data: URL
  private let address: String

  init(_ arguments: [String]) {
    func value(_ option: String) -> String {
      guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else {
        return ""
      }
      return arguments[index + 1]
    }
    data = URL(filePath: value("--data"), directoryHint: .isDirectory)
    address = value("--address")
  }

  func run() async throws {
    let folder = KeyFolder(data.appending(path: KeyFolder.name).path)
    let secret = try KeyFile.readSecretLine(from: STDIN_FILENO, called: "standard input")
    let keys = try folder.keys(for: KeyPair(of: secret))
    let file = data.appending(path: "plugins/\(BadPlugin.name)/settings.json")
    let values = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
    let plugin = try PluginWorker(PluginSettings(values))
    let slices = data.appending(path: "slices")
    // Whoever forgets what it has done does it again.
    if plugin.fault == .crashHalfWay { try? FileManager.default.removeItem(at: slices) }
    try FileManager.default.createDirectory(at: slices, withIntermediateDirectories: true)
    let link = FaultyLink(try ZeroMQLink(address: address, keys: keys), plugin.fault)
    let clock = try ProcessTime.clock()
    let work = Task {
      try await WorkerMain.run(
        plugin.worker, over: link,
        slice: .file(slices.appending(path: "\(BadPlugin.name).sqlite")), clock: clock,
        logger: ProcessLog.logger(BadPlugin.name), onReady: { _ in say("ready") })
    }
    if plugin.fault != .drainInTime { endWithInput(work) }
    do { try await work.value } catch is CancellationError {} catch {
      ProcessLog.logger(BadPlugin.name).error("it ends", metadata: ["why": "\(error)"])
      exit(EX_UNAVAILABLE)
    }
  }

  private func endWithInput(_ work: Task<Void, any Error>) {
    Thread {
      var byte: UInt8 = 0
      while read(STDIN_FILENO, &byte, 1) > 0 {}
      work.cancel()
    }.start()
  }
}

/// A line on standard output, at once.
private func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = write(STDOUT_FILENO, bytes, bytes.count)
}

/// A link whose owner cannot bear brokers of other versions, or that they go.
struct FaultyLink: Link {
  private let link: ZeroMQLink
  private let fault: Fault

  init(_ link: ZeroMQLink, _ fault: Fault) {
    self.link = link
    self.fault = fault
  }

  var address: String { link.address }
  var now: UInt64 { link.now }

  func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    try await link.start { [fault] event in
      switch event {
      case .frame(let frame) where frame.kind == .refuse && fault == .handshakeNew: return
      case .frame(let frame) where frame.kind == .welcome:
        if Self.cannotBear(frame, fault) { _exit(3) }
      case .lost where fault == .brokerRestart: _exit(3)
      default: break
      }
      handler(event)
    }
  }

  private static func cannotBear(_ frame: Frame, _ fault: Fault) -> Bool {
    guard let body = frame.body,
      let welcome = try? Recourse_Bus_V1_Welcome(serializedBytes: body)
    else { return false }
    switch fault {
    case .handshakeOld: return welcome.features.isEmpty
    case .handshakeUnknownFeature:
      return !welcome.features.allSatisfy(WireFeature.all.contains)
    case .handshakeUnknownField: return !welcome.unknownFields.data.isEmpty
    default: return false
    }
  }

  func send(_ frame: Frame) { link.send(frame) }
  func wake(at time: UInt64) { link.wake(at: time) }
  func close() async { await link.close() }
}
