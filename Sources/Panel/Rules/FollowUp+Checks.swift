public import CaseModel

/// What can be put on record of a recommendation, and when. A body that does less than it was asked, or does it later,
/// says why; one that says that it did something says what shows it.
extension FollowUp {
  /// Answers and reports of one recommendation; more is a mistake of whoever sends them.
  public static let answersLimit = 20
  public static let reportsLimit = 100
  /// Days from which something is accepted to which it may be put off.
  public static let doByDaysLimit = 730

  /// Why something cannot be put on record.
  public enum Fault: Sendable, Hashable {
    case inFuture
    case beforeMeeting
    /// An answer of a later day is on record.
    case beforeAnswer
    /// It is reported as done; what was reported wrongly is reported anew.
    case alreadyDone
    case reasonMissing
    /// Nobody named a day by which it is done.
    case dayMissing
    /// The day on which it will be done is over when it is said.
    case dayBeforeAnswer
    case dayTooFar
    /// Something that is not accepted has no day.
    case dayOfRefusal
    case notAnswered
    case notAccepted
    case textMissing
    case evidenceMissing
    case tooMany
  }

  /// Why an answer cannot be put on record; nil if it can.
  /// - Parameters:
  ///   - doBy: as the body named it; nil if it named none.
  ///   - hasReason: the body says why.
  public func fault(
    _ new: Answer, on day: CalendarDate, doBy: CalendarDate?, hasReason: Bool, today: CalendarDate
  ) -> Fault? {
    if answers >= Self.answersLimit { return .tooMany }
    if action == .done { return .alreadyDone }
    if let fault = fault(ofDay: day, today) { return fault }
    if let earlier = answer?.answeredOn, day < earlier { return .beforeAnswer }
    guard new.accepts else {
      return doBy != nil ? .dayOfRefusal : hasReason ? nil : .reasonMissing
    }
    if let doBy, doBy < day { return .dayBeforeAnswer }
    if let doBy, doBy > day.adding(days: Self.doByDaysLimit) { return .dayTooFar }
    guard let last = doBy ?? self.doBy ?? askedBy else { return .dayMissing }
    let isLater = (self.doBy ?? askedBy).map { last > $0 } ?? false
    return (new == .acceptedInPart || isLater) && !hasReason ? .reasonMissing : nil
  }

  /// The day by which it is done once this answer stands.
  public func doBy(after new: Answer, naming day: CalendarDate?) -> CalendarDate? {
    new.accepts ? day ?? doBy ?? askedBy : nil
  }

  /// Why a report cannot be put on record; nil if it can.
  public func fault(
    _ new: Action, on day: CalendarDate, hasText: Bool, hasEvidence: Bool, today: CalendarDate
  ) -> Fault? {
    if reports >= Self.reportsLimit { return .tooMany }
    guard let answer else { return .notAnswered }
    guard answer.answer.accepts else { return .notAccepted }
    if let fault = fault(ofDay: day, today) { return fault }
    switch new {
    case .done: return hasEvidence ? nil : .evidenceMissing
    case .underWay, .notDone: return hasText ? nil : .textMissing
    }
  }

  /// Bodies may have said or done at the meeting what is put on record later.
  private func fault(ofDay day: CalendarDate, _ today: CalendarDate) -> Fault? {
    day > today ? .inFuture : day < madeOn ? .beforeMeeting : nil
  }
}
