import CaseModel
import Messages

extension EventReader {
  static let threshold = assessment + decision + information + appeals + clocks

  private static let assessment: [(String, Read)] = [
    reading(Recourse_Threshold_V1_NotificationOwed.self) { event in
      .notificationOwed(body: try event.body.present)
    },
    reading(Recourse_Threshold_V1_BodyNotified.self) { event in
      .bodyNotified(body: try event.body.present, on: try event.notifiedOn.day)
    },
    reading(Recourse_Threshold_V1_ThresholdAssessed.self) { event in
      let outcome = try RouteOutcome(event.outcome)
      let (counted, required) = (Int(event.counted), Int(event.required))
      let day = try event.assessedOn.day
      return event.revision == 0
        ? .thresholdAssessed(outcome: outcome, counted: counted, required: required, on: day)
        : .thresholdAssessedAnew(outcome: outcome, counted: counted, required: required, on: day)
    },
  ]

  private static let decision: [(String, Read)] = [
    // Decisions of earlier versions have no number; there was one in a case.
    reading(Recourse_Threshold_V1_ThresholdDecided.self) { event in
      let day = try event.decidedOn.day
      return event.number <= 1
        ? .thresholdDecided(met: event.met, clause: event.clause, on: day)
        : .thresholdDecidedAnew(met: event.met, clause: event.clause, on: day)
    },
    reading(Recourse_Threshold_V1_ThresholdDeferred.self) { event in
      .thresholdDeferred(on: try event.deferredOn.day, until: try event.until.day)
    },
  ]

  private static let information: [(String, Read)] = [
    reading(Recourse_Threshold_V1_InformationRequested.self) { event in
      .informationRequested(
        body: try event.body.present, isMandatory: event.mandatory,
        on: try event.requestedOn.day, dueBy: try event.dueOn.day)
    },
    reading(Recourse_Threshold_V1_InformationReturned.self) { event in
      .informationReturned(body: try event.body.present, on: try event.returnedOn.day)
    },
    reading(Recourse_Threshold_V1_InformationRefused.self) { event in
      .informationRefused(
        body: try event.body.present, ground: try InformationRefusal(event.ground),
        on: try event.refusedOn.day)
    },
    reading(Recourse_Threshold_V1_InformationChased.self) { event in
      .informationChased(body: try event.body.present, on: try event.chasedOn.day)
    },
  ]

  private static let appeals: [(String, Read)] = [
    reading(Recourse_Threshold_V1_AppealMade.self) { event in
      .appealMade(
        number: Int(event.number), about: try AppealSubject(event.subject),
        ground: try event.ground.present, on: try event.madeOn.day,
        dueBy: try event.dueOn.dayIfAny)
    },
    reading(Recourse_Threshold_V1_AppealDecided.self) { event in
      .appealDecided(
        number: Int(event.number), about: try AppealSubject(event.subject),
        outcome: try AppealOutcome(event.outcome), on: try event.decidedOn.day)
    },
  ]

  private static let clocks: [(String, Read)] = [
    reading(Recourse_Threshold_V1_DelayNoticeOwed.self) { event in
      .delayNoticeOwed(
        stage: try event.stage.present, dueBy: try event.dueOn.day,
        escalates: event.onBreach == "escalate")
    },
    reading(Recourse_Threshold_V1_DelayNoticeGiven.self) { event in
      .delayNoticeGiven(
        stage: try event.stage.present, dueBy: try event.dueOn.day, on: try event.toldOn.day)
    },
    reading(Recourse_Threshold_V1_ClockChanged.self) { event in
      .clockChanged(
        stage: try event.stage.present, change: try ClockChange(event.change),
        on: try event.changedOn.day, dueBy: try event.dueOn.dayIfAny)
    },
  ]
}

extension RouteOutcome {
  fileprivate init(_ outcome: Recourse_Threshold_V1_Outcome.Value) throws {
    switch outcome {
    case .met: self = .met
    case .personDecides: self = .personDecides
    case .notMet: self = .notMet
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension InformationRefusal {
  fileprivate init(_ ground: Recourse_Threshold_V1_RefusalGround.Value) throws {
    switch ground {
    case .dataProtection: self = .dataProtection
    case .investigatoryPowers: self = .investigatoryPowers
    case .notHeld: self = .notHeld
    case .notPublicFunction: self = .notPublicFunction
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension AppealSubject {
  fileprivate init(_ subject: Recourse_Threshold_V1_AppealSubject.Value) throws {
    switch subject {
    case .handling: self = .handling
    case .review: self = .review
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension AppealOutcome {
  fileprivate init(_ outcome: Recourse_Threshold_V1_AppealOutcome.Value) throws {
    switch outcome {
    case .referredBack: self = .referredBack
    case .dismissed: self = .dismissed
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension ClockChange {
  fileprivate init(_ change: Recourse_Threshold_V1_ClockChanged.Change) throws {
    switch change {
    case .paused: self = .paused
    case .resumed: self = .resumed
    case .extended: self = .extended
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}
