import CaseModel
import Foundation
import GRPCCore
import Messages
import PolicyDocuments
import PolicyLibrary
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Support

/// Nobody is referred by a consent that was taken back.
@Suite(.timeLimit(.minutes(1))) struct WithdrawnConsentTests {
  @Test func `a consent that is given later by a call of Intake leads to a referral`() async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [])
      try await stage.assess(reference)
      try await stage.place.settle()
      try await stage.record(.given, "victim-support", of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.state) == [.sent])
      #expect(try await stage.announced(of: reference) == ["SupportOffered", "ReferralMade"])
      let letter = try #require(try stage.letters().values.first)
      #expect(String(decoding: letter, as: UTF8.self).contains("\"wording\" : \"2026-02\""))
    }
  }

  @Test func `withdrawn before the assessment, nobody is referred and support is offered`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [
        .toReferral("victim-support"), .toReferral("victim-care-unit"),
      ])
      try await stage.record(.withdrawn, "victim-support", of: reference)
      try await stage.place.settle()
      try await stage.assess(reference)
      try await stage.place.settle()
      var support = try await stage.support(reference)
      #expect(support.referrals.map(\.agency) == ["victim-care-unit"] && !support.offered)
      let other = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.record(.withdrawn, "victim-support", of: other)
      try await stage.place.settle()
      try await stage.assess(other)
      try await stage.place.settle()
      support = try await stage.support(other)
      #expect(support.referrals.isEmpty && support.offered)
    }
  }

  @Test func `one that was intended and not sent is abandoned, and self-referral offered`()
    async throws
  {
    try await SupportStage.with(onDisk: true) { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.place.settle()
      let given = try #require(
        try await stage.place.events(key: reference.key.description).map(\.event)
          .first { $0.type == Recourse_Intake_V1_ConsentGiven.protoMessageName })
      let consent = try Recourse_Intake_V1_ConsentGiven(serializedBytes: given.payload)
      // While Intake is away nothing can be sent.
      await stage.place.kill("intake")
      try await stage.assess(reference)
      #expect(try await stage.support(reference).referrals.map(\.state) == [.intended])
      try await stage.announce(
        Recourse_Intake_V1_ConsentWithdrawn.with {
          $0.caseReference = reference.description
          $0.purpose = consent.purpose
          $0.recipient = consent.recipient
          $0.consentID = consent.consentID
          $0.personKey = consent.personKey
        }, of: reference)
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.state) == [.failed] && support.offered)
      #expect(support.referrals.map(\.consentWithdrawn) == [true])
      try await stage.place.restart("intake")
      try await stage.place.settle()
      #expect(try stage.letters().isEmpty)
      #expect(try await stage.announced(of: reference) == ["SupportOffered"])
    }
  }

  @Test func `a file that nobody has fetched is removed, and nobody has anything to confirm`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      #expect(try stage.letters().count == 1)
      try await stage.record(.withdrawn, "victim-support", of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.consentWithdrawn) == [true])
      #expect(support.referrals.map(\.reason) == [.notDelivered] && support.offered)
      #expect(support.referrals.map(\.acknowledgementDueOn) == [""])
      // Nothing of what stood in it is there, under whatever name.
      #expect(try stage.letters().isEmpty)
      let folder = stage.place.outputDirectory.appending(path: "referrals")
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        #expect(try Data(contentsOf: folder.appending(path: name)).isEmpty, "\(name)")
      }
      #expect(
        try await stage.announced(of: reference) == [
          "ReferralMade", "ReferralAnswered", "SupportOffered",
        ])
    }
  }

  @Test func `one that was fetched is shown as one whose consent is gone, and is not sent again`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      try stage.fetch()
      try await stage.record(.withdrawn, "victim-support", of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.state) == [.sent])
      #expect(support.referrals.map(\.consentWithdrawn) == [true])
      #expect(support.referrals.map(\.acknowledgementDueOn) == ["2026-03-27"])
      #expect(try stage.letters().isEmpty)
    }
  }

  @Test func `who consents again is referred again`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      try await stage.record(.withdrawn, "victim-support", of: reference)
      let again = try await stage.record(.given, "victim-support", of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.state) == [.sent, .sent])
      #expect(support.referrals.map(\.consentWithdrawn) == [true, false])
      #expect(support.referrals.last?.consentID == again.consentID)
      // The first was taken back.
      #expect(try stage.letters().count == 1)
    }
  }

  @Test func `other words for the same agency are no second referral`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      try await stage.record(.given, "victim-support", of: reference)
      try await stage.place.settle()
      #expect(try await stage.support(reference).referrals.map(\.state) == [.sent])
      #expect(try stage.letters().count == 1)
    }
  }

  @Test
  func `one of before it was said whose it is is the applicant's, renewed and withdrawn`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      // As the migration leaves those of before.
      let slice = try #require(stage.place.context(of: "support")?.slice)
      try await slice.write { try $0.execute("UPDATE consent SET person_key = ''") }
      try await stage.record(.given, "victim-support", of: reference)
      try await stage.place.settle()
      #expect(try await stage.support(reference).referrals.map(\.state) == [.sent])
      #expect(try stage.letters().count == 1)
      try await stage.record(.withdrawn, "victim-support", of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.consentWithdrawn) == [true])
    }
  }

  @Test func `who consents again after a referral failed is referred`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      // As an operator leaves one that they give up.
      let slice = try #require(stage.place.context(of: "support")?.slice)
      try await slice.write {
        try $0.execute("UPDATE referral SET state = 'FAILED', failure_code = 'given-up'")
      }
      let again = try await stage.record(.given, "victim-support", of: reference)
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.state) == [.failed, .sent])
      #expect(support.referrals.last?.consentID == again.consentID)
      #expect(try stage.letters().count == 2)
    }
  }

  @Test
  func `two victims who consent to one agency are two referrals, and each withdraws their own`()
    async throws
  {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")]) {
        $0.victims.append(
          .with {
            $0.party.name = "Victim Two"
            $0.party.phone = "+44 1632 960009"
            $0.party.safeContact.channels = [.phone]
          })
      }
      try await stage.record(.given, "victim-support", of: reference, person: "victims[1]")
      try await stage.place.settle()
      try await stage.assess(reference)
      try await stage.place.settle()
      let letters = try stage.letters().values.map { String(decoding: $0, as: UTF8.self) }
      #expect(letters.count == 2)
      #expect(letters.filter { $0.contains("Applicant One") }.count == 1)
      #expect(letters.filter { $0.contains("Victim Two") }.count == 1)
      try await stage.record(.withdrawn, "victim-support", of: reference, person: "victims[1]")
      try await stage.place.settle()
      let support = try await stage.support(reference)
      #expect(support.referrals.map(\.consentWithdrawn) == [false, true])
    }
  }

  @Test func `a consent to something else that is withdrawn changes nothing`() async throws {
    try await SupportStage.with { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.announce(
        Recourse_Intake_V1_ConsentWithdrawn.with {
          $0.caseReference = reference.description
          $0.purpose = "FEEDBACK"
        }, of: reference)
      try await stage.assess(reference)
      try await stage.place.settle()
      #expect(try await stage.support(reference).referrals.map(\.state) == [.sent])
    }
  }

  @Test func `a referral of before its consent was part of its key is the same one`() async throws {
    let reference = try CaseReference(parsing: "0000-0000")
    let before = Worker(
      name: "support",
      migrations: Array(SupportMigrations.all.prefix { $0.name != "withdrawals" }))
    let now = Date(timeIntervalSince1970: 1_774_000_000)
    try await TestPlace.with([before], now: now, onDisk: true) { place in
      let old = try #require(place.context(of: "support")?.slice)
      try await old.write { tx in
        let digest = PolicyDocument.digest(of: BuiltInPolicyDocuments.plymouth)
        try PolicyLibrary().keep(
          document: BuiltInPolicyDocuments.plymouth, digest: digest, in: tx)
        let value = SQLValue.text(reference.description)
        try tx.execute("INSERT INTO supported_case VALUES (?, ?, 1)", value, .text(digest))
        try tx.execute("INSERT INTO consent VALUES ('k1', ?, 'victim-support', 7)", value)
        try tx.execute(
          "INSERT INTO referral VALUES (?, 'victim-support', 'k1', 'SENT', NULL)", value)
      }
      await place.kill("support")
      try await place.start(Worker(name: "support", migrations: SupportMigrations.all))
      let slice = try #require(place.context(of: "support")?.slice)
      try await slice.write { tx in
        let key = try ReferralKey(parsing: "\(reference)/victim-support")
        let referral = try tx.knownReferral(key)
        #expect(referral.state == .sent && referral.consentID == "k1")
        #expect(referral.key(reference) == key && !referral.isConsentWithdrawn)
        // One who withdraws names the consent, whoever it was of.
        try tx.withdraw(
          KeptConsent(id: "k1", recipient: "victim-support", personKey: "p"),
          on: CalendarDate(daysSince1970: 20_532), before: 9, of: reference)
        #expect(try tx.knownReferral(key).isConsentWithdrawn)
      }
    }
  }
}
