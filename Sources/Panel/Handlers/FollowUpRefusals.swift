import CaseModel
import PanelRules
import WorkerKit

extension Refusal {
  /// Why something cannot be put on record of a recommendation, told so that it can be put right.
  init(_ fault: FollowUp.Fault, of followUp: KeptFollowUp, today: CalendarDate) {
    let facts = followUp.facts
    switch fault {
    case .inFuture:
      self.init(
        .input, code: "date-in-future", path: "on",
        message: "That day is still to come; today is \(today).")
    case .beforeMeeting:
      self.init(
        .input, code: "date-before-meeting", path: "on",
        message: "That is before \(facts.madeOn), when the panel recommended it.")
    case .beforeAnswer:
      self.init(
        .input, code: "date-before-answer", path: "on",
        message: "An answer of a later day is on record; expected that day or one after it.")
    case .alreadyDone:
      self.init(
        .state, code: "already-done",
        message: "It is on record that this was done. If that is wrong, report what is so first.")
    case .reasonMissing:
      self.init(
        .input, code: "missing", path: "reason",
        message: "Expected why: the body does not accept the whole, or does it later than the day "
          + "that was named.")
    case .dayMissing:
      self.init(
        .input, code: "missing", path: "doBy",
        message: "Expected the day by which the body will do it; the panel named none.")
    case .dayBeforeAnswer:
      self.init(
        .input, code: "date-before-answer", path: "doBy",
        message: "Expected a day on which it can still be done when the body answers, or later.")
    case .dayTooFar:
      self.init(
        .input, code: "date-too-far", path: "doBy",
        message: "Expected a day within \(FollowUp.doByDaysLimit) days.")
    case .dayOfRefusal:
      self.init(
        .input, code: "day-of-refusal", path: "doBy",
        message: "It is not accepted and has a day; expected one of the two.")
    case .notAnswered:
      self.init(
        .state, code: "not-answered",
        message: "\(followUp.body) has not answered yet; record its answer first (panel answer).")
    case .notAccepted:
      self.init(
        .state, code: "not-accepted",
        message: "\(followUp.body) did not accept it; record another answer first (panel answer).")
    case .textMissing:
      self.init(
        .input, code: "missing", path: "text",
        message: "Expected how far it is, or why it will not be done.")
    case .evidenceMissing:
      self.init(
        .input, code: "missing", path: "evidence",
        message: "Expected what shows that it was done, such as a letter, a visit or a photograph "
          + "and its day.")
    case .tooMany:
      self.init(
        .tooMany, code: "too-many",
        message: "There are as many on record of this recommendation as can be: "
          + "\(FollowUp.answersLimit) answers, \(FollowUp.reportsLimit) reports.")
    }
  }
}
