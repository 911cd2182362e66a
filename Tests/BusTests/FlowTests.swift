import Bus
import BusTesting
import Foundation
import GRPCCore
import Testing

/// What a slow reader does to its writer, to everybody's memory, and not to other calls. Broker, server
/// and caller are processes of their own; what the caller does is in the tests that are left out here.
@Suite("A reader that stops", .timeLimit(.minutes(1)))
struct FlowTests {
  /// Bytes of a block: as many as a call may have under way.
  static let size = WireLimits.initialCredit.bytes
  /// Blocks that credit lets be under way: those that begin while there is room.
  static let ahead = (WireLimits.initialCredit.bytes + size - 1) / size
  /// A gibibyte of them.
  static let count = 1024
  /// MiB by which the peak of a process's memory may grow while all that goes by. Nobody needs more than
  /// some blocks at once; most of it is what the allocator keeps.
  static let growthLimit = 24.0
  /// How long another call may take at most. A writer that did not stop would fill the connection that
  /// they share.
  static let promptLimit = Duration.milliseconds(500)
  /// Blocks after which nothing is taken for a while.
  static let pauseAfter = 100
  /// Other calls that are made meanwhile.
  static let pauseCalls = 200

  @Test(arguments: ["readsSlowly", "isReadSlowly"])
  func `stops its writer, costs nobody memory and holds up no other call`(
    _ caller: String
  ) async throws {
    try await OtherProcess.withBroker { address, broker in
      try await OtherProcess.with("servesFlow", [.address: address]) { server in
        let settings: [OtherProcess.Setting: String] = [
          .address: address, .brokerID: "\(broker.id)", .serverID: "\(server.id)",
        ]
        try await OtherProcess.with(caller, settings) { caller in await caller.expectSuccess() }
      }
    }
  }

  @Test(.enabled(if: OtherProcess.plays("readsSlowly")))
  func readsSlowly() async throws {
    try await Self.measuring { caller in
      try await caller.pour(Order(name: "all", size: Self.size, count: Self.count)) { blocks in
        var (taken, mostAhead) = (0, 0)
        for try await block in blocks {
          #expect(block.number == taken && block.size == Self.size)
          taken += 1
          mostAhead = max(mostAhead, try await caller.ask(Flow.written, "all") - taken)
          if taken == Self.pauseAfter {
            try await Self.expectStill(at: taken + Self.ahead) {
              try await caller.ask(Flow.written, "all")
            }
          }
        }
        #expect(taken == Self.count)
        #expect(mostAhead == Self.ahead)
      }
    }
  }

  @Test(.enabled(if: OtherProcess.plays("isReadSlowly")))
  func isReadSlowly() async throws {
    try await Self.measuring { caller in
      try await caller.drink(Order(name: "all", size: Self.size, count: Self.count)) { written in
        var mostAhead = 0
        for allowed in 1...Self.count {
          _ = try await caller.ask(Flow.sip, "all")
          mostAhead = max(mostAhead, written.value - allowed)
          if allowed == Self.pauseAfter {
            try await Self.expectStill(at: allowed + Self.ahead) {
              _ = try await caller.ask(Flow.taken, "all")
              return written.value
            }
          }
        }
        #expect(mostAhead <= Self.ahead)
        // A block is taken for each call; one more finds the end.
        _ = try await caller.ask(Flow.sip, "all")
      }
    }
  }

  /// The writer gets as far as it may, and no further however many other calls go by.
  private static func expectStill(at limit: Int, written: () async throws -> Int) async throws {
    for _ in 0..<pauseCalls { _ = try await written() }
    #expect(try await written() == limit)
    for _ in 0..<pauseCalls { _ = try await written() }
    #expect(try await written() == limit)
  }

  /// Runs `body` with a caller, and looks at everybody's memory and at how long other calls took.
  private static func measuring(_ body: (FlowCaller) async throws -> Void) async throws {
    OtherProcess.endWithTests()
    let processes = [
      ("broker", try pid(.brokerID)), ("server", try pid(.serverID)), ("caller", getpid()),
    ]
    let address = try OtherProcess.Setting.address.required()
    try await Peer.with(over: ZeroMQLink(address: address)) { peer in
      let caller = FlowCaller(peer)
      _ = try await caller.ask(Flow.taken, "all")
      let before = try processes.map { try OtherProcess.peakMemory(of: $0.1) }
      caller.slowest.set(.zero)
      let began = ContinuousClock.now
      try await body(caller)
      let took = ContinuousClock.now - began
      for ((name, id), before) in zip(processes, before) {
        let growth = try OtherProcess.peakMemory(of: id) - before
        print(name, "grew by", growth, "MiB")
        #expect(growth < growthLimit, "MiB of the \(name)")
      }
      print("took", took, "and other calls", caller.slowest.value, "at most")
      #expect(caller.slowest.value < promptLimit)
    }
  }

  private static func pid(_ setting: OtherProcess.Setting) throws -> pid_t {
    try #require(pid_t(setting.required()))
  }
}
