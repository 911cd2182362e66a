import Broker
import Bus
import BusTesting
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

/// What a principal may do at a real broker, over real sockets.
@Suite("Rights", .timeLimit(.minutes(1)))
struct RightsTests {
  typealias Manifest = Recourse_Bus_V1_Manifest

  private static let service = Way.service.fullyQualifiedService
  private static let words = Manifest.with { $0.serves = [service] }
  private static let asks = Manifest.with { $0.calls = ["\(service)/*"] }

  /// A broker that checks rights, ``Words`` on it, and what it has refused.
  private struct Stage: Sendable {
    let address: String
    let approvals: ApprovalFolder
    let words: Words
    let refused: Shared<[Refused]>
    let notes: Notes

    func expectRecord(_ kind: Refused.Kind, of principal: String) async throws -> Refused {
      try await notes.wait(for: kind.rawValue)
      let record = try #require(refused.value.last { $0.kind == kind })
      #expect(record.principal == principal)
      return record
    }
  }

  private static func with(
    _ network: Network, _ body: @escaping @Sendable (Stage) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rights-" + UUID().uuidString.prefix(8))
    defer { try? FileManager.default.removeItem(at: folder) }
    let approvals = ApprovalFolder(folder.path)
    try approvals.approve(words, for: "words")
    try approvals.approve(asks, for: KeyFolder.operatorName)
    let (refused, notes, words) = (Shared<[Refused]>([]), Notes(), Words())
    try await Place.withBroker(
      network, admission: { try TestKeys.admission(in: $0) }, approvals: approvals,
      onRefused: { record in
        refused.change { $0.append(record) }
        notes.note(record.kind.rawValue)
      },
      { address in
        try await Peer.with(
          "words", over: ZeroMQLink(address: address, as: "words"), serving: [words],
          asking: Self.words
        ) { _ in
          try await body(
            Stage(
              address: address, approvals: approvals, words: words, refused: refused, notes: notes))
        }
      })
  }

  @Test(arguments: Network.betweenProcesses)
  func `a handler hears who calls, by what the key says, on every way`(_ network: Network)
    async throws
  {
    try await Self.with(network) { stage in
      try await Peer.with(over: ZeroMQLink(address: stage.address), asking: Self.asks) { peer in
        for way in Way.allCases {
          let heard = try await WordCaller(peer).call("caller x", way)
          #expect(heard == KeyFolder.operatorName, "\(way)")
        }
      }
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `a call that is not asked for is denied and recorded`(_ network: Network) async throws {
    try await Self.with(network) { stage in
      let less = Manifest.with { $0.calls = ["\(Self.service)/Unary"] }
      try await Peer.with(over: ZeroMQLink(address: stage.address), asking: less) { peer in
        let caller = WordCaller(peer)
        #expect(try await caller.call("say x", .unary) == "say x")
        let error = await #expect(throws: RPCError.self) { try await caller.call("say x", .short) }
        #expect(error?.code == .permissionDenied)
        #expect(error?.message.contains("\(Self.service)/Short") == true)
        _ = try await stage.expectRecord(.call, of: KeyFolder.operatorName)
        #expect(stage.words.heard.value == ["say x"])
      }
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `what is published without being asked for is denied and recorded`(_ network: Network)
    async throws
  {
    try await Self.with(network) { stage in
      let asks = Manifest.with { $0.calls = ["recourse.bus.v1.EventLog/Append"] }
      try stage.approvals.approve(asks, for: "flow")
      try await Peer.with(
        "flow", over: ZeroMQLink(address: stage.address, as: "flow"), asking: asks
      ) { peer in
        let log = Recourse_Bus_V1_EventLog.Stub(wrapping: BusClient(peer: peer))
        let batch = Recourse_Bus_V1_AppendRequest.with {
          $0.producer.sliceID = Data(0..<16)
          $0.producer.incarnation = 1
          $0.producer.worker = "flow"
          $0.events = [
            .with {
              $0.sequence = 1
              $0.key = "system/test"
              $0.type = "recourse.test.Happened"
            }
          ]
        }
        let request = StreamingClientRequest(of: Recourse_Bus_V1_AppendRequest.self) { writer in
          try await writer.write(batch)
        }
        let error = await #expect(throws: RPCError.self) {
          try await log.append(request: request) { response in
            for try await _ in response.messages {}
          }
        }
        #expect(error?.code == .permissionDenied)
        let record = try await stage.expectRecord(.publish, of: "flow")
        #expect(record.detail.contains("recourse.test.Happened"))
      }
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func
    `an upgrade that asks for more waits while the old one serves, and is let in when it is approved`(
      _ network: Network
    ) async throws
  {
    try await Self.with(network) { stage in
      var more = Self.words
      more.calls = ["\(Self.service)/Short"]
      let upgrade = Peer(
        PeerIdentity(
          worker: "words", instance: UUID().uuidString, processID: 1, manifest: more),
        over: try ZeroMQLink(address: stage.address, as: "words"))
      try await upgrade.start()
      let record = try await stage.expectRecord(.notApproved, of: "words")
      #expect(record.detail.contains("calls \(Self.service)/Short"))
      #expect(try stage.approvals.asked(by: "words") == more)
      try await Peer.with(over: ZeroMQLink(address: stage.address), asking: Self.asks) { peer in
        let said = try await WordCaller(peer).call("say old", .short)
        #expect(said == "say old")
      }
      try stage.approvals.approve(more, for: "words")
      try await upgrade.waitUntilReady()
      #expect(upgrade.denial == nil)
      #expect(upgrade.refusal == nil)
      await upgrade.close()
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `what is taken back ends at once, with the session that goes on`(_ network: Network)
    async throws
  {
    try await Self.with(network) { stage in
      try await Peer.with(over: ZeroMQLink(address: stage.address), asking: Self.asks) { peer in
        let caller = WordCaller(peer)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            let error = await #expect(throws: RPCError.self) {
              try await caller.call("wait long", .short)
            }
            #expect(error?.code == .permissionDenied)
          }
          try await stage.words.notes.wait(for: "wait long")
          try stage.approvals.approve(
            .with { $0.calls = ["\(Self.service)/Unary"] }, for: KeyFolder.operatorName)
          try await stage.words.notes.wait(for: "ended long")
          try await group.waitForAll()
        }
        #expect(try await caller.call("say x", .unary) == "say x")
      }
    }
  }

  @Test func `a bus in one process can check rights too`() async throws {
    let (network, notes) = (MemoryNetwork(), Notes())
    let broker = try MemoryBroker(
      on: network, clock: { Date(timeIntervalSince1970: 0) },
      approvals: ["words": Self.words, KeyFolder.operatorName: Manifest()],
      onRefused: { notes.note($0.kind.rawValue) })
    defer { broker.stop() }
    try await Peer.with("words", over: network.makeLink(), serving: [Words()], asking: Self.words) {
      _ in
      try await Peer.with(over: network.makeLink(), asking: Self.asks) { peer in
        try await notes.wait(for: Refused.Kind.notApproved.rawValue)
        broker.approve(["words": Self.words, KeyFolder.operatorName: Self.asks])
        try await peer.waitUntilReady()
        #expect(try await WordCaller(peer).call("caller x", .short) == KeyFolder.operatorName)
      }
    }
  }
}
