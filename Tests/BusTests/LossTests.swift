import Broker
import Bus
import BusTesting
import Foundation
import GRPCCore
import Messages
import Testing

/// What becomes of calls when a process ends without a word.
@Suite("A lost peer", .timeLimit(.minutes(1)))
struct LossTests {
  private static let addressVariable = "RECOURSE_TEST_SERVE_AT"

  /// Runs in a process of its own, which a test below starts and kills.
  @Test(.enabled(if: ProcessInfo.processInfo.environment[addressVariable] != nil))
  func servesUntilKilled() async throws {
    let address = try #require(ProcessInfo.processInfo.environment[Self.addressVariable])
    let peer = Peer(
      PeerIdentity(worker: "victim", instance: "1", processID: 1),
      over: try ZeroMQLink(address: address, as: "victim"))
    let server = peer.makeServer(of: [Kinds()])
    try await peer.start()
    try await server.serve()
  }

  @Test func `a wait for a broker that is not there ends with its task`() async throws {
    let network = MemoryNetwork()
    let peer = Peer(
      PeerIdentity(worker: PeerIdentity.clientName, instance: "c", processID: 1),
      over: network.makeLink())
    try await peer.start()
    let wait = Task { try await peer.waitUntilReady() }
    wait.cancel()
    let error = await #expect(throws: RPCError.self) { try await wait.value }
    #expect(error?.code == .cancelled)
    await peer.close()
  }

  @Test(arguments: [Network.ipc, .tcp])
  func `a killed local peer turns its open calls into UNAVAILABLE within 200 ms`(
    _ network: Network
  ) async throws {
    // All but one of five: the bound is the bus's, and a busy machine may hold one attempt up.
    var took: [Duration] = []
    for _ in 0..<5 { took.append(try await Self.timeToNoticeKill(network)) }
    #expect(took.count { $0 < .milliseconds(200) } >= 4, "took \(took)")
    #expect(took.allSatisfy { $0 < CutNetworkTests.breakLimit }, "took \(took)")
  }

  private static func timeToNoticeKill(_ network: Network) async throws -> Duration {
    try await Place.withBroker(network) { address in
      let victim = Process()
      victim.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      victim.arguments =
        Array(CommandLine.arguments.dropFirst().prefix { !$0.hasPrefix("--filter") })
        + ["--testing-library", "swift-testing", "--filter", "servesUntilKilled"]
      victim.environment = ProcessInfo.processInfo.environment
        .merging([addressVariable: address]) { $1 }
      victim.standardOutput = FileHandle.nullDevice
      victim.standardError = FileHandle.nullDevice
      try victim.run()
      defer { victim.terminate() }

      let caller = Peer(
        PeerIdentity(worker: PeerIdentity.clientName, instance: "c", processID: 1),
        over: try ZeroMQLink(address: address))
      try await caller.start()
      let place = Place(client: BusClient(peer: caller), makePeer: { _ in caller })
      try await place.untilServed(Kinds.unary)

      let calls = (0..<8).map { number in
        Task { try await place.unary(Kinds.chatless, "\(number)") }
      }
      try await place.untilOpen(calls: calls.count, at: "victim")
      let clock = ContinuousClock()
      let killed = clock.now
      kill(victim.processIdentifier, SIGKILL)
      for call in calls {
        let error = await #expect(throws: RPCError.self) { try await call.value }
        #expect(error?.code == .unavailable)
        #expect(
          error.map { Array($0.metadata[stringValues: CallMetadata.delivered]) } == ["unknown"])
      }
      let took = killed.duration(to: clock.now)
      await caller.close()
      return took
    }
  }

  @Test func `a caller whose link is cut is answered by itself and its handler is cancelled`()
    async throws
  {
    let word = "\(UUID())"
    let network = MemoryNetwork()
    let broker = try MemoryBroker(on: network, clock: { Date(timeIntervalSince1970: 0) })
    defer { broker.stop() }
    try await Peer.with("echo", over: network.makeLink(), serving: [Kinds()]) { _ in
      let link = network.makeLink()
      let sessions = Notes()
      try await Peer.with(
        over: link, onSession: { sessions.note($0 ? "stands" : "is lost") }
      ) { peer in
        let place = Place(client: BusClient(peer: peer), makePeer: { _ in peer })
        let call = Task { try await place.unary(Kinds.wait, word) }
        await Probe.shared.wait(for: "waiting \(word)")
        network.cut(link.id)
        await Probe.shared.wait(for: "cancelled \(word)")
        let error = await #expect(throws: RPCError.self) { try await call.value }
        #expect(error?.code == .unavailable)
        try await sessions.wait(for: "is lost")
      }
    }
  }

  @Test func `a peer that is closed twice tells once that its session is over`() async throws {
    let told = Shared<[Bool]>([])
    try await Network.memory.withBroker { makeLink in
      try await Peer.with(
        over: makeLink(), onSession: { stands in told.change { $0.append(stands) } }
      ) { peer in
        try await peer.waitUntilReady()
        await peer.close()
      }
    }
    #expect(told.value == [true, false])
  }
}

extension Kinds {
  /// Never answers.
  static var chatless: MethodDescriptor { wait }
}

extension Place {
  /// Calls until somebody answers: the bus has no event for "a worker has joined".
  func untilServed(_ method: MethodDescriptor) async throws {
    for _ in 0..<100_000 {
      do {
        try await unary(method, "there?")
        return
      } catch let error as RPCError where [.unimplemented, .unavailable].contains(error.code) {
        await Task.yield()
      }
    }
    throw RPCError(code: .unavailable, message: "nobody came")
  }

  /// Asks the broker until so many calls are open at a worker.
  func untilOpen(calls: Int, at worker: String) async throws {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: client)
    for _ in 0..<100_000 {
      let sessions = try await directory.list(Recourse_Bus_V1_DirectoryRequest()).sessions
      if sessions.contains(where: { $0.worker == worker && $0.openCalls >= calls }) { return }
      await Task.yield()
    }
    throw RPCError(code: .unavailable, message: "the calls did not arrive")
  }
}
