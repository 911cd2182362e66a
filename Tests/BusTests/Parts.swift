import Broker
import Bus
import BusTesting
import Foundation
import GRPCCore
import Logging
import Testing

/// Parts that other processes play. Each runs until its tests have no more use for it.
@Suite("Parts of other tests", .timeLimit(.minutes(1)))
struct Parts {
  @Test(.enabled(if: OtherProcess.plays("playsBroker")))
  func playsBroker() async throws {
    OtherProcess.endWithTests()
    let folder = URL(fileURLWithPath: try OtherProcess.Setting.folder.required())
    let options = BrokerOptions(
      address: try OtherProcess.Setting.address.required(),
      logPath: folder.appendingPathComponent("log.sqlite").path,
      admission: try TestKeys.admission(in: folder), clock: { Date() },
      logger: Logger(label: "broker") { _ in SwiftLogNoOpLogHandler() })
    try await BrokerProcess.run(options) { _ in }
  }

  @Test(.enabled(if: OtherProcess.plays("servesFlow")))
  func servesFlow() async throws { try await Self.serve("flow", Flow()) }

  @Test(.enabled(if: OtherProcess.plays("servesWords")))
  func servesWords() async throws { try await Self.serve("words", Words()) }

  /// Makes a call on each way that is never answered.
  @Test(.enabled(if: OtherProcess.plays("callsWords")))
  func callsWords() async throws {
    OtherProcess.endWithTests()
    let address = try OtherProcess.Setting.address.required()
    try await Peer.with(over: ZeroMQLink(address: address)) { peer in
      let caller = WordCaller(peer)
      let endings = await Way.each { way in
        await caller.begin("wait \(way)", way, timeout: DeadlineTests.short, waits: true).ending
      }
      #expect(endings.values.allSatisfy { $0 == .late })
    }
  }

  private static func serve(_ worker: String, _ service: any RegistrableRPCService) async throws {
    OtherProcess.endWithTests()
    let address = try OtherProcess.Setting.address.required()
    let peer = Peer(
      PeerIdentity(worker: worker, instance: UUID().uuidString, processID: 1),
      over: try ZeroMQLink(address: address, as: worker))
    let server = peer.makeServer(of: [service])
    try await peer.start()
    try await server.serve()
  }
}

extension OtherProcess {
  /// Runs `body` with what a broker that is a process of its own is told, and where it will be.
  static func withPlaceForBroker<T>(
    _ body: (_ address: String, _ settings: [Setting: String]) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bus-" + UUID().uuidString.prefix(8))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let address = "ipc://\(folder.path)/b"
    return try await body(address, [.address: address, .folder: folder.path])
  }

  /// Runs `body` with such a broker. It may not be there yet: who calls must wait for readiness.
  static func withBroker<T>(
    _ body: (_ address: String, _ broker: OtherProcess) async throws -> T
  ) async throws -> T {
    try await withPlaceForBroker { address, settings in
      try await with("playsBroker", settings) { broker in try await body(address, broker) }
    }
  }
}
