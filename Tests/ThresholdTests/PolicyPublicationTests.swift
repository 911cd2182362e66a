import Messages
import Policy
import PolicyDocuments
import PolicyLibrary
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// s.104(2): the current procedure is published.
@Suite struct PolicyPublicationTests {
  private static func place(
    onDisk: Bool = false, _ body: (TestPlace) async throws -> Void
  ) async throws {
    try await TestPlace.with(
      [ThresholdWorker.worker()], now: Fixture.now, onDisk: onDisk, body)
  }

  /// Whose each built-in pack is.
  static func keys() throws -> [String] {
    try BuiltInPolicyDocuments.all.map { text in
      try PolicyDocument.parse(text).area.map { "area/\($0)" } ?? "system/policy"
    }
  }

  @Test func `each pack is published whole, the one that lends clocks first`() async throws {
    try await Self.place { place in
      try await place.settle()
      let logged = try await place.events()
      #expect(logged.map(\.event.key) == (try Self.keys()))
      let packs = try await place.events(Recourse_Threshold_V1_PolicyPackPublished.self)
      #expect(packs.first?.name == PolicyPack.defaultName)
      #expect(packs.map(\.document) == BuiltInPolicyDocuments.all)
      #expect(packs.map(\.digest) == packs.map { PolicyDocument.digest(of: $0.document) })
    }
  }

  @Test func `a pack that has been published is not published again`() async throws {
    try await Self.place(onDisk: true) { place in
      try await place.restart("threshold")
      try await place.settle()
      #expect(
        try await place.events(Recourse_Threshold_V1_PolicyPackPublished.self).count
          == BuiltInPolicyDocuments.all.count)
    }
  }

  @Test func `a document that is kept is not read again, nor for who lends clocks`() async throws {
    try await Self.place { place in
      let context = try #require(place.context(of: "threshold"))
      try await place.settle()
      // Reading it would show.
      let document = "no pack"
      try await context.slice.write { tx in
        let publish = PublishPolicy(documents: [document], library: PolicyLibrary())
        #expect(throws: PolicyDocumentError.self) { try publish.apply(in: tx) }
        try tx.execute(
          "INSERT INTO policy_pack (digest, name, area, document) VALUES (?, 'x', 'x', ?)",
          .text(PolicyDocument.digest(of: document)), .text(document))
        try publish.apply(in: tx)
      }
      try await context.slice.read { slice in
        let library = PolicyLibrary()
        let lenders = try library.lenders(in: slice).all
        #expect(lenders.map(\.name) == [PolicyPack.defaultName])
        #expect(throws: PolicyDocumentError.self) { try library.shelf(in: slice) }
      }
      try await place.settle()
      #expect(
        try await place.events(Recourse_Threshold_V1_PolicyPackPublished.self).count
          == BuiltInPolicyDocuments.all.count)
    }
  }

  @Test func `the pack that lends clocks comes first in whatever order they are given`()
    async throws
  {
    let worker = ThresholdWorker.worker(documents: BuiltInPolicyDocuments.all.reversed())
    try await TestPlace.with([worker], now: Fixture.now) { place in
      try await place.settle()
      let keys = try await place.events().map(\.event.key)
      let expected = try Self.keys().sorted()
      #expect(keys.first == "system/policy" && keys.sorted() == expected)
    }
  }
}
