public import Broker
public import Bus
public import Foundation
public import GRPCCore
import Logging

/// A broker, a serving peer and a calling peer, each with its own link.
public struct Place: Sendable {
  public let client: BusClient
  /// Where the broker listens for peers in other processes; empty in memory.
  public let address: String
  /// A further peer of that name. Whoever asks for it starts and closes it.
  public let makePeer: @Sendable (String) throws -> Peer

  public init(
    client: BusClient, address: String = "",
    makePeer: @escaping @Sendable (String) throws -> Peer
  ) {
    self.client = client
    self.address = address
    self.makePeer = makePeer
  }

  /// Runs `body` with a worker that serves, and a client. Everything is closed when it returns.
  public static func with<T: Sendable>(
    _ network: Network, worker: String = "echo", services: [any RegistrableRPCService],
    _ body: @Sendable (Place) async throws -> T
  ) async throws -> T {
    switch network {
    case .memory:
      let net = MemoryNetwork()
      let broker = try MemoryBroker(on: net, clock: { Date(timeIntervalSince1970: 0) })
      defer { broker.stop() }
      let makePeer = peers { _ in net.makeLink() }
      return try await serving(services, makePeer(worker)) {
        try await started(makePeer(PeerIdentity.clientName)) { caller in
          try await body(Place(client: BusClient(peer: caller), makePeer: makePeer))
        }
      }
    case .ipc, .tcp:
      return try await withBroker(network) { address in
        let makePeer = peers { try ZeroMQLink(address: address, as: $0) }
        return try await serving(services, makePeer(worker)) {
          try await started(makePeer(PeerIdentity.clientName)) { caller in
            let client = BusClient(peer: caller)
            return try await body(Place(client: client, address: address, makePeer: makePeer))
          }
        }
      }
    }
  }

  /// Runs `body` with a calling peer of the broker at an address.
  public static func withCaller<T: Sendable>(
    at address: String, _ body: @Sendable (Peer) async throws -> T
  ) async throws -> T {
    let makePeer = peers { try ZeroMQLink(address: address, as: $0) }
    return try await started(makePeer(PeerIdentity.clientName), body)
  }

  /// Runs `body` with a further calling peer.
  public func withCaller<T: Sendable>(
    _ body: @Sendable (Peer) async throws -> T
  ) async throws -> T {
    try await Self.started(makePeer(PeerIdentity.clientName), body)
  }

  /// Runs `body` with a real broker's address.
  public static func withBroker<T: Sendable>(
    _ network: Network, _ body: @Sendable (String) async throws -> T
  ) async throws -> T {
    try await withBroker(
      network, admission: { try TestKeys.admission(in: $0) }, onRefused: { _ in }, body)
  }

  /// Runs `body` with a real broker's address.
  /// - Parameters:
  ///   - admission: who may connect; told of the broker's folder.
  ///   - approvals: what each principal may do; nil lets everybody do everything.
  ///   - onRefused: told of what the broker refused.
  public static func withBroker<T: Sendable>(
    _ network: Network, admission: (URL) throws -> BrokerAdmission,
    approvals: ApprovalFolder? = nil,
    onRefused: @escaping @Sendable (Refused) -> Void, _ body: @Sendable (String) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bus-" + UUID().uuidString.prefix(8))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let wanted = network == .tcp ? "tcp://127.0.0.1:*" : "ipc://\(folder.path)/b"
    let options = BrokerOptions(
      address: wanted, logPath: folder.appendingPathComponent("log.sqlite").path,
      admission: try admission(folder), approvals: approvals, onRefused: onRefused,
      clock: { Date() }, logger: Logger(label: "broker") { _ in SwiftLogNoOpLogHandler() })
    let (addresses, found) = AsyncStream<String>.makeStream()
    return try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask {
        defer { found.finish() }
        try await BrokerProcess.run(options) { found.yield($0) }
        return nil
      }
      guard let address = await addresses.first(where: { _ in true }) else {
        try await group.waitForAll()
        throw CancellationError()
      }
      do {
        let value = try await body(address)
        group.cancelAll()
        try await group.waitForAll()
        return value
      } catch {
        group.cancelAll()
        try? await group.waitForAll()
        throw error
      }
    }
  }

  private static func peers(
    over makeLink: @escaping @Sendable (String) throws -> any Link
  ) -> @Sendable (String) throws -> Peer {
    { name in
      Peer(
        PeerIdentity(worker: name, instance: UUID().uuidString, processID: 1),
        over: try makeLink(name))
    }
  }

  private static func serving<T: Sendable>(
    _ services: [any RegistrableRPCService], _ peer: Peer,
    _ body: @Sendable () async throws -> T
  ) async throws -> T {
    let server = peer.makeServer(of: services)
    try await peer.start()
    let serving = Task { try await server.serve() }
    let result: Result<T, any Error>
    do {
      try await peer.waitUntilReady()
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    server.beginGracefulShutdown()
    await peer.close()
    _ = await serving.result
    return try result.get()
  }

  private static func started<T: Sendable>(
    _ peer: Peer, _ body: @Sendable (Peer) async throws -> T
  ) async throws -> T {
    try await peer.start()
    let result: Result<T, any Error>
    do {
      result = .success(try await body(peer))
    } catch {
      result = .failure(error)
    }
    await peer.close()
    return try result.get()
  }
}
