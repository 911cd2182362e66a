import CaseModel
import Policy
import ThresholdRules

/// What the rules are given: an application, what was found out about it, and the pack.
final class RulesInput: Sendable {
  let application: ApplicationFacts
  let evidence: Evidence
  let pack: PolicyPack

  init(_ application: ApplicationFacts, _ evidence: Evidence = .none, under pack: PolicyPack) {
    (self.application, self.evidence, self.pack) = (application, evidence, pack)
  }

  var assessed: Assessment { Assessment.of(application, evidence, under: pack) }
}

/// Draws applications from a seed; the same seed gives the same.
struct DrawnInputs {
  private var generator: SeededNumbers

  init(seed: UInt64) {
    generator = SeededNumbers(state: seed)
  }

  /// Receipt of the first application, 1 October 2025, and how many days they come in.
  private static let firstReceipt = CalendarDate(daysSince1970: 20_362)
  private static let receiptDays = 240
  /// A complaint is about something so many days before receipt at most, so that some are too late.
  private static let behaviourDays = 240
  private static let reportDays = 40
  /// Days between which a day lies that is not known exactly.
  private static let rangeDays = 20
  /// Of an application: four people, six incidents, two households.
  private static let keysCount = 12

  /// Four complaints by one person about four incidents, all days known; some too long ago.
  mutating func four(under pack: PolicyPack) -> RulesInput {
    let (received, person) = (receipt(), key())
    let complaints = (0..<4).map { index in
      let behaviour = received.adding(days: -number(5...300))
      let made = behaviour.adding(days: number(0...5))
      return ComplaintFacts(
        index: index, behaviour: behaviour...behaviour, complaint: made...made,
        body: body(of: pack),
        complainant: person, incident: key())
    }
    return RulesInput(
      ApplicationFacts(receivedOn: received, complaints: complaints), under: pack)
  }

  /// Two to eight complaints by several people, some about one incident, of hate, too late, or on a day that is
  /// not known exactly; for some of them a body says what it has on record.
  mutating func varied(under pack: PolicyPack) -> RulesInput {
    let received = receipt()
    let keys = (0..<Self.keysCount).map { _ in key() }
    let complaints = (0..<number(2...8)).map { complaint($0, received, keys, pack) }
    let asked = oneIn(2)
    let findings = asked ? complaints.filter { _ in oneIn(3) }.map { finding($0) } : []
    let bodies = number(2...6)
    let information = InformationCompleteness(
      asked: bodies, returned: number(0...bodies), refused: 0, overdue: 0)
    return RulesInput(
      ApplicationFacts(receivedOn: received, complaints: complaints),
      Evidence(findings: findings, information: asked ? information : nil), under: pack)
  }

  private mutating func complaint(
    _ index: Int, _ received: CalendarDate, _ keys: [String], _ pack: PolicyPack
  ) -> ComplaintFacts {
    let behaviour = received.adding(days: -number(1...Self.behaviourDays))
    let made = behaviour.adding(days: number(0...Self.reportDays))
    let (behaviourRange, reportRange) = (range(), range())
    let person = max(0, number(-2...3))
    return ComplaintFacts(
      index: index, behaviour: behaviour...behaviour.adding(days: behaviourRange),
      complaint: made...made.adding(days: reportRange), body: oneIn(8) ? "" : body(of: pack),
      complainant: keys[person],
      incident: oneIn(4) ? "" : keys[number(4...9)], hate: oneIn(6),
      household: oneIn(4) ? "" : keys[10 + person / 2])
  }

  private mutating func finding(_ facts: ComplaintFacts) -> Evidence.Finding {
    let others: [Standing] = [.bodyConfirms, .bodyConfirms, .bodyDisputes, .nobodyKnows]
    let standing = others[number(0...3)]
    let day = facts.complaint.lowerBound.adding(days: number(0...3))
    return Evidence.Finding(
      complaint: facts.index, body: facts.body, standing: standing,
      reported: standing == .bodyConfirms && oneIn(2) ? day...day : nil)
  }

  /// As Intake makes them: sixteen hexadecimal digits.
  private mutating func key() -> String {
    let digits = String(generator.next(), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func receipt() -> CalendarDate {
    Self.firstReceipt.adding(days: number(0...Self.receiptDays))
  }

  private mutating func range() -> Int { oneIn(5) ? number(1...Self.rangeDays) : 0 }

  private mutating func body(of pack: PolicyPack) -> String {
    pack.bodies.isEmpty ? "" : pack.bodies[number(0...pack.bodies.count - 1)].key
  }

  private mutating func oneIn(_ count: Int) -> Bool { number(1...count) == 1 }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
