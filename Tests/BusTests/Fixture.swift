import Broker
import Bus
import Foundation
import GRPCCore
import Logging

/// The ways to reach a broker; one suite of cases runs over all of them.
enum Network: String, CaseIterable, Sendable {
  case memory
  case ipc
  case tcp
}

/// A broker, a serving peer and a calling peer, each with its own link.
struct Place: Sendable {
  let client: GRPCClient<BusClientTransport>
  let makePeer: @Sendable (String) throws -> Peer

  /// Runs `body` with a worker `echo` that serves ``Kinds``, and a client.
  static func with<T: Sendable>(
    _ network: Network, _ body: @escaping @Sendable (Place) async throws -> T
  ) async throws -> T {
    switch network {
    case .memory:
      let net = MemoryNetwork()
      let broker = try MemoryBroker(on: net, clock: { Date(timeIntervalSince1970: 0) })
      defer { broker.stop() }
      return try await connected({ net.makeLink() }, body)
    case .ipc, .tcp:
      return try await withBroker(network) { address in
        try await connected({ try ZeroMQLink(address: address) }, body)
      }
    }
  }

  /// Runs `body` with a real broker's address.
  static func withBroker<T: Sendable>(
    _ network: Network, _ body: @escaping @Sendable (String) async throws -> T
  ) async throws -> T {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bus-" + UUID().uuidString.prefix(8))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let wanted = network == .tcp ? "tcp://127.0.0.1:*" : "ipc://\(folder.path)/b"
    let options = BrokerOptions(
      address: wanted, logPath: folder.appendingPathComponent("log.sqlite").path,
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

  private static func connected<T: Sendable>(
    _ makeLink: @escaping @Sendable () throws -> any Link,
    _ body: @escaping @Sendable (Place) async throws -> T
  ) async throws -> T {
    let makePeer: @Sendable (String) throws -> Peer = { name in
      Peer(
        PeerIdentity(worker: name, instance: UUID().uuidString, processID: 1),
        over: try makeLink())
    }
    let worker = try makePeer("echo")
    var router = RPCRouter<BusServerTransport>()
    Kinds().registerMethods(with: &router)
    worker.offer(router.methods)
    let server = GRPCServer(transport: BusServerTransport(peer: worker), router: router)
    let caller = try makePeer(PeerIdentity.clientName)
    let client = GRPCClient(transport: BusClientTransport(peer: caller))
    try await worker.start()
    let serving = Task { try await server.serve() }
    try await worker.waitUntilReady()
    try await caller.start()
    let connection = Task { try await client.runConnections() }
    let result: Result<T, any Error>
    do {
      result = .success(try await body(Place(client: client, makePeer: makePeer)))
    } catch {
      result = .failure(error)
    }
    client.beginGracefulShutdown()
    server.beginGracefulShutdown()
    await caller.close()
    await worker.close()
    _ = await serving.result
    _ = await connection.result
    return try result.get()
  }
}
