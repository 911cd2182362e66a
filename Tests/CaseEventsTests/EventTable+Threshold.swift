import CaseModel
import Messages
import SwiftProtobuf

extension Announced {
  static let threshold = assessment + information + appeals + clocks

  private static let assessment: [Announced] = [
    Announced(.notificationOwed(body: "livewest")) {
      (event: inout Recourse_Threshold_V1_NotificationOwed) in
      event.body = "livewest"
    },
    Announced(.bodyNotified(body: "livewest", on: .test(17))) {
      (event: inout Recourse_Threshold_V1_BodyNotified) in
      event.body = "livewest"
      event.notifiedOn = "2026-03-17"
    },
    Announced(.thresholdAssessed(outcome: .personDecides, counted: 2, required: 3, on: .test(16))) {
      (event: inout Recourse_Threshold_V1_ThresholdAssessed) in
      event.outcome = .personDecides
      event.counted = 2
      event.required = 3
      event.assessedOn = "2026-03-16"
    },
    Announced(.thresholdDecided(met: true, clause: "s.104(4)", on: .test(18))) {
      (event: inout Recourse_Threshold_V1_ThresholdDecided) in
      event.met = true
      event.clause = "s.104(4)"
      event.decidedOn = "2026-03-18"
    },
    Announced(.thresholdDeferred(on: .test(18), until: .test(31))) {
      (event: inout Recourse_Threshold_V1_ThresholdDeferred) in
      event.deferredOn = "2026-03-18"
      event.until = "2026-03-31"
    },
  ]

  private static let information: [Announced] = [
    Announced(
      .informationRequested(
        body: "livewest", isMandatory: true, on: .test(17), dueBy: .test(24))
    ) { (event: inout Recourse_Threshold_V1_InformationRequested) in
      event.body = "livewest"
      event.mandatory = true
      event.requestedOn = "2026-03-17"
      event.dueOn = "2026-03-24"
    },
    Announced(.informationReturned(body: "livewest", on: .test(20))) {
      (event: inout Recourse_Threshold_V1_InformationReturned) in
      event.body = "livewest"
      event.returnedOn = "2026-03-20"
    },
    Announced(.informationRefused(body: "livewest", ground: .notHeld, on: .test(20))) {
      (event: inout Recourse_Threshold_V1_InformationRefused) in
      event.body = "livewest"
      event.refusedOn = "2026-03-20"
      event.ground = .notHeld
    },
    Announced(.informationChased(body: "livewest", on: .test(25))) {
      (event: inout Recourse_Threshold_V1_InformationChased) in
      event.body = "livewest"
      event.chasedOn = "2026-03-25"
    },
  ]

  private static let appeals: [Announced] = [
    Announced(
      .appealMade(
        number: 1, about: .handling, ground: "threshold-was-met", on: .test(19), dueBy: .test(31))
    ) { (event: inout Recourse_Threshold_V1_AppealMade) in
      event.number = 1
      event.subject = .handling
      event.ground = "threshold-was-met"
      event.madeOn = "2026-03-19"
      event.dueOn = "2026-03-31"
    },
    Announced(.appealDecided(number: 2, about: .review, outcome: .referredBack, on: .test(26))) {
      (event: inout Recourse_Threshold_V1_AppealDecided) in
      event.number = 2
      event.subject = .review
      event.outcome = .referredBack
      event.decidedOn = "2026-03-26"
    },
  ]

  private static let clocks: [Announced] = [
    Announced(.delayNoticeOwed(stage: "decide", dueBy: .test(23), escalates: true)) {
      (event: inout Recourse_Threshold_V1_DelayNoticeOwed) in
      event.stage = "decide"
      event.dueOn = "2026-03-23"
      event.onBreach = "escalate"
    },
    Announced(.delayNoticeGiven(stage: "decide", dueBy: .test(23), on: .test(24))) {
      (event: inout Recourse_Threshold_V1_DelayNoticeGiven) in
      event.stage = "decide"
      event.dueOn = "2026-03-23"
      event.toldOn = "2026-03-24"
    },
    Announced(.clockChanged(stage: "decide", change: .extended, on: .test(20), dueBy: .test(30))) {
      (event: inout Recourse_Threshold_V1_ClockChanged) in
      event.stage = "decide"
      event.change = .extended
      event.changedOn = "2026-03-20"
      event.dueOn = "2026-03-30"
    },
  ]

  /// The events that come a second time in a case, and what may be left out of others.
  static let variants: [Announced] = [
    Announced(
      .recommendationAnswered(
        index: 0, body: "livewest", answer: .notAccepted, on: .test(27), doBy: nil)
    ) {
      (event: inout Recourse_Panel_V1_RecommendationAnswered) in
      event.body = "livewest"
      event.answer = .notAccepted
      event.answeredOn = "2026-03-27"
    },
    Announced(.thresholdAssessedAnew(outcome: .met, counted: 3, required: 3, on: .test(20))) {
      (event: inout Recourse_Threshold_V1_ThresholdAssessed) in
      event.outcome = .met
      event.counted = 3
      event.required = 3
      event.assessedOn = "2026-03-20"
      event.revision = 1
    },
    Announced(.thresholdDecided(met: false, clause: "", on: .test(18))) {
      (event: inout Recourse_Threshold_V1_ThresholdDecided) in
      event.decidedOn = "2026-03-18"
      event.number = 1
    },
    Announced(.thresholdDecidedAnew(met: true, clause: "s.104(5)", on: .test(27))) {
      (event: inout Recourse_Threshold_V1_ThresholdDecided) in
      event.met = true
      event.clause = "s.104(5)"
      event.decidedOn = "2026-03-27"
      event.number = 2
    },
    Announced(.appealMade(number: 1, about: .review, ground: "any", on: .test(19), dueBy: nil)) {
      (event: inout Recourse_Threshold_V1_AppealMade) in
      event.number = 1
      event.subject = .review
      event.ground = "any"
      event.madeOn = "2026-03-19"
    },
    Announced(.reviewOpened(on: .test(18), dueBy: .test(31))) {
      (event: inout Recourse_Panel_V1_ReviewOpened) in
      event.openedOn = "2026-03-18"
      event.dueOn = "2026-03-31"
      event.round = 1
    },
    Announced(.reviewOpenedAgain(round: 2, on: .test(18), dueBy: .test(31))) {
      (event: inout Recourse_Panel_V1_ReviewOpened) in
      event.openedOn = "2026-03-18"
      event.dueOn = "2026-03-31"
      event.round = 2
    },
    Announced(.delayNoticeOwed(stage: "panel", dueBy: .test(23), escalates: false)) {
      (event: inout Recourse_Threshold_V1_DelayNoticeOwed) in
      event.stage = "panel"
      event.dueOn = "2026-03-23"
      event.onBreach = "delay-notice"
    },
    Announced(.clockChanged(stage: "decide", change: .paused, on: .test(20), dueBy: nil)) {
      (event: inout Recourse_Threshold_V1_ClockChanged) in
      event.stage = "decide"
      event.change = .paused
      event.changedOn = "2026-03-20"
    },
  ]
}
