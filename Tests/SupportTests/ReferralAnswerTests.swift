import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Support

/// What an agency answers, by the worker that serves it.
@Suite(.timeLimit(.minutes(1))) struct ReferralAnswerTests {
  private typealias Answer = Recourse_Support_V1_ReferralAnswer
  typealias Service = Recourse_Support_V1_Support.Stub

  /// A worker that takes referrals to agencies, and says nothing by itself.
  static let courier = Worker(
    name: "courier", calls: [Recourse_Support_V1_Support.Method.ServeAgencies.descriptor])

  func serve(_ stage: SupportStage) async throws {
    try await stage.place.start(Self.courier)
    let courier = try #require(stage.place.context(of: Self.courier.name))
    _ = try await Service(wrapping: courier.client).serveAgencies(
      .with { $0.agencies = ["victim-support"] })
  }

  /// A case that has been referred to Victim Support, served by the courier unless it is not.
  private func referred(
    _ stage: SupportStage, served: Bool = true
  ) async throws -> (CaseReference, Recourse_Support_V1_Referral) {
    if served {
      try await serve(stage)
    }
    let reference = try await stage.apply(consents: [.toReferral("victim-support")])
    try await stage.assess(reference)
    try await stage.place.settle()
    return (reference, try #require(try await stage.support(reference).referrals.first))
  }

  @discardableResult
  private func record(
    _ answer: Answer, _ reason: Recourse_Support_V1_DeclineReason = .unspecified,
    on day: String = "",
    of referral: Recourse_Support_V1_Referral, _ reference: CaseReference, _ stage: SupportStage
  ) async throws -> Recourse_Support_V1_RecordReferralAnswerResponse {
    try await Service(wrapping: stage.place.client).recordReferralAnswer(
      .with {
        $0.caseReference = reference.description
        $0.agency = referral.agency
        $0.consentID = referral.consentID
        $0.answer = answer
        $0.reason = reason
        $0.answeredOn = day
      })
  }

  func refusal(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap(Refusal.init)?.code
    }
  }

  @Test func `a referral to an agency that is served is no file, and says who takes it there`()
    async throws
  {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      #expect(referral.state == .sent && !referral.servedBy.isEmpty)
      #expect(try stage.letters().isEmpty)
      let made = try await stage.place.events(key: reference.key.description).map(\.event)
        .filter { $0.type == Recourse_Support_V1_ReferralMade.protoMessageName }
        .map { try Recourse_Support_V1_ReferralMade(serializedBytes: $0.payload) }
      #expect(made.map(\.servedBy) == [referral.servedBy])
    }
  }

  @Test func `a worker that serves nobody any more leaves referrals to be files`() async throws {
    try await SupportStage.with { stage in
      let service = Service(wrapping: stage.place.client)
      _ = try await service.serveAgencies(.with { $0.agencies = ["victim-support"] })
      _ = try await service.serveAgencies(.init())
      let (_, referral) = try await referred(stage, served: false)
      #expect(referral.servedBy.isEmpty)
      #expect(try stage.letters().count == 1)
    }
  }

  @Test func `a referral waits for a worker that is away, and is handed over when it is back`()
    async throws
  {
    try await SupportStage.with { stage in
      try await serve(stage)
      try await leave(stage)
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await missed(stage)
      #expect(try await stage.support(reference).referrals.first?.state == .intended)
      try await stage.place.start(Self.courier)
      stage.place.clock.advance(by: 60)
      try await madeAfterAll(reference, stage)
      #expect(try await stage.support(reference).referrals.first?.servedBy == Self.courier.name)
      #expect(try stage.letters().isEmpty)
    }
  }

  @Test func `a referral to an agency whose worker stays away becomes a file`() async throws {
    try await SupportStage.with { stage in
      try await serve(stage)
      try await leave(stage)
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await missed(stage)
      stage.place.clock.advance(by: ServedAgency.absenceLimit - 60)
      let second = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(second)
      try await tried(second, stage)
      #expect(try await stage.support(reference).referrals.first?.state == .intended)
      #expect(try stage.letters().isEmpty)
      stage.place.clock.advance(by: 120)
      try await madeAfterAll(reference, stage)
      #expect(try await stage.support(reference).referrals.first?.servedBy.isEmpty == true)
      #expect(try !stage.letters().isEmpty)
    }
  }

  /// Returns when Support has looked for the courier and not found it.
  func missed(_ stage: SupportStage) async throws {
    let context = try #require(stage.place.context(of: "support"))
    while try await context.slice.read({ try $0.server(of: "victim-support")?.awaySince }) == nil {
      await Task.yield()
    }
  }

  /// Returns when Support has tried to make a case's referral.
  private func tried(_ reference: CaseReference, _ stage: SupportStage) async throws {
    let context = try #require(stage.place.context(of: "support"))
    while try await context.slice.read({ slice in
      try slice.row(
        "SELECT 1 FROM kit_effect WHERE state = 'intended' AND attempts > 0 AND effect_key LIKE ?",
        .text("\(reference)/%")) == nil
    }) {
      await Task.yield()
    }
  }

  /// The courier goes, and the broker has noticed.
  func leave(_ stage: SupportStage) async throws {
    await stage.place.kill(Self.courier.name)
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: stage.place.client)
    while try await directory.list(.init()).sessions.contains(where: {
      $0.worker == Self.courier.name
    }) {
      await Task.yield()
    }
  }

  /// Returns when a referral that waited has been made. Another case has Support look at its clock.
  func madeAfterAll(_ reference: CaseReference, _ stage: SupportStage) async throws {
    let other = try await stage.apply(consents: [.toReferral("victim-support")])
    try await stage.assess(other)
    while try await stage.support(reference).referrals.first?.state != .sent { await Task.yield() }
  }

  @Test func `answers are kept and announced, each once`() async throws {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      let first = try await record(.accepted, on: "2026-03-19", of: referral, reference, stage)
      let again = try await record(.accepted, on: "2026-03-19", of: referral, reference, stage)
      #expect(!first.repeated && again.repeated && first.logPosition == again.logPosition)
      try await record(.closed, of: referral, reference, stage)
      let shown = try #require(try await stage.support(reference).referrals.first)
      #expect(shown.answer == .closed && shown.answeredOn == "2026-03-20")
      #expect(
        try await stage.announced(of: reference) == [
          "ReferralMade", "ReferralAnswered", "ReferralAnswered",
        ])
    }
  }

  @Test func `the same answer on another day is another one`() async throws {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      for answer in [Answer.noContact, .accepted, .noContact] {
        let said = try await record(answer, of: referral, reference, stage)
        #expect(!said.repeated)
        stage.place.clock.advance(by: 86_400)
      }
      let shown = try #require(try await stage.support(reference).referrals.first)
      #expect(shown.answer == .noContact && shown.answeredOn == "2026-03-22")
    }
  }

  @Test func `who is declined is offered the details to refer themselves`() async throws {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      try await record(.declined, .noCapacity, of: referral, reference, stage)
      let support = try await stage.support(reference)
      #expect(support.offered)
      #expect(support.referrals.first?.reason == .noCapacity)
      let code = await refusal {
        try await record(.accepted, of: referral, reference, stage)
      }
      #expect(code == "answer-does-not-follow")
    }
  }

  @Test func `an answer that makes no sense is refused, and changes nothing`() async throws {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      var other = referral
      other.consentID = "another"
      let codes = [
        await refusal { try await record(.unspecified, of: referral, reference, stage) },
        await refusal { try await record(.declined, of: referral, reference, stage) },
        await refusal { try await record(.closed, .noCapacity, of: referral, reference, stage) },
        await refusal {
          try await record(.closed, on: "2026-03-21", of: referral, reference, stage)
        },
        await refusal { try await record(.closed, on: "today", of: referral, reference, stage) },
        await refusal { try await record(.closed, of: other, reference, stage) },
      ]
      #expect(
        codes == [
          "missing", "missing", "unexpected", "day-in-future", "invalid-date", "unknown-referral",
        ])
      #expect(try await stage.support(reference).referrals.first?.answer == .unspecified)
    }
  }

  @Test func `a withdrawal is to be confirmed in seven days, and shown until it is`() async throws {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      let service = Service(wrapping: stage.place.client)
      let request = Recourse_Support_V1_RecordWithdrawalAcknowledgedRequest.with {
        $0.caseReference = reference.description
        $0.agency = referral.agency
        $0.consentID = referral.consentID
      }
      let early = await refusal { _ = try await service.recordWithdrawalAcknowledged(request) }
      #expect(early == "consent-not-withdrawn")
      try stage.fetch()
      try await stage.record(.withdrawn, "victim-support", of: reference)
      try await stage.place.settle()
      var shown = try #require(try await stage.support(reference).referrals.first)
      #expect(shown.withdrawnOn == "2026-03-20" && shown.acknowledgementDueOn == "2026-03-27")
      #expect(!shown.acknowledgementOverdue)
      stage.place.clock.advance(by: 8 * 86_400)
      shown = try #require(try await stage.support(reference).referrals.first)
      #expect(shown.acknowledgementOverdue)
      #expect(!(try await service.recordWithdrawalAcknowledged(request).repeated))
      #expect(try await service.recordWithdrawalAcknowledged(request).repeated)
      shown = try #require(try await stage.support(reference).referrals.first)
      #expect(shown.acknowledgedOn == "2026-03-28" && !shown.acknowledgementOverdue)
      #expect(try await stage.announced(of: reference).last == "WithdrawalAcknowledged")
    }
  }

  @Test func `an officer's name goes into the record, and a worker's where there is none`()
    async throws
  {
    try await SupportStage.with { stage in
      let (reference, referral) = try await referred(stage)
      let service = Service(wrapping: stage.place.client)
      for (answer, officer) in [(Answer.accepted, "A. Officer"), (.closed, " ")] {
        _ = try await service.recordReferralAnswer(
          .with {
            $0.caseReference = reference.description
            $0.agency = referral.agency
            $0.consentID = referral.consentID
            $0.answer = answer
            $0.officer = officer
          })
      }
      let context = try #require(stage.place.context(of: "support"))
      let actors = try await context.slice.read { reader in
        try reader.rows(
          "SELECT actor FROM kit_audit WHERE action = 'support.record-answer' ORDER BY sequence"
        ).map { try $0.text("actor") }
      }
      #expect(actors.count == 2 && actors.first == "A. Officer" && actors.last != " ")
    }
  }
}
