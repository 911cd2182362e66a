import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import WorkerKit

extension Recourse_Worker_V1_Grounds {
  /// Somebody with a reason.
  static func by(_ actor: String = "A. Operator", _ reason: String = "tested") -> Self {
    .with {
      $0.actor = actor
      $0.reason = reason
    }
  }
}

/// What an operator asks the sink for.
extension TestPlace {
  private var operated: some Recourse_Worker_V1_Worker.ClientProtocol {
    Recourse_Worker_V1_Worker.Stub(wrapping: client)
  }
  private static let sink: Metadata = ["recourse-target": "sink"]

  func parked(
    after position: UInt64 = 0, limit: UInt32 = 0
  ) async throws -> Recourse_Worker_V1_ListParkedResponse {
    try await operated.listParked(
      .with {
        $0.afterPosition = position
        $0.limit = limit
      }, metadata: Self.sink)
  }

  func retry(
    _ key: String = "case/A", _ grounds: Recourse_Worker_V1_Grounds = .by()
  ) async throws -> Recourse_Worker_V1_RetryParkedResponse {
    try await operated.retryParked(
      .with {
        $0.key = key
        $0.grounds = grounds
      }, metadata: Self.sink)
  }

  @discardableResult
  func skip(
    _ position: UInt64, _ grounds: Recourse_Worker_V1_Grounds = .by()
  ) async throws -> Recourse_Worker_V1_RetryParkedResponse {
    try await operated.skipParked(
      .with {
        $0.position = position
        $0.grounds = grounds
      }, metadata: Self.sink
    ).rest
  }

  /// Everything that a replay tells.
  func replay(
    _ start: Recourse_Worker_V1_ReplayRequest.OneOf_Start?,
    _ grounds: Recourse_Worker_V1_Grounds = .by()
  ) async throws -> [Recourse_Worker_V1_ReplayResponse] {
    try await operated.replay(
      .with {
        $0.start = start
        $0.grounds = grounds
      }, metadata: Self.sink
    ) { response in
      var told: [Recourse_Worker_V1_ReplayResponse] = []
      for try await progress in response.messages { told.append(progress) }
      return told
    }
  }

  func effects(
    _ state: String = "", limit: UInt32 = 0
  ) async throws -> Recourse_Worker_V1_ListEffectsResponse {
    try await operated.listEffects(
      .with {
        $0.state = state
        $0.limit = limit
      }, metadata: Self.sink)
  }

  /// Gives the new state.
  @discardableResult
  func settleEffect(
    _ outcome: Recourse_Worker_V1_SettleEffectRequest.Outcome, kind: String = "letter",
    key: String = "a", _ grounds: Recourse_Worker_V1_Grounds = .by()
  ) async throws -> String {
    try await operated.settleEffect(
      .with {
        $0.kind = kind
        $0.key = key
        $0.outcome = outcome
        $0.grounds = grounds
      }, metadata: Self.sink
    ).state
  }

  /// What the sink's audit says, if its chain holds.
  func audited() async throws -> [String] {
    let slice = try #require(context(of: "sink")?.slice)
    return try await slice.read { reader in
      #expect(try AuditTable.firstFault(in: reader) == nil)
      return try reader.rows(
        "SELECT a.*, w.words FROM kit_audit AS a LEFT JOIN kit_audit_words AS w USING (sequence) "
          + "ORDER BY sequence"
      ).map { row in
        "\(try row.text("actor")) \(try row.text("action")) \(try row.text("subject")): "
          + (try row.optionalText("words") ?? row.text("reason"))
      }
    }
  }
}

/// The refusal that a call is answered by.
func refusal(
  sourceLocation: SourceLocation = #_sourceLocation, _ call: () async throws -> Void
) async throws -> Refusal {
  let error = await #expect(throws: RPCError.self, sourceLocation: sourceLocation) {
    try await call()
  }
  return try #require(error.flatMap(Refusal.init), sourceLocation: sourceLocation)
}
