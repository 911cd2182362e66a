/// Documents that tests change in one place.
enum Document {
  /// The least that a pack can be.
  static let least = """
    name: least
    version: "1"
    nation: england
    from: 2020-01-01

    """

  /// Everything that a pack can have.
  static let full = """
    name: cardiff
    version: 2026.1
    area: cardiff
    nation: wales
    from: 2026-01-01
    until: 2026-12-31
    mandatory: {required: 2, complaintWindow: 6 weeks, applicationWindow: 200 days}
    alternatives:
      - {key: hate, kind: hate, complaints: 2, ofHate: 1, clause: Procedure 1, toFind: [find-further-actions]}
      - {key: people, kind: several-people, people: 5, clause: Procedure 2}
      - {key: vulnerable, kind: vulnerability, clause: Procedure 3, toFind: [find-vulnerability]}
      - {key: risk, kind: risk-band, band: high, clause: Procedure 4}
    factors: [harm, persistence]
    caveats: [{kind: case-closed, route: LOCAL}]
    clocks:
      - {stage: panel, period: 20 workingDays, from: decision, pausable: true}
    bodies:
      - {key: council, name: Council, kind: council, requiredForPanel: true}
      - {key: police, name: Police, kind: police}
      - {key: health, name: Health Board, kind: health, since: 2020-01-01, until: 2030-01-01}
      - {key: landlord, name: Landlord, kind: housing-provider, notified: false}
    supportAgencies: [{key: victim-support, name: Victim Support, selfReferral: example.org}]
    questionnaire: [frequency, fear]

    """
}
