import CaseModel
import Policy

/// A day that a test is sure of.
func day(_ text: String) -> CalendarDate {
  guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
  return date
}

extension PolicyPack {
  /// A pack that can be used; what a test sets is what it is about.
  static func test(
    name: String = "exmouth", version: String = "1", digest: String = "d1",
    area: String? = "exmouth", nation: Nation = .england, from: String = "2020-01-01",
    until: String? = nil, mandatory: MandatoryRule = MandatoryRule(),
    alternatives: [LocalAlternative] = [], factors: [DiscretionaryFactor] = [],
    caveats: [Caveat] = [], clocks: [Clock] = [], bodies: [RelevantBody] = .test,
    supportAgencies: [SupportAgency] = [], provenance: Provenance = Provenance(),
    procedure change: (inout Procedure) -> Void = { _ in }
  ) -> PolicyPack {
    var procedure = Procedure()
    change(&procedure)
    return PolicyPack(
      name: name, version: version, digest: digest, area: area, nation: nation, from: day(from),
      until: until.map(day), mandatory: mandatory, alternatives: alternatives, factors: factors,
      caveats: caveats, clocks: clocks, bodies: bodies, supportAgencies: supportAgencies,
      procedure: procedure, provenance: provenance)
  }
}

extension RelevantBody {
  static func test(
    _ key: String, _ kind: Kind = .housingProvider, notified: Bool = true,
    required: Bool = false, since: String? = nil, until: String? = nil, name: String? = nil
  ) -> RelevantBody {
    RelevantBody(
      key: key, name: name ?? key, kind: kind, isNotified: notified, isRequiredForPanel: required,
      since: since.map(day), until: until.map(day))
  }
}

extension [RelevantBody] {
  /// All that s.105 names.
  static let test: [RelevantBody] = [
    .test("council", .council, required: true), .test("police", .police, required: true),
    .test("health", .health),
  ]
}
