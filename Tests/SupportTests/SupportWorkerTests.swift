import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Support

@Suite(.timeLimit(.minutes(1))) struct SupportWorkerTests {
  @Test func `with consent a referral is sent, and announced once`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.agency) == ["victim-support"])
      #expect(support.referrals.map(\.state) == [.sent])
      #expect(!support.offered)
      #expect(try await stage.announced(of: reference) == ["ReferralMade"])
      let letters = try stage.letters()
      #expect(letters.count == 1)
      let name = try #require(letters.keys.first)
      #expect(!name.contains(reference.description) && name.hasSuffix(".json"))
      let text = String(decoding: letters[name] ?? Data(), as: UTF8.self)
      for wanted in ["Applicant One", "+44 1632 960001", "Large print", "Plymouth City Council"] {
        #expect(text.contains(wanted), "\(wanted) is missing")
      }
      for unwanted in [
        "Neighbour A", "Upstairs", "Music", "No sleep", "Shared letterbox", "1 Example Terrace",
        "weekly", reference.description,
      ] {
        #expect(!text.contains(unwanted), "\(unwanted) is in the letter")
      }
    }
  }

  @Test func `without consent self-referral is offered and nobody is referred`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [
        .toReferral("victim-support", given: false)
      ])
      try await stage.assess(reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.offered)
      #expect(support.offeredAgencies == ["victim-support", "victim-care-unit"])
      #expect(support.offers.map(\.name).first == "Victim Support")
      #expect(support.offers.map(\.selfReferral).first == "victimsupport.org.uk")
      #expect(support.referrals.isEmpty)
      #expect(try await stage.announced(of: reference) == ["SupportOffered"])
      #expect(try stage.letters().isEmpty)
    }
  }

  @Test func `nothing is decided before the assessment, and one more changes nothing`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.place.settle()
      #expect(try await stage.support(reference).referrals.isEmpty)
      #expect(try await stage.announced(of: reference).isEmpty)
      try await stage.assess(reference)
      try await stage.assess(reference)
      try await stage.place.settle()
      #expect(try await stage.announced(of: reference) == ["ReferralMade"])
      #expect(try stage.letters().count == 1)
    }
  }

  @Test func `an assessment that is made anew changes nothing that was offered`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [])
      try await stage.assess(reference, outcome: .notMet)
      try await stage.place.settle()
      let first = try await stage.support(reference)
      try await stage.assess(reference, revision: 1)
      try await stage.place.settle()
      #expect(try await stage.support(reference) == first && first.offered)
      #expect(try await stage.announced(of: reference) == ["SupportOffered"])
    }
  }

  @Test func `when Threshold assesses by itself, the consents of the application are in`()
    async throws
  {
    try await SupportStage.with(threshold: ThresholdWorker.worker()) { stage in
      var references: [CaseReference] = []
      for _ in 0..<10 {
        references.append(try await stage.apply(consents: [.toReferral("victim-support")]))
      }
      try await stage.place.settle()
      for reference in references {
        #expect(try await stage.announced(of: reference) == ["ReferralMade"])
      }
      #expect(try stage.letters().count == references.count)
    }
  }

  @Test func `a consent for two agencies at once is two referrals`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [
        .toReferral("victim-support"), .toReferral("victim-care-unit"),
      ])
      try await stage.assess(reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.agency) == ["victim-care-unit", "victim-support"])
      #expect(support.referrals.map(\.state) == [.sent, .sent])
      #expect(Set(support.referrals.map(\.consentID)).count == 2)
      #expect(try stage.letters().count == 2)
    }
  }

  @Test func `a consent that comes after the assessment leads to a referral of its own`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      // Intake does not know this consent, so it passes nothing on, whoever announced it.
      try await stage.announce(
        Recourse_Intake_V1_ConsentGiven.with {
          $0.caseReference = reference.description
          $0.purpose = "SUPPORT_REFERRAL"
          $0.recipient = "victim-care-unit"
          $0.consentID = "forged"
        }, of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.agency) == ["victim-care-unit", "victim-support"])
      #expect(support.referrals.map(\.state) == [.failed, .sent])
      #expect(support.offered, "nobody is left with nothing")
      #expect(try stage.letters().count == 1)
      #expect(
        try await stage.announced(of: reference).sorted() == ["ReferralMade", "SupportOffered"])
    }
  }

  @Test func `while Intake is away the referral stays intended, and is sent when it is back`()
    async throws
  {
    try await SupportStage.with(onDisk: true) { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.place.settle()
      await stage.place.kill("intake")
      try await stage.assess(reference)
      #expect(try await stage.support(reference).referrals.map(\.state) == [.intended])
      #expect(try stage.letters().isEmpty)
      try await stage.place.restart("intake")
      try await stage.place.settle()
      #expect(try await stage.support(reference).referrals.map(\.state) == [.sent])
      #expect(try stage.letters().count == 1)
    }
  }

  @Test func `a case that nobody knows is refused by its path`() async throws {
    try await SupportStage.with { stage in
      for (text, code) in [("4F7K-2M9X", "invalid-reference"), ("0000-0000", "unknown-case")] {
        let client = Recourse_Support_V1_Support.Stub(wrapping: stage.place.client)
        let error = await #expect(throws: RPCError.self) {
          try await client.getSupport(.with { $0.caseReference = text })
        }
        let refusal = try #require(error.flatMap(Refusal.init))
        #expect(refusal.code == code)
        #expect(refusal.path == "caseReference")
      }
    }
  }
}
