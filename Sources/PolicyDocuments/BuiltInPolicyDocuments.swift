/// The documents that come with Recourse.
public enum BuiltInPolicyDocuments {
  /// The pack that lends clocks first, then the areas.
  public static let all = [recourseDefault, plymouth]

  /// Lends clocks to areas that do not publish their own; values that most councils use.
  public static let recourseDefault = """
    # Values in the middle of what councils publish: acknowledgement in 2 to 3 working days (Richmond,
    # Guildford), information in 10 (Stockton), decision in 10 to 21 (Durham, Richmond), panel in 10 to 20
    # after the decision (Durham, Gosport), outcome in 5 to 15 (Stockton, Westminster), appeal in 20
    # (Birmingham, Hinckley and Bosworth).
    name: recourse-default
    version: "1"
    nation: england
    from: 2014-10-20            # the day on which s.104 came into force
    clocks:                     # stage, how long, counted from
      - {stage: acknowledge, period: 3 workingDays,  from: receipt}
      - {stage: information, period: 10 workingDays, from: receipt}
      - {stage: decide,      period: 15 workingDays, from: receipt, pausable: true}
      - {stage: panel,       period: 20 workingDays, from: decision}
      - {stage: outcome,     period: 10 workingDays, from: meeting}
      - {stage: appeal,      period: 20 workingDays, from: outcome}
    """

  /// Plymouth, from its public page on ASB case reviews (plymouth.gov.uk). What the page does not say stands
  /// here as an assumption and is marked.
  public static let plymouth = """
    # Source: plymouth.gov.uk/anti-social-behaviour-case-reviews-community-trigger, as far as it could be
    # read. It also accepts "nuisance or annoyance" that adds up to a significant detriment: that is about
    # what anti-social behaviour is, not a number of reports, so no alternative stands here for it.
    name: plymouth
    version: "1"
    area: plymouth
    nation: england
    from: 2022-01-17            # assumption: the day on which the procedure was launched
    mandatory:                  # 3 or more reports of the same problem in 6 months
      required: 3
      complaintWindow: 1 months
      applicationWindow: 6 months
    alternatives:
      - key: two-with-hate      # 2 or more, if at least one is a hate crime or incident,
        kind: hate              # "and further actions are available"
        complaints: 2
        ofHate: 1
        clause: Plymouth procedure, two reports with hate
        toFind: [find-further-actions]
    factors: [persistence, harm, response]
    bodies:                     # key, kind; s.105 and Schedule 4 paragraph 5
      - {key: plymouth-city-council, name: Plymouth City Council, kind: council, requiredForPanel: true}
      - {key: devon-and-cornwall-police, name: Devon & Cornwall Police, kind: police, requiredForPanel: true}
      - {key: nhs-devon-ccg, name: NHS Devon Clinical Commissioning Group, kind: health, until: 2022-06-30}
      - {key: nhs-devon-icb, name: NHS Devon Integrated Care Board, kind: health, since: 2022-07-01}
      - {key: plymouth-community-homes, name: Plymouth Community Homes, kind: housing-provider}
      - {key: livewest, name: LiveWest, kind: housing-provider}
      - {key: sovereign, name: Sovereign, kind: housing-provider}
      - {key: guinness, name: Guinness, kind: housing-provider}
      - {key: anchor, name: Anchor, kind: housing-provider}
    supportAgencies:
      - {key: victim-support, name: Victim Support, selfReferral: victimsupport.org.uk}
      - {key: victim-care-unit, name: Devon & Cornwall Victim Care Unit, selfReferral: victimcaredevonandcornwall.org.uk}
    questionnaire: [frequency, escalating, targeted, health, disability, isolated, children, fear]
    """
}
