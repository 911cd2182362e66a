import CaseModel
import Policy

@testable import ThresholdRules

/// A day that a test is sure of.
func day(_ text: String) -> CalendarDate {
  guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
  return date
}

/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood), so that what is drawn is the same every time.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// A complaint as a table has it; the days after `To` make ranges of the others.
struct Made: Sendable {
  var behaviour = "2026-03-01"
  var behaviourTo: String?
  var complaint = "2026-03-02"
  var complaintTo: String?
  var body = ""
  var complainant = "self"
  var incident = ""
  var hate = false
  var household = ""

  func facts(_ index: Int) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: day(behaviour)...day(behaviourTo ?? behaviour),
      complaint: day(complaint)...day(complaintTo ?? complaint), body: body,
      complainant: complainant, incident: incident, hate: hate, household: household)
  }
}

extension ApplicationFacts {
  static func test(_ complaints: [Made], received: String = "2026-03-16") -> ApplicationFacts {
    ApplicationFacts(
      receivedOn: day(received), complaints: complaints.enumerated().map { $1.facts($0) })
  }

  /// An application as it might come in: days near each other, few people, few incidents.
  static func drawn(
    _ complaints: Int, using generator: inout some RandomNumberGenerator
  ) -> ApplicationFacts {
    let received = day("2026-03-16").adding(days: Int.random(in: 0..<60, using: &generator))
    let facts = (0..<complaints).map { index in
      let behaviour = received.adding(days: -Int.random(in: 0..<240, using: &generator))
      let complaint = min(
        received, behaviour.adding(days: Int.random(in: 0..<45, using: &generator)))
      return ComplaintFacts(
        index: index, behaviour: behaviour...behaviour, complaint: complaint...complaint,
        complainant: ["self", "flat-4", "flat-7"][Int.random(in: 0..<3, using: &generator)],
        incident: ["", "a", "b", "c"][Int.random(in: 0..<4, using: &generator)],
        hate: Int.random(in: 0..<4, using: &generator) == 0)
    }
    return ApplicationFacts(receivedOn: received, complaints: facts)
  }
}

extension PolicyPack {
  /// A pack with the Act's own figures; what a test sets is what it is about.
  static func test(
    mandatory: MandatoryRule = MandatoryRule(), alternatives: [LocalAlternative] = [],
    factors: [DiscretionaryFactor] = [], caveats: [Caveat] = [], bodies: [RelevantBody] = [],
    procedure: Procedure = Procedure()
  ) -> PolicyPack {
    PolicyPack(
      name: "exmouth", version: "7", digest: "abc", area: "exmouth", nation: .england,
      from: day("2020-01-01"), mandatory: mandatory, alternatives: alternatives, factors: factors,
      caveats: caveats, bodies: bodies, procedure: procedure)
  }
}
