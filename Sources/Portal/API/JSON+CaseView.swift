import CaseModel
import Letters
import Policy

// A case in JSON: codes for programs, and beside them the words of the pages.

extension JSONValue {
  static func day(_ day: CalendarDate?) -> JSONValue? { day.map { .text($0.description) } }

  /// Nil for an empty text.
  static func words(_ text: String) -> JSONValue? { text.isEmpty ? nil : .text(text) }

  init(_ view: CaseView, decisionLetter: String, _ say: Say) {
    self = .some([
      ("caseReference", .text(view.reference)), ("receivedOn", .day(view.receivedOn)),
      ("status", .text(view.standing.code)), ("statusDay", .day(view.standing.day)),
      ("title", .text(say.title(view.standing))), ("text", .text(say.explanation(view.standing))),
      ("next", .array(view.next.map { JSONValue($0, say) })),
      ("decision", view.decision.map { JSONValue($0, letter: decisionLetter) }),
      ("reviewReason", .words(view.review?.reason ?? "")),
      (
        "recommendations",
        .array(view.recommendations.map { JSONValue($0, view.name(ofBody: $0.body), say) })
      ),
      (
        "earlierRecommendations",
        .array(view.earlierRecommendations.map { JSONValue($0, view.name(ofBody: $0.body), say) })
      ),
      ("appeals", .array(view.appeals.map { JSONValue($0) })),
      ("appealable", .array(view.appealable.map { JSONValue($0) })),
      ("consents", .array(view.consents.map { JSONValue($0, view.recipientName($0), say) })),
      ("awaited", .array(view.awaited.map { JSONValue($0) })),
      ("letters", .array(view.letters.map { JSONValue($0, say) })),
      ("bodiesTold", .array(view.bodiesTold.map { .text(view.name(ofBody: $0)) })),
      ("partWithheld", .bool(view.isPartWithheld)),
      ("away", .array(view.away.map { .text($0) })),
    ])
  }

  init(reads view: CaseView, _ say: Say) {
    self = .object([
      "reads": .array(
        view.reads.map { read in
          .object([
            "day": .text(read.day.description), "who": .text(say.reader(read)),
            "purpose": .text(say.purpose(read)), "shown": .text(say.shown(read)),
            "times": .int(read.times),
          ])
        }),
      "more": .bool(view.hasMoreReads), "away": .array(view.away.map { .text($0) }),
    ])
  }

  init(_ awaited: AwaitedFact) {
    self = .object([
      "person": .text(awaited.person), "purpose": .text(awaited.purpose.rawValue),
    ])
  }

  private init(_ step: NextStep, _ say: Say) {
    var members: [(String, JSONValue?)] = [
      ("what", .text(step.what.rawValue)), ("title", .text(say.title(step.what))),
      ("text", .text(say.sentence(step.when))),
    ]
    switch step.when {
    case .by(let day, let isOwn):
      members += [("when", "by"), ("day", .day(day)), ("isOwnTime", .bool(isOwn))]
    case .on(let day): members += [("when", "on"), ("day", .day(day))]
    case .late(let since, let new, let isExplained):
      members += [
        ("when", "late"), ("day", .day(since)), ("newDay", .day(new)),
        ("isExplained", .bool(isExplained)),
      ]
    case .overdue(let since): members += [("when", "late"), ("day", .day(since))]
    case .paused: members += [("when", "paused")]
    case .notKnown: members += [("when", "not-known")]
    }
    self = .some(members)
  }

  private init(_ decision: DecisionFact, letter: String) {
    self = .some([
      ("met", .bool(decision.isMet)), ("clause", .words(decision.clause)),
      ("decidedOn", .day(decision.decidedOn)), ("number", .int(decision.number)),
      ("decidedBy", .words(decision.decidedBy)), ("reason", .words(decision.reason)),
      ("letter", .text(letter)),
    ])
  }

  private init(_ one: Recommendation, _ bodyName: String, _ say: Say) {
    let followUp = one.followUp
    self = .some([
      ("number", .int(one.number)), ("body", .text(one.body)), ("bodyName", .text(bodyName)),
      ("text", .words(one.text)), ("madeOn", .day(one.madeOn)), ("answerBy", .day(one.answerBy)),
      ("answer", followUp?.answer.map { .text($0.rawValue) }),
      ("answeredOn", .day(followUp?.answeredOn)), ("answerReason", .words(followUp?.reason ?? "")),
      ("doBy", .day(followUp?.doBy)), ("action", followUp?.action.map { .text($0.rawValue) }),
      ("reportedOn", .day(followUp?.reportedOn)), ("report", .words(followUp?.report ?? "")),
      ("evidence", .words(followUp?.evidence ?? "")),
      ("overdue", .bool(followUp?.isOverdue ?? one.isPast)),
      (
        "standing",
        .text([say.answer(one), say.action(one)].filter { !$0.isEmpty }.joined(separator: " "))
      ),
    ])
  }

  private init(_ appeal: Letter.Appeal) {
    self = .some([
      ("number", .int(appeal.number)), ("subject", .text(appeal.subject.rawValue)),
      ("madeOn", .day(appeal.madeOn)), ("decidedOn", .day(appeal.verdict?.decidedOn)),
      ("upheld", appeal.verdict.map { .bool($0.isUpheld) }),
      ("reason", .words(appeal.verdict?.reason ?? "")),
    ])
  }

  private init(_ choice: AppealChoice) {
    self = .some([
      ("subject", .text(choice.subject.rawValue)),
      ("grounds", .array(choice.grounds.map { .text($0.rawValue) })),
      ("until", .day(choice.until)), ("handler", .words(choice.handler)),
    ])
  }

  private init(_ line: ConsentLine, _ recipient: String, _ say: Say) {
    let answer =
      switch line.answer {
      case .given: "GIVEN"
      case .refused: "REFUSED"
      case .withdrawn: "WITHDRAWN"
      }
    let (confirmation, day): (JSONValue?, CalendarDate?) =
      switch line.confirmation {
      case .confirmed(let day): ("confirmed", day)
      case .awaited(let due): ("awaited", due)
      case .overdue(let due): ("overdue", due)
      case nil: (nil, nil)
      }
    self = .some([
      ("purpose", .text(line.purpose.rawValue)), ("person", .text(line.person)),
      ("recipient", .words(line.recipient)), ("answer", .text(answer)),
      ("answeredOn", .day(line.answeredOn)), ("wording", .words(line.wording)),
      ("confirmation", confirmation), ("confirmationDay", .day(day)),
      (
        "text",
        .text(
          [
            say.name(line.purpose, recipient: recipient) + ".", say.sentence(line),
            say.sentence(line.referral), say.sentence(line.confirmation),
          ].filter { !$0.isEmpty }.joined(separator: " "))
      ),
    ])
  }

  private init(_ letter: LetterFact, _ say: Say) {
    let (state, day): (String, CalendarDate?) =
      switch letter.state {
      case .underWay, .waiting: ("under-way", nil)
      case .sent(let day): ("sent", day)
      case .delivered(let day): ("delivered", day)
      case .failed: ("failed", nil)
      }
    self = .some([
      ("id", .text(letter.id)), ("kind", .text(letter.kind.rawValue)), ("state", .text(state)),
      ("writtenOn", .day(letter.writtenOn)), ("day", .day(day)),
      ("channel", letter.channel.map { .text($0.rawValue) }),
      ("title", .text(say.name(letter.kind))),
    ])
  }
}
