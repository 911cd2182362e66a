public import CaseModel

/// What became of a recommendation. Whoever it is made to must have regard to it (s.104(7)): they need not follow it, and
/// say so with reasons. What they accept they do by a day that they name, and show that they did.
public struct FollowUp: Sendable, Hashable {
  public typealias Answer = RecommendationAnswer
  public typealias Action = ActionState
  public typealias Awaited = FollowUpAwaited

  /// An answer that stands.
  public struct GivenAnswer: Sendable, Hashable {
    public let answer: Answer
    public let answeredOn: CalendarDate
    /// The day by which it will be done; nil where nothing is accepted.
    public let doBy: CalendarDate?

    public init(_ answer: Answer, on answeredOn: CalendarDate, doBy: CalendarDate?) {
      self.answer = answer
      self.answeredOn = answeredOn
      self.doBy = doBy
    }
  }

  /// The day of the meeting.
  public let madeOn: CalendarDate
  /// Last day for the answer; nil where no clock says.
  public let answerDueOn: CalendarDate?
  /// The day by which the panel asks for it; nil where it names none.
  public let askedBy: CalendarDate?
  /// The newest; nil while there is none.
  public let answer: GivenAnswer?
  /// The newest that was reported since that answer.
  public let action: Action?
  /// How many answers and reports there have been.
  public let answers: Int
  public let reports: Int

  public init(
    madeOn: CalendarDate, answerDueOn: CalendarDate?, askedBy: CalendarDate? = nil,
    answer: GivenAnswer? = nil, action: Action? = nil, answers: Int = 0, reports: Int = 0
  ) {
    self.madeOn = madeOn
    self.answerDueOn = answerDueOn
    self.askedBy = askedBy
    self.answer = answer
    self.action = action
    self.answers = answers
    self.reports = reports
  }

  /// Nil once nothing more is to come.
  public var awaited: Awaited? {
    guard let answer else { return .answer }
    guard answer.answer.accepts, action?.ends != true else { return nil }
    return .action
  }

  /// Last day for what is waited for; nil where there is none.
  public var dueOn: CalendarDate? {
    switch awaited {
    case .answer: answerDueOn
    case .action: doBy
    case nil: nil
    }
  }

  /// The day by which it is to be done: as the body said, else as the panel asked. Nil where nothing is accepted.
  public var doBy: CalendarDate? {
    guard let answer else { return askedBy }
    return answer.answer.accepts ? answer.doBy ?? askedBy : nil
  }

  /// The last day counts as in time.
  public func isOverdue(on today: CalendarDate) -> Bool { dueOn.map { $0 < today } ?? false }
}
