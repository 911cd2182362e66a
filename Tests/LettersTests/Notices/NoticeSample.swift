import CaseModel
import Policy
import PolicyDocuments
import Testing

@testable import Letters

/// A notice as an area would send it, under a pack that comes with Recourse.
struct NoticeSample: Sendable, CustomTestStringConvertible {
  static let reference = "3HM3-XBSM"
  static let uid = "0f4d3f5e-7d1c-8a5b-9c0e-2b1a6d7e8f90"
  static let followAt = "reviews.example.org/follow"

  let name: String
  let pack: String
  let make: @Sendable (PolicyPack, PolicyPack) -> any NoticeSource

  var testDescription: String { name }

  init(
    _ name: String, under pack: String = "plymouth",
    _ make: @escaping @Sendable (PolicyPack, PolicyPack) -> any NoticeSource
  ) {
    self.name = name
    self.pack = pack
    self.make = make
  }

  private static let packs = Result { try BuiltInPolicyDocuments.all.map(PolicyDocument.parse) }

  static func pack(_ name: String) throws -> PolicyPack {
    try #require(try packs.get().first { $0.name == name })
  }

  /// The letter under a pack; without one, under its own.
  func source(under other: PolicyPack? = nil) throws -> any NoticeSource {
    let own = try Self.pack(pack)
    return make(other ?? own, try Self.pack(PolicyPack.defaultName))
  }

  func notice(
    in language: Language, under other: PolicyPack? = nil, followAt: String = Self.followAt
  ) throws -> Letter.Notice {
    let source = try source(under: other)
    return source.envelope(
      in: language, from: Letter.Sender(source.pack, followAt: followAt))
  }
}

extension NoticeSample {
  /// Every kind of letter, and what each can turn out as.
  static let all = early + bodies + review + followUps + later

  private static let early = [
    NoticeSample("acknowledgement") { pack, lender in
      Letter.Acknowledgement(
        caseReference: reference, receivedOn: day("2026-03-16"), pack: pack, lender: lender,
        ways: [.email, .phone], on: day("2026-03-18"))
    },
    NoticeSample("acknowledgement-awaiting", under: "south-wales") { pack, lender in
      Letter.Acknowledgement(
        caseReference: reference, receivedOn: day("2026-03-16"), pack: pack, lender: lender,
        deadlines: [
          .decide: Letter.Deadline(day("2026-04-09"), source: PolicyPack.defaultName)
        ], awaitsConsent: true, on: day("2026-03-18"))
    },
    NoticeSample("consent-to-share") { pack, _ in
      Letter.ConsentRequest(
        .share, caseReference: reference, pack: pack, answerBy: day("2026-03-30"),
        on: day("2026-03-18"))
    },
    NoticeSample("consent-to-act", under: "south-wales") { pack, _ in
      Letter.ConsentRequest(.toAct, caseReference: reference, pack: pack, on: day("2026-03-18"))
    },
    NoticeSample("consent-to-referral") { pack, _ in
      Letter.ConsentRequest(
        .referral(to: "Victim Support"), caseReference: reference, pack: pack,
        on: day("2026-03-18"))
    },
    NoticeSample("consent-to-attend") { pack, _ in
      Letter.ConsentRequest(
        .attendance, caseReference: reference, pack: pack, on: day("2026-03-18"))
    },
    NoticeSample("signpost") { pack, _ in Letter.Signpost(pack: pack, on: day("2026-03-18")) },
    NoticeSample("withdrawal") { pack, _ in
      Letter.Withdrawal(
        caseReference: reference, withdrawnOn: day("2026-03-20"), pack: pack,
        on: day("2026-03-21"))
    },
  ]

  private static let bodies = [
    NoticeSample("body-notification") { pack, _ in
      Letter.BodyNotification(
        to: "devon-and-cornwall-police", caseReference: reference, receivedOn: day("2026-03-16"),
        complaints: 4, pack: pack, on: day("2026-03-18"))
    },
    NoticeSample("withdrawal-to-body") { pack, _ in
      Letter.WithdrawalNotification(
        to: "devon-and-cornwall-police", caseReference: reference,
        withdrawnOn: day("2026-03-20"), pack: pack, on: day("2026-03-21"))
    },
    NoticeSample("information-request") { pack, _ in
      information(pack, to: "devon-and-cornwall-police", on: "2026-03-18")
    },
    NoticeSample("information-request-voluntary") { pack, _ in
      information(pack, to: "livewest", isMandatory: false, on: "2026-03-18")
    },
    NoticeSample("information-chaser") { pack, _ in
      information(pack, to: "plymouth-city-council", chasedOn: ["2026-04-02"], on: "2026-04-02")
    },
  ]

  static func information(
    _ pack: PolicyPack, to body: String, isMandatory: Bool = true, chasedOn: [String] = [],
    on today: String
  ) -> Letter.InformationRequest {
    Letter.InformationRequest(
      to: body, isMandatory: isMandatory, requestedOn: day("2026-03-18"), dueOn: day("2026-03-30"),
      chasedOn: chasedOn.map(day), caseReference: reference, complaints: 4, pack: pack,
      on: day(today))
  }

  static func invitation(
    _ pack: PolicyPack, _ state: Letter.Invitation.State = .planned, of body: String? = nil,
    sequence: Int = 0
  ) -> Letter.Invitation {
    Letter.Invitation(
      state, of: body,
      to: Letter.Invitation.Meeting(
        on: day("2026-04-14"), begins: 10 * 60, ends: 12 * 60 + 30,
        place: "Council House, Armada Way"),
      answerBy: day("2026-04-07"), papersBefore: 2, caseReference: reference, pack: pack, uid: uid,
      sequence: sequence, on: day("2026-03-25"))
  }

  static func outcome(
    _ pack: PolicyPack, _ recommendations: [Letter.OutcomeNotice.Recommendation],
    reason: String = "The panel saw that reports were not put together.",
    answersBy: Letter.Deadline? = Letter.Deadline(
      day("2026-05-14"), source: PolicyPack.defaultName),
    appeals: [Letter.Appeal] = []
  ) -> Letter.OutcomeNotice {
    Letter.OutcomeNotice(
      metOn: day("2026-04-14"), recommendations: recommendations, reason: reason,
      answersBy: answersBy, appeals: appeals, caseReference: reference, pack: pack,
      on: day("2026-04-15"))
  }

  static let recommendations = [
    Letter.OutcomeNotice.Recommendation(
      to: "plymouth-city-council", "Name one officer whom the victim can ring."),
    Letter.OutcomeNotice.Recommendation(
      to: "devon-and-cornwall-police", "Look at the reports of the last year together."),
  ]

  private static let review = [
    NoticeSample("invitation") { pack, _ in invitation(pack) },
    NoticeSample("invitation-moved", under: "south-wales") { pack, _ in
      Letter.Invitation(
        .moved(from: day("2026-04-14")), to: Letter.Invitation.Meeting(on: day("2026-04-21")),
        caseReference: reference, pack: pack, uid: uid, sequence: 1, on: day("2026-03-27"))
    },
    NoticeSample("invitation-cancelled") { pack, _ in invitation(pack, .cancelled, sequence: 2) },
    NoticeSample("invitation-of-body") { pack, _ in
      invitation(pack, of: "devon-and-cornwall-police")
    },
    NoticeSample("outcome") { pack, _ in outcome(pack, recommendations) },
    NoticeSample("outcome-without-recommendation", under: "south-wales") { pack, _ in
      outcome(pack, [], reason: "")
    },
  ]

  private static let later = [
    NoticeSample("delay") { pack, _ in
      Letter.DelayNotice(
        stage: .decide, dueOn: day("2026-03-30"), newDueOn: day("2026-04-20"),
        reason: "The landlord has not answered yet.", pack: pack, source: PolicyPack.defaultName,
        caseReference: reference, on: day("2026-04-01"))
    },
    NoticeSample("appeal-acknowledgement") { pack, _ in appeal(pack, nil) },
    NoticeSample("appeal-outcome") { pack, _ in
      appeal(
        pack,
        .init(isUpheld: true, decidedOn: day("2026-04-01"), reason: "A report was overlooked."))
    },
    NoticeSample("threshold-met") { pack, _ in threshold(pack, .met("s.104(4)")) },
    NoticeSample("threshold-not-met") { pack, _ in threshold(pack, .notMet) },
    NoticeSample("threshold-deferred") { pack, _ in
      threshold(pack, .deferred(day("2026-04-10")))
    },
  ]

  private static func appeal(
    _ pack: PolicyPack, _ verdict: Letter.Appeal.Verdict?
  ) -> Letter.AppealNotice {
    Letter.AppealNotice(
      appeal: Letter.Appeal(
        number: 1, subject: .handling, ground: .factsNotConsidered, madeOn: day("2026-03-25"),
        verdict: verdict), pack: pack, caseReference: reference, on: day("2026-04-01"))
  }

  private static func threshold(
    _ pack: PolicyPack, _ outcome: Letter.ThresholdNotice.Outcome
  ) -> Letter.ThresholdNotice {
    Letter.ThresholdNotice(
      assessment: .test(under: pack), outcome: outcome, pack: pack, caseReference: reference,
      decidedOn: day("2026-03-20"), decidedBy: "", complaints: [])
  }
}
