import BusTesting
import Foundation
import GRPCCore
import Testing

@testable import Broker
@testable import Bus

/// Who gets a session with a real broker, over real sockets.
@Suite("Keys", .timeLimit(.minutes(1)))
struct KeyTests {
  /// A broker that admits ``TestKeys/principals``, its ring, and what it has refused.
  private struct Stage: Sendable {
    let address: String
    let ringPath: String
    let refused: Shared<[Refused]>
    let notes: Notes

    /// Changes the ring as an operator does while the broker runs.
    func changeRing(_ change: (inout KeyRing) throws -> Void) throws {
      var ring = try KeyRingFile.read(ringPath)
      try change(&ring)
      try KeyRingFile.write(ring, to: ringPath)
    }

    /// A peer by other keys than the test's own.
    func peer(
      _ name: String, _ keys: PeerKeys?, onRefused: @escaping @Sendable () -> Void = {}
    ) throws -> Peer {
      Peer(
        PeerIdentity(worker: name, instance: UUID().uuidString, processID: 1),
        over: try ZeroMQLink(address: address, keys: keys), onRefused: onRefused)
    }

    /// What a peer hears that must get no session.
    func refusal(of name: String, _ keys: PeerKeys?) async throws -> String {
      let peer = try peer(name, keys)
      try await peer.start()
      await #expect(throws: RPCError.self) { try await peer.waitUntilReady() }
      let refusal = peer.refusal
      await peer.close()
      return try #require(refusal, "it waited in vain, and was not refused")
    }

    /// Waits until the broker has refused something of that kind.
    func expectRecord(_ kind: Refused.Kind, of principal: String) async throws -> Refused {
      try await notes.wait(for: kind.rawValue)
      let record = try #require(refused.value.last { $0.kind == kind })
      #expect(record.principal == principal)
      #expect(record.at != nil)
      return record
    }
  }

  private static func with(
    _ network: Network, _ body: @escaping @Sendable (Stage) async throws -> Void
  ) async throws {
    let (path, refused, notes) = (Shared(""), Shared<[Refused]>([]), Notes())
    try await Place.withBroker(
      network,
      admission: { folder in
        let admission = try TestKeys.admission(in: folder)
        if case .enrolled(_, let ringPath) = admission { path.set(ringPath) }
        return admission
      },
      onRefused: { record in
        refused.change { $0.append(record) }
        notes.note(record.kind.rawValue)
      },
      { address in
        try await body(
          Stage(address: address, ringPath: path.value, refused: refused, notes: notes))
      })
  }

  private static func stranger() throws -> PeerKeys {
    PeerKeys(own: try .make(), broker: try TestKeys.pair(of: KeyFolder.broker).publicKey)
  }

  @Test(arguments: Network.betweenProcesses)
  func `who shows no key is refused`(_ network: Network) async throws {
    try await Self.with(network) { stage in
      let link = try ZeroMQLink(address: stage.address, keys: nil)
      // The socket says why, or closes the connection before that can be read.
      try await Self.expectNothing(over: link)
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `a stranger's key is refused and recorded`(_ network: Network) async throws {
    try await Self.with(network) { stage in
      let keys = try Self.stranger()
      let fingerprint = keys.own.publicKey.fingerprint
      let said = try await stage.refusal(of: "words", keys)
      #expect(said.contains(fingerprint))
      _ = try await stage.expectRecord(.unknownKey, of: fingerprint)
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `a known key with another's claim is refused and recorded`(_ network: Network) async throws {
    try await Self.with(network) { stage in
      let keys = try TestKeys.keys(of: "words")
      let said = try await stage.refusal(of: "flow", keys)
      #expect(said.contains("this key is words's"))
      let record = try await stage.expectRecord(.notYours, of: "words")
      #expect(record.detail == "claimed to be flow")
    }
  }

  @Test func `a client that offers services is refused, for nobody is called client`() async throws
  {
    try await Self.with(.tcp) { stage in
      let peer = try stage.peer(PeerIdentity.clientName, TestKeys.keys(of: "words"))
      _ = peer.makeServer(of: [Words()])
      try await peer.start()
      await #expect(throws: RPCError.self) { try await peer.waitUntilReady() }
      await peer.close()
      _ = try await stage.expectRecord(.notYours, of: "words")
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `a revoked key is cut off while it is connected, and not let in again`(
    _ network: Network
  ) async throws {
    try await Self.with(network) { stage in
      let words = Words()
      let keys = try TestKeys.keys(of: "words")
      let served = try stage.peer("words", keys) { stage.notes.note("cut off") }
      let server = served.makeServer(of: [words])
      let serving = Task { try await server.serve() }
      try await served.start()
      try await served.waitUntilReady()
      try await Peer.with(over: ZeroMQLink(address: stage.address)) { peer in
        let caller = WordCaller(peer)
        let call = caller.begin("wait here", .short)
        try await words.notes.wait(for: "wait here")
        try stage.changeRing { try $0.revoke("words", at: Date()) }
        try await stage.notes.wait(for: "cut off")
        #expect(await call.ending == .lost)
      }
      #expect(served.refusal?.contains("revoked") == true)
      await served.close()
      _ = await serving.result
      let fingerprint = keys.own.publicKey.fingerprint
      let record = try await stage.expectRecord(.revokedKey, of: fingerprint)
      #expect(record.detail.contains("it was words's"))
      _ = try await stage.refusal(of: "words", keys)
    }
  }

  @Test func `after a rotation both keys are admitted, until the old one is revoked`() async throws
  {
    try await Self.with(.tcp) { stage in
      let old = try TestKeys.keys(of: "words")
      let new = PeerKeys(own: try .make(), broker: old.broker)
      let now = Date()
      let first = try stage.peer("client", old) { stage.notes.note("old is cut off") }
      try await first.start()
      try await first.waitUntilReady()
      try stage.changeRing {
        try $0.rotate("words", new.own.publicKey, at: now, oldUntil: now.addingTimeInterval(3600))
      }
      // Refused until the broker has looked at the ring, four times a second.
      var second: Peer?
      while second == nil {
        let peer = try stage.peer("words", new)
        try await peer.start()
        do {
          try await peer.waitUntilReady()
          second = peer
        } catch { await peer.close() }
      }
      #expect(first.refusal == nil)
      try stage.changeRing { try $0.end(of: "words", but: new.own.publicKey, at: Date()) }
      try await stage.notes.wait(for: "old is cut off")
      #expect(second?.refusal == nil)
      try await second?.waitUntilReady()
      await first.close()
      await second?.close()
    }
  }

  @Test func `who takes another for the broker does not speak to it`() async throws {
    try await Self.with(.tcp) { stage in
      let own = try TestKeys.pair(of: "words")
      let link = try ZeroMQLink(
        address: stage.address, keys: PeerKeys(own: own, broker: own.publicKey))
      try await Self.expectNothing(over: link)
    }
  }

  /// The socket refuses both by itself, before the broker is asked about a key.
  @Test(arguments: Network.betweenProcesses)
  func `who comes without CURVE, or takes another for the broker, is recorded`(
    _ network: Network
  ) async throws {
    try await Self.with(network) { stage in
      let own = try TestKeys.pair(of: "words")
      let wrong = PeerKeys(own: own, broker: own.publicKey)
      for (kind, keys) in [(Refused.Kind.noCurve, nil), (.otherBroker, wrong)] {
        // For a moment after its start the broker takes them for its own trial.
        for _ in 0..<1000 where !stage.refused.value.contains(where: { $0.kind == kind }) {
          try await Self.expectNothing(over: ZeroMQLink(address: stage.address, keys: keys))
        }
        _ = try await stage.expectRecord(kind, of: "")
      }
    }
  }

  /// Greets over a link that leads to nobody, until it is refused or has lost three connections.
  private static func expectNothing(over link: ZeroMQLink) async throws {
    let (losses, lost) = AsyncStream<Void>.makeStream()
    try await link.start { event in
      switch event {
      case .lost: lost.yield()
      case .refused: lost.finish()
      case .frame, .malformed: Issue.record("something was heard: \(event)")
      case .tick: break
      }
    }
    link.send(Frame(.hello, flags: .message, body: WireBytes()))
    for await _ in losses.prefix(3) {}
    await link.close()
  }

  @Test(arguments: Network.betweenProcesses)
  func `a broker that lets strangers in finds that out at its start`(
    _ network: Network
  ) async throws {
    try await Place.withBroker(
      network, admission: { _ in .anybodyForTests }, onRefused: { _ in },
      { address in
        let trial = AdmissionTrial(
          broker: try TestKeys.pair(of: KeyFolder.broker).publicKey, stranger: try .make())
        await #expect(throws: AdmissionError.admits("no key")) { try await trial.run(at: address) }
      })
  }

  @Test func `one that lets none in is done with it soon, and records nothing of it`() async throws
  {
    let began = ContinuousClock.now
    try await Self.with(.tcp) { stage in
      let took = ContinuousClock.now - began
      #expect(took < .seconds(3))
      #expect(stage.refused.value.isEmpty)
    }
  }
}
