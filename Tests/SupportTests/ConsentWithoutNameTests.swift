import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Support

/// A consent of before it was said whose it is: the applicant's, and nobody else's.
@Suite(.timeLimit(.minutes(1))) struct ConsentWithoutNameTests {
  /// Another victim than the applicant, who was referred by a consent that does not say whose it is.
  private func withNameless(
    _ body: (SupportStage, CaseReference) async throws -> Void
  ) async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")]) {
        $0.victims.append(
          .with {
            $0.party.name = "Victim Two"
            $0.party.phone = "+44 1632 960009"
            $0.party.safeContact.channels = [.phone]
          })
      }
      try await stage.assess(reference)
      try await stage.place.settle()
      // As the migration leaves those of before.
      let slice = try #require(stage.place.context(of: "support")?.slice)
      try await slice.write { try $0.execute("UPDATE consent SET person_key = ''") }
      try await body(stage, reference)
    }
  }

  @Test func `another person's consent is a referral of their own`() async throws {
    try await withNameless { stage, reference in
      try await stage.record(.given, "victim-support", of: reference, person: "victims[1]")
      try await stage.place.settle()
      let letters = try stage.letters().values.map { String(decoding: $0, as: UTF8.self) }
      #expect(letters.filter { $0.contains("Applicant One") }.count == 1)
      #expect(letters.filter { $0.contains("Victim Two") }.count == 1)
    }
  }

  @Test func `another person's withdrawal leaves it in force, the applicant's does not`()
    async throws
  {
    try await withNameless { stage, reference in
      try await stage.record(.given, "victim-support", of: reference, person: "victims[1]")
      try await stage.record(.withdrawn, "victim-support", of: reference, person: "victims[1]")
      try await stage.place.settle()
      #expect(
        try await stage.support(reference).referrals.map(\.consentWithdrawn) == [false, true])
      try await stage.record(.withdrawn, "victim-support", of: reference, person: "applicant")
      try await stage.place.settle()
      #expect(
        try await stage.support(reference).referrals.map(\.consentWithdrawn) == [true, true])
    }
  }

  @Test func `an event of before that does not say who the applicant is names nobody`()
    async throws
  {
    try await withNameless { stage, reference in
      try await stage.announce(
        Recourse_Intake_V1_ConsentWithdrawn.with {
          $0.caseReference = reference.description
          $0.purpose = "SUPPORT_REFERRAL"
          $0.recipient = "victim-support"
          $0.consentID = "another"
          $0.personKey = "somebody"
        }, of: reference)
      let slice = try #require(stage.place.context(of: "support")?.slice)
      let consents = try await slice.read { try $0.consents(of: reference) }
      #expect(consents.map(\.personKey) == [""])
    }
  }
}
