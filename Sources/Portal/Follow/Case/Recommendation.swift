import CaseModel

/// What a panel recommended, who must have regard to it, by when they answer, and what became of it.
struct Recommendation: Sendable, Hashable {
  /// From 1, in its round.
  let number: Int
  /// Key of the body that must have regard to it (s.104(7)).
  let body: String
  /// Empty while it may not be told.
  let text: String
  let madeOn: CalendarDate
  /// Nil where nothing says by when.
  let answerBy: CalendarDate?
  /// That day has gone by without an answer on record.
  let isPast: Bool
  /// What the body said and did; nil where that is not known here.
  let followUp: FollowUpFact?

  static func all(_ facts: CaseFacts) -> [Recommendation] {
    guard case .held(let heldOn)? = facts.review?.state, let review = facts.review else {
      return []
    }
    let due = facts.answersDue(after: heldOn)
    return review.recommendations.enumerated().map { index, one in
      Recommendation(
        one, number: index + 1, madeOn: heldOn, answerBy: due, today: facts.today)
    }
  }

  /// Of earlier rounds, as far as it is known when they were made.
  static func earlier(_ facts: CaseFacts) -> [Recommendation] {
    (facts.review?.earlier ?? []).compactMap { one in
      one.madeOn.map {
        Recommendation(one, number: one.number, madeOn: $0, answerBy: nil, today: facts.today)
      }
    }
  }

  /// - Parameters:
  ///   - madeOn: where nothing says when it was made.
  ///   - answerBy: where Panel does not say by when it is to be answered.
  private init(
    _ one: RecommendationFact, number: Int, madeOn: CalendarDate, answerBy: CalendarDate?,
    today: CalendarDate
  ) {
    self.number = number
    body = one.body
    text = one.text
    self.madeOn = one.madeOn ?? madeOn
    let last = one.followUp?.answerDueOn ?? answerBy
    self.answerBy = last
    isPast = one.followUp?.answer == nil && (last.map { $0 < today } ?? false)
    followUp = one.followUp
  }
}
