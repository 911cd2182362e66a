import CaseModel
import Letters
import Policy
import ThresholdRules

/// A case as the person whose it is sees it: where it is, what happens next and by when, what was decided, and what
/// they can do. Worked out from ``CaseFacts`` and nothing else, so that the pages and the JSON cannot say different
/// things. It has no words of its own; those are in `CaseWords`.
struct CaseView: Sendable, Hashable {
  let reference: String
  /// The procedure of the case.
  let pack: PolicyPack
  let receivedOn: CalendarDate
  let standing: CaseStanding
  /// In the order in which it happens.
  let next: [NextStep]
  let decision: DecisionFact?
  let review: ReviewFact?
  let recommendations: [Recommendation]
  /// Of rounds of the review before this one, which stand all the same.
  let earlierRecommendations: [Recommendation]
  let appeals: [Letter.Appeal]
  /// What can be appealed against now.
  let appealable: [AppealChoice]
  let consents: [ConsentLine]
  let awaited: [AwaitedFact]
  /// Newest first.
  let letters: [LetterFact]
  /// Newest first.
  let reads: [ReadFact]
  let hasMoreReads: Bool
  let bodiesTold: [String]
  let bodiesAsked: [BodyAsked]
  let support: [SupportAgency]
  /// Something that was written is not shown until a person has looked at it.
  let isPartWithheld: Bool
  /// Parts that cannot be shown now, because whoever knows them is away.
  let away: [String]

  init(_ facts: CaseFacts) {
    let standing = CaseStanding(facts)
    reference = facts.reference
    pack = facts.pack
    receivedOn = facts.receivedOn
    self.standing = standing
    next = NextSteps(facts: facts, standing: standing).all
    decision = facts.decision
    review = facts.review
    recommendations = Recommendation.all(facts)
    earlierRecommendations = Recommendation.earlier(facts)
    appeals = facts.appeals
    appealable = standing.isWithdrawn ? [] : AppealChoice.all(facts)
    consents = ConsentLine.all(facts)
    awaited = facts.awaited
    letters = facts.letters.reversed()
      .sorted { $0.writtenOn > $1.writtenOn }
    reads = facts.reads.sorted {
      ($1.day, $0.worker, $0.principal, $0.purpose) < ($0.day, $1.worker, $1.principal, $1.purpose)
    }
    hasMoreReads = facts.hasMoreReads
    bodiesTold = facts.told
    bodiesAsked = facts.information
    support = facts.support
    isPartWithheld = facts.isPartWithheld
    away = facts.away
  }

  /// A body by the name that people know it by.
  func name(ofBody key: String) -> String { pack.body(key)?.name ?? key }

  /// A support service by the name that people know it by.
  func name(ofAgency key: String) -> String {
    (support + pack.supportAgencies).first { $0.key == key }?.name ?? key
  }

  /// True while the person can still add to the application. How they are reached they can change afterwards too.
  var isOpen: Bool { !standing.isWithdrawn }

  /// Whether the person can answer anew here. What was given can be taken back for ever: support, and what rests on other
  /// consents, goes on when the application was taken back.
  func canBeAnswered(_ line: ConsentLine) -> Bool {
    line.canBeWithdrawn || isOpen && line.canBeGiven
  }
}

extension CaseFacts {
  /// The day on which the outcome was told, as far as letters say.
  var outcomeToldOn: CalendarDate? {
    for letter in letters where letter.kind == .outcome {
      switch letter.state {
      case .sent(let day), .delivered(let day): return day
      case .underWay, .waiting, .failed: continue
      }
    }
    return nil
  }

  /// The last day for the outcome after a panel; nil where no clock says or the calendar does not reach so far.
  func outcomeDue(after heldOn: CalendarDate) -> (day: CalendarDate, source: String)? {
    due(.outcome, from: [.meeting: heldOn])
  }

  /// The last day for answers to recommendations. Where it counts from the outcome and that was not told yet, it
  /// counts from the last day for that.
  func answersDue(after heldOn: CalendarDate) -> CalendarDate? {
    var days: [Clock.Anchor: CalendarDate] = [.meeting: heldOn]
    days[.outcome] = outcomeToldOn ?? outcomeDue(after: heldOn)?.day
    return due(.response, from: days)?.day
  }

  /// The last day of a stage that no worker keeps a clock of.
  func due(
    _ stage: Clock.Stage, from days: [Clock.Anchor: CalendarDate]
  ) -> (day: CalendarDate, source: String)? {
    guard let (clock, source) = pack.clock(stage, fallback: lender),
      let day = days[clock.anchor],
      let last = try? clock.period.deadline(from: day, in: pack.calendar)
    else { return nil }
    return (last, source)
  }
}
