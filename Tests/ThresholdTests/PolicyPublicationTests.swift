import Messages
import Policy
import PolicyDocuments
import Testing
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
