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
    title: Cardiff
    succeeds: [west-cardiff, east-cardiff]
    parts:
      - {area: bay, name: The Bay, bodies: [health]}
    nation: wales
    from: 2026-01-01
    until: 2026-12-31
    publishedAt: example.org/procedure
    contact:
      name: Community Safety Team
      ways:
        - {kind: online, at: example.org/form}
        - {kind: in-person, at: City Hall}
    mandatory: {required: 2, complaintWindow: 6 weeks, applicationWindow: 200 days}
    alternatives:
      - {key: hate, kind: hate, complaints: 2, ofHate: 1, clause: Procedure 1, toFind: [find-further-actions]}
      - {key: people, kind: several-people, people: 5, complaints: 7, clause: Procedure 2, clauseCy: Gweithdrefn 2, complaintWindow: 30 days, applicationWindow: 9 months}
      - {key: vulnerable, kind: vulnerability, clause: Procedure 3, toFind: [find-vulnerability]}
      - {key: risk, kind: risk-band, band: high, clause: Procedure 4}
      - {key: homes, kind: several-households, households: 3, complaints: 4, clause: Procedure 5}
    factors: [harm, persistence]
    caveats:
      - {kind: shorter-window, route: LOCAL, words: within seven days, wordsCy: o fewn saith niwrnod, period: 7 days}
    dedupe: same-incident
    recipients: [police, council]
    decision: {body: council, capacity: Manager, secondSignatureOnNotMet: true, benefitOfTheDoubt: false}
    clocks:
      - {stage: panel, period: 20 workingDays, from: decision, pausable: true, onBreach: escalate}
    appeals:
      - {subject: handling, grounds: [threshold-was-met], window: 28 days, handler: A director, stages: 2}
      - {subject: review}
    localPolicingBodies:
      - {name: A commissioner, kind: commissioner, since: 2012-11-22, until: 2028-05-03}
    consultations:
      - {with: local-policing-body, on: 2025-11-03}
    reporting: {period: 3 months, startMonth: 1, reversal: net, publishedAt: example.org/figures}
    retention:
      - {of: not-met, period: 36 months}
    calendar: {division: england-and-wales, closures: [2026-12-29, 2026-12-30], closesAtHour: 17}
    languages: [cy, en]
    wordings:
      - {topic: pledge, language: cy, text: Addewid}
      - {topic: appeal, subject: review, language: en, text: In writing.}
      - {topic: appeal, subject: handling, language: en, text: By phone.}
    commencements:
      - {provision: data-return, from: 2027-04-01}
      - {provision: local-policing-body-review}
    bodies:
      - {key: council, name: Council, kind: council, requiredForPanel: true}
      - {key: police, name: Police, kind: police}
      - {key: health, name: Health Board, kind: health, since: 2020-01-01, until: 2030-01-01}
      - {key: landlord, name: Landlord, kind: housing-provider, notified: false, mailbox: asb@landlord.example}
    supportAgencies:
      - {key: victim-support, name: Victim Support, selfReferral: example.org}
    questionnaire: [frequency, fear]
    sources:
      - {key: S50, title: Procedure, address: example.org/procedure, inPart: true}
      - {key: act, title: The Act, address: legislation.gov.uk/ukpga/2014/12}
    provenance:
      - {path: mandatory, sources: [S50, act]}
      - {path: caveats.shorter-window, assumption: Read from the form}
    unknown: [appeals.review.window, clocks.response, contact.ways.phone, bodies.police.since, alternatives.further]

    """

  /// The line, counted from 1, on which a text stands in the full document.
  static func line(of text: String) -> Int? {
    full.firstRange(of: text).map { range in
      full[..<range.lowerBound].count { $0 == "\n" } + 1
    }
  }
}
