public import CaseModel

/// An area's procedure as a document that never changes: what decides the threshold, who takes part, and
/// by when. It is named by its digest; a case keeps the pack that was in force on the day of receipt.
public struct PolicyPack: Sendable, Hashable {
  /// Which law's list of relevant bodies applies (s.105).
  public enum Nation: String, Sendable, CaseIterable {
    case england
    case wales
  }

  /// Such as `plymouth`; `recourse-default` lends what an area does not publish.
  public let name: String
  public let version: String
  /// SHA-256 of the document's bytes, in hexadecimal.
  public let digest: String
  /// The area that it is for; nil for `recourse-default`.
  public let area: String?
  public let nation: Nation
  /// First day of receipt that it applies to.
  public let from: CalendarDate
  /// Last day of receipt that it applies to; nil while it is in force.
  public let until: CalendarDate?
  /// s.104(4).
  public let mandatory: MandatoryRule
  /// The area's own alternatives.
  public let alternatives: [LocalAlternative]
  /// What a person weighs under s.104(5).
  public let factors: [DiscretionaryFactor]
  /// Conditions that the published procedure adds, as it words them; checked, never applied to s.104(4).
  public let caveats: [Caveat]
  public let clocks: [Clock]
  public let bodies: [RelevantBody]
  public let supportAgencies: [SupportAgency]
  /// Keys that answers about risk may have.
  public let questionnaire: [String]
  /// What else the procedure says.
  public let procedure: Procedure
  /// Where the values come from.
  public let provenance: Provenance

  /// The parts of a procedure beyond what decides the threshold; those that are not known are absent.
  public struct Procedure: Sendable, Hashable {
    /// The area as people know it.
    public var title = ""
    /// Areas whose place this one takes, from ``PolicyPack/from`` on.
    public var succeeds: [String] = []
    /// Parts of the area that applications are made for, and the bodies that only they concern.
    public var parts: [AreaPart] = []
    /// Where the current procedure is published (s.104(2)); empty where it is not known.
    public var publishedAt = ""
    public var contact: PointOfContact?
    public var dedupe = DedupeRule.sameComplainantSameIncident
    /// Kinds of bodies a report to which is recognised; empty: all relevant bodies.
    public var recipients: [RelevantBody.Kind] = []
    public var decision = DecisionPolicy()
    public var appeals: [AppealPolicy] = []
    public var localPolicingBodies: [LocalPolicingBody] = []
    public var consultations: [Consultation] = []
    public var reporting: ReportingPolicy?
    public var retention: [Retention] = []
    public var division = WorkingCalendar.Division.englandAndWales
    /// Days on which the offices are closed besides weekends and bank holidays.
    public var closures: [CalendarDate] = []
    /// Hour of the day, Europe/London, from which something that arrives counts as received on the next
    /// working day; nil: it counts on the day on which it arrives.
    public var closesAtHour: Int?
    public var languages: [Language] = [.english]
    public var wordings: [Wording] = []
    public var commencements: [Commencement] = []

    public init() {}
  }

  public init(
    name: String, version: String, digest: String, area: String?, nation: Nation,
    from: CalendarDate, until: CalendarDate? = nil, mandatory: MandatoryRule = MandatoryRule(),
    alternatives: [LocalAlternative] = [], factors: [DiscretionaryFactor] = [],
    caveats: [Caveat] = [], clocks: [Clock] = [], bodies: [RelevantBody] = [],
    supportAgencies: [SupportAgency] = [], questionnaire: [String] = [],
    procedure: Procedure = Procedure(), provenance: Provenance = Provenance()
  ) {
    self.name = name
    self.version = version
    self.digest = digest
    self.area = area
    self.nation = nation
    self.from = from
    self.until = until
    self.mandatory = mandatory
    self.alternatives = alternatives
    self.factors = factors
    self.caveats = caveats
    self.clocks = clocks
    self.bodies = bodies
    self.supportAgencies = supportAgencies
    self.questionnaire = questionnaire
    self.procedure = procedure
    self.provenance = provenance
  }

  /// The calendar that its clocks run by.
  public var calendar: WorkingCalendar {
    WorkingCalendar(procedure.division, closures: procedure.closures)
  }

  /// The pack that lends clocks to areas that do not publish their own.
  public static let defaultName = "recourse-default"

  /// True if it applies to an application received on a day.
  public func isInForce(on day: CalendarDate) -> Bool {
    from <= day && (until.map { day <= $0 } ?? true)
  }

  /// What it says of appeals against a decision; nil where it is not known to have any.
  public func appeal(about subject: AppealPolicy.Subject) -> AppealPolicy? {
    procedure.appeals.first { $0.subject == subject }
  }

  /// A body that takes part in reviews, by its key.
  public func body(_ key: String) -> RelevantBody? { bodies.first { $0.key == key } }

  /// The bodies that every application must be passed to (s.104(3)) on a day.
  public func bodiesToNotify(on day: CalendarDate) -> [RelevantBody] {
    bodies.filter { $0.isNotified && $0.exists(on: day) }
  }

  /// Of these, the ones that behaviour in a part of the area concerns: those of the part, and those of no
  /// part. All of them where there is no such part.
  public func bodiesToNotify(on day: CalendarDate, inPart area: String) -> [RelevantBody] {
    let bodies = bodiesToNotify(on: day)
    guard let part = procedure.parts.first(where: { $0.area == area }) else { return bodies }
    let elsewhere = Set(procedure.parts.flatMap(\.bodies)).subtracting(part.bodies)
    return bodies.filter { !elsewhere.contains($0.key) }
  }

  /// True if it is for an area or for that part of one.
  public func serves(_ area: String) -> Bool {
    self.area == area || procedure.parts.contains { $0.area == area }
  }

  /// The bodies without which a panel does not meet.
  public func bodiesForQuorum(on day: CalendarDate) -> [RelevantBody] {
    bodies.filter { $0.isRequiredForPanel && $0.exists(on: day) }
  }

  /// The clock of a stage, from this pack or else lent by another, and which of the two. A lent one is held
  /// to this pack's own later stages: it never ends after one that is counted from the same day.
  public func clock(
    _ stage: Clock.Stage, fallback: PolicyPack?
  ) -> (clock: Clock, source: String)? {
    if let own = clocks.first(where: { $0.stage == stage }) { return (own, name) }
    guard let lent = fallback?.clocks.first(where: { $0.stage == stage }) else { return nil }
    return (held(lent), fallback?.name ?? Self.defaultName)
  }

  private func held(_ lent: Clock) -> Clock {
    let later = clocks.filter {
      $0.stage.follows(lent.stage) && $0.anchor == lent.anchor
        && $0.period.unit == lent.period.unit && $0.period.amount < lent.period.amount
    }
    guard let first = later.min(by: { $0.period.amount < $1.period.amount }) else { return lent }
    return Clock(
      lent.stage, first.period, from: lent.anchor, isPausable: lent.isPausable,
      onBreach: lent.onBreach)
  }
}
