import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Support

extension ReferralAnswerTests {
  @Test func `a referral does not wait for a worker that was taken away for good`() async throws {
    try await SupportStage.with { stage in
      try await serve(stage)
      let service = Service(wrapping: stage.place.client)
      let early = await refusal {
        _ = try await service.forgetServer(.with { $0.worker = Self.courier.name })
      }
      #expect(early == "still-there")
      try await leave(stage)
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await missed(stage)
      let forgotten = try await service.forgetServer(.with { $0.worker = Self.courier.name })
      #expect(forgotten.agencies == ["victim-support"])
      stage.place.clock.advance(by: 60)
      try await madeAfterAll(reference, stage)
      #expect(try await stage.support(reference).referrals.first?.servedBy.isEmpty == true)
      #expect(try !stage.letters().isEmpty)
      let again = try await service.forgetServer(.with { $0.worker = Self.courier.name })
      #expect(again.agencies.isEmpty)
    }
  }
}
