import CaseEvents
import CaseLetters
import CaseModel
import Letters
import Messages
import Policy
import SwiftProtobuf

// What workers answered becomes facts. What cannot be read, such as a day that is none, is left out: a page never falls
// over because of it.

extension CaseFacts {
  /// - Parameter today: the day in Europe/London.
  init(_ answers: CaseAnswers, on today: CalendarDate) {
    let own = answers.own
    self.init(
      reference: own.caseReference, today: today,
      receivedOn: CalendarDate(own.receivedOn) ?? today, pack: answers.pack,
      lender: answers.lender)
    course = answers.timeline.entries.map(\.fact)
    withdrawnOn = CalendarDate(own.withdrawnOn)
    consents = own.consents.compactMap(ConsentFact.init)
    awaited = own.awaited.compactMap(AwaitedFact.init)
    if let paper = answers.paper { take(paper) }
    review = answers.review.flatMap(ReviewFact.init)
    if let answer = answers.support { take(answer) }
    letters = answers.notices.compactMap(LetterFact.init)
    for (worker, answer) in answers.reads {
      reads += answer.reads.compactMap { ReadFact($0, of: worker) }
      hasMoreReads = hasMoreReads || answer.more
    }
    isPartWithheld = answers.withheld
    away = answers.away
  }

  private mutating func take(_ paper: CaseOnPaper) {
    let kept = paper.kept
    clocks = kept.clocks.compactMap(ClockFact.init)
    delays = kept.delays.compactMap(DelayFact.init)
    decision = DecisionFact(paper)
    deferredUntil = CalendarDate(kept.deferredUntil)
    awaitsSecondSignature = kept.hasPending
    information = kept.information.map(BodyAsked.init)
    told = kept.notifications.filter { !$0.notifiedOn.isEmpty }.map(\.body)
    untold = kept.notifications.filter(\.notifiedOn.isEmpty).map(\.body)
    appeals = paper.appeals
  }

  private mutating func take(_ answer: Recourse_Support_V1_GetSupportResponse) {
    referrals = answer.referrals.map(ReferralFact.init)
    support = answer.offers.map {
      SupportAgency(key: $0.key, name: $0.name, selfReferral: $0.selfReferral)
    }
  }
}

extension ClockFact {
  fileprivate init?(_ clock: Recourse_Threshold_V1_ClockReading) {
    guard let stage = Clock.Stage(rawValue: clock.stage), let anchor = CalendarDate(clock.anchorOn)
    else { return nil }
    self.init(
      stage: stage, anchorOn: anchor, dueOn: CalendarDate(clock.dueOn),
      doneOn: CalendarDate(clock.doneOn), isPaused: clock.paused, isLate: clock.late,
      source: clock.source, isNobodyAsked: clock.nobodyAsked)
  }
}

extension DelayFact {
  fileprivate init?(_ delay: Recourse_Threshold_V1_Delay) {
    guard let stage = Clock.Stage(rawValue: delay.stage), let due = CalendarDate(delay.dueOn) else {
      return nil
    }
    self.init(stage: stage, dueOn: due, toldOn: CalendarDate(delay.toldOn))
  }
}

extension DecisionFact {
  fileprivate init?(_ paper: CaseOnPaper) {
    let kept = paper.kept
    guard kept.hasDecision, let day = CalendarDate(kept.decision.decidedOn) else { return nil }
    self.init(
      isMet: kept.decision.met, clause: kept.decision.clause, decidedOn: day,
      number: max(1, Int(kept.decision.number)), reason: kept.reason,
      decidedBy: paper.pack.decidedBy(body: kept.decision.body, capacity: kept.capacity))
  }
}

extension BodyAsked {
  fileprivate init(_ request: Recourse_Threshold_V1_InformationRequest) {
    let state: State =
      switch request.state {
      case .returned: .answered
      case .refused: .refused
      case .overdue: .overdue
      case .requested, .unspecified, .UNRECOGNIZED: .asked
      }
    self.init(body: request.body, dueOn: CalendarDate(request.dueOn), state: state)
  }
}

extension ReviewFact {
  fileprivate init?(_ review: Recourse_Panel_V1_GetReviewResponse) {
    guard let opened = CalendarDate(review.openedOn), let due = CalendarDate(review.dueOn) else {
      return nil
    }
    self.init(
      state: State(review), openedOn: opened, dueOn: due, clockSource: review.clockSource,
      reason: review.reason,
      recommendations: review.recommendations.map(RecommendationFact.init),
      earlier: review.earlierRecommendations.map(RecommendationFact.init))
  }
}

extension ReviewFact.State {
  fileprivate init(_ review: Recourse_Panel_V1_GetReviewResponse) {
    let day = CalendarDate(review.panelOn)
    let held = CalendarDate(review.heldOn)
    switch review.state {
    case .held: self = held.map { .held($0) } ?? .owed
    case .scheduled: self = day.map { .scheduled($0) } ?? .owed
    case .blocked: self = .blocked
    // That it was taken back is said by the application.
    case .owed, .withdrawn, .unspecified, .UNRECOGNIZED: self = .owed
    }
  }
}
