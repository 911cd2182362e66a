import CaseModel
import Letters
import Policy
import PolicyDocuments

@testable import Portal

/// A case of Plymouth, received on Monday 16 March 2026 and read on the day that a test says. What a test sets is what
/// it is about.
enum CaseSample {
  static let reference = "3HM3-XBSM"
  static let receivedOn = day("2026-03-16")

  static func day(_ text: String) -> CalendarDate {
    CalendarDate(text) ?? CalendarDate(daysSince1970: 0)
  }

  static let packs: [String: PolicyPack] = {
    let packs = (try? BuiltInPolicyDocuments.all.map(PolicyDocument.parse)) ?? []
    return Dictionary(packs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }()

  /// - Parameter change: what this case has besides being received.
  static func facts(
    on today: String = "2026-03-20", pack: String = "plymouth",
    _ change: (inout CaseFacts) -> Void = { _ in }
  ) throws -> CaseFacts {
    guard let known = packs[pack] else { throw NoSuchPack(name: pack) }
    var facts = CaseFacts(
      reference: reference, today: day(today), receivedOn: receivedOn, pack: known,
      lender: packs[PolicyPack.defaultName])
    facts.course = [.applicationReceived(on: receivedOn, area: pack, complaints: 3)]
    change(&facts)
    return facts
  }

  static func view(
    on today: String = "2026-03-20", pack: String = "plymouth",
    _ change: (inout CaseFacts) -> Void = { _ in }
  ) throws -> CaseView {
    CaseView(try facts(on: today, pack: pack, change))
  }

  struct NoSuchPack: Error { let name: String }
}

extension CaseFacts {
  /// The rules have been applied.
  mutating func assess() {
    course.append(
      .thresholdAssessed(
        outcome: .met, counted: 3, required: 3, on: CaseSample.day("2026-03-16")))
  }

  mutating func decide(met: Bool, on text: String = "2026-03-23", number: Int = 1) {
    let day = CaseSample.day(text)
    let clause = met ? "s.104(4)" : ""
    course.append(
      number == 1
        ? .thresholdDecided(met: met, clause: clause, on: day)
        : .thresholdDecidedAnew(met: met, clause: clause, on: day))
    decision = DecisionFact(isMet: met, clause: clause, decidedOn: day, number: number)
  }

  /// A review is owed, and stands as a test says.
  mutating func open(_ state: ReviewFact.State, dueOn: String = "2026-04-15") {
    let day = CaseSample.day("2026-03-23")
    course.append(.reviewOpened(on: day, dueBy: CaseSample.day(dueOn)))
    review = ReviewFact(
      state: state, openedOn: day, dueOn: CaseSample.day(dueOn), clockSource: "plymouth")
    switch state {
    case .scheduled(let on): course.append(.panelScheduled(on: on))
    case .held(let on): course.append(.panelHeld(on: on, recommendations: 1))
    case .owed, .blocked: break
    }
  }

  mutating func appeal(
    _ subject: AppealPolicy.Subject, on text: String, upheld: Bool? = nil
  ) {
    let day = CaseSample.day(text)
    let number = appeals.count + 1
    let about: AppealSubject = subject == .review ? .review : .handling
    course.append(
      .appealMade(number: number, about: about, ground: "any", on: day, dueBy: nil))
    if let upheld {
      course.append(
        .appealDecided(
          number: number, about: about, outcome: upheld ? .referredBack : .dismissed, on: day))
    }
    appeals.append(
      Letter.Appeal(
        number: number, subject: subject, ground: .processNotConsidered, madeOn: day, dueOn: nil,
        verdict: upheld.map { .init(isUpheld: $0, decidedOn: day, reason: "Because") }))
  }
}
