import Broker
import Bus
import BusTesting
import Foundation
import GRPCCore
import Messages

/// Makes links to a broker.
struct LinkMaker: Sendable {
  fileprivate let make: @Sendable (String) throws -> any Link

  /// A link for a peer of that name.
  func callAsFunction(for name: String = PeerIdentity.clientName) throws -> any Link {
    try make(name)
  }
}

extension Network {
  /// Runs `body` with a broker that links lead to.
  func withBroker<T: Sendable>(
    _ body: @escaping @Sendable (LinkMaker) async throws -> T
  ) async throws -> T {
    guard self == .memory else {
      return try await Place.withBroker(self) { address in
        try await body(LinkMaker { try ZeroMQLink(address: address, as: $0) })
      }
    }
    let net = MemoryNetwork()
    let broker = try MemoryBroker(on: net, clock: { Date(timeIntervalSince1970: 0) })
    defer { broker.stop() }
    return try await body(LinkMaker { _ in net.makeLink() })
  }
}

extension Peer {
  /// Runs `body` with a peer that has started, and closes it.
  /// - Parameter services: what it serves; `body` runs once it can be called.
  static func with<T: Sendable>(
    _ worker: String = PeerIdentity.clientName, over link: any Link,
    serving services: [any RegistrableRPCService] = [],
    onSession: @escaping @Sendable (Bool) -> Void = { _ in },
    asking manifest: Recourse_Bus_V1_Manifest = Recourse_Bus_V1_Manifest(),
    _ body: (Peer) async throws -> T
  ) async throws -> T {
    let peer = Peer(
      PeerIdentity(
        worker: worker, instance: UUID().uuidString, processID: 1, manifest: manifest),
      over: link, onSession: onSession)
    let server = peer.makeServer(of: services)
    let serving = Task { try await server.serve() }
    let result: Result<T, any Error>
    do {
      try await peer.start()
      if !services.isEmpty { try await peer.waitUntilReady() }
      result = .success(try await body(peer))
    } catch {
      result = .failure(error)
    }
    server.beginGracefulShutdown()
    await peer.close()
    _ = await serving.result
    return try result.get()
  }
}

/// A link that counts what goes over it.
final class CountingLink: Link {
  private let link: any Link
  /// Calls that were opened.
  let opened = Shared(0)
  private let onStatus: @Sendable (Status) -> Void

  /// - Parameter onStatus: told of each call that is answered, before the peer is.
  init(_ link: any Link, onStatus: @escaping @Sendable (Status) -> Void = { _ in }) {
    self.link = link
    self.onStatus = onStatus
  }

  var address: String { link.address }
  var now: UInt64 { link.now }

  func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    let onStatus = onStatus
    try await link.start { event in
      if case .frame(let frame) = event, frame.kind == .status,
        let fields = try? StatusFields(decoding: frame)
      {
        onStatus(fields.status)
      }
      handler(event)
    }
  }

  func send(_ frame: Frame) {
    link.send(frame)
    if frame.kind == .open { opened.change { $0 += 1 } }
  }

  func wake(at time: UInt64) { link.wake(at: time) }
  func close() async { await link.close() }
}
