import CaseModel

/// An application as the evidence leaves it: days that a body has on record stand in place of the
/// applicant's.
struct EstablishedApplication {
  let receivedOn: CalendarDate
  /// The complaints, in the application's order.
  let facts: [ComplaintFacts]
  /// For each complaint the first one by the same person about the same incident; nil if all differ.
  let occurrences: [Int]?
  /// True if what is in doubt is read as is best for the applicant; otherwise as is worst.
  let givesBenefitOfTheDoubt: Bool
  /// Doubts that are read the other way.
  var otherwise: [Doubt] = []
  /// For each complaint what a body says of it; empty where none says anything.
  private let findings: [Evidence.Finding?]

  /// A fact in doubt.
  struct Doubt: Hashable {
    /// Which complaint.
    let place: Int
    /// About its days; otherwise about whether it was made.
    let isAboutDays: Bool
  }

  init(_ application: ApplicationFacts, _ evidence: Evidence, givesBenefitOfTheDoubt: Bool) {
    receivedOn = application.receivedOn
    self.givesBenefitOfTheDoubt = givesBenefitOfTheDoubt
    let findings = Self.strongest(application, evidence)
    self.findings = findings
    facts =
      findings.isEmpty
      ? application.complaints
      : zip(application.complaints, findings).map { facts, finding in
        finding.map(facts.corrected) ?? facts
      }
    occurrences = Self.firstOfEach(facts) {
      $0.isOfSameIncident(as: $1) && $0.complainant == $1.complainant
    }
  }

  var places: Range<Int> { facts.indices }

  func standing(_ place: Int) -> Standing {
    findings.isEmpty ? .applicantSays : findings[place]?.standing ?? .applicantSays
  }

  /// Who confirms it, disputes it or cannot find it, by key; whom it was made to where nobody was asked.
  func body(_ place: Int) -> String {
    findings.isEmpty ? facts[place].body : findings[place]?.body ?? facts[place].body
  }

  func isInDispute(_ place: Int) -> Bool {
    let standing = standing(place)
    return standing == .bodyDisputes || standing == .nobodyKnows
  }

  func hasDaysInDoubt(_ place: Int) -> Bool {
    let (behaviour, made) = (facts[place].behaviour, facts[place].complaint)
    return behaviour.lowerBound < behaviour.upperBound || made.lowerBound < made.upperBound
  }

  /// True if it counts although a body disputes it or has no record of it.
  func isBelieved(_ place: Int) -> Bool { isFavoured(Doubt(place: place, isAboutDays: false)) }

  /// True if its days are read as is best for the applicant.
  func isReadInFavour(_ place: Int) -> Bool { isFavoured(Doubt(place: place, isAboutDays: true)) }

  func areDaysReadOtherwise(_ place: Int) -> Bool {
    otherwise.contains(Doubt(place: place, isAboutDays: true))
  }

  private func isFavoured(_ doubt: Doubt) -> Bool {
    givesBenefitOfTheDoubt != (!otherwise.isEmpty && otherwise.contains(doubt))
  }

  /// Everything that is in doubt.
  var doubts: [Doubt] {
    var doubts: [Doubt] = []
    for place in places {
      if isInDispute(place) { doubts.append(Doubt(place: place, isAboutDays: false)) }
      if hasDaysInDoubt(place) { doubts.append(Doubt(place: place, isAboutDays: true)) }
    }
    return doubts
  }

  /// For each complaint the finding that decides about it; empty where there is none.
  private static func strongest(
    _ application: ApplicationFacts, _ evidence: Evidence
  ) -> [Evidence.Finding?] {
    guard !evidence.findings.isEmpty else { return [] }
    let complaints = application.complaints
    return complaints.indices.map { place in
      let own = complaints[place]
      // Where two complaints have one index, the first says whom it was made to.
      let madeTo = complaints.first { $0.index == own.index }?.body ?? own.body
      var strongest: Evidence.Finding?
      for finding in evidence.findings where finding.complaint == own.index {
        if let other = strongest, !isStronger(finding, other, madeTo) { continue }
        strongest = finding
      }
      return strongest
    }
  }

  /// A record goes before its denial, and that before ignorance; then the body that it was made to.
  private static func isStronger(
    _ one: Evidence.Finding, _ other: Evidence.Finding, _ madeTo: String
  ) -> Bool {
    func rank(_ finding: Evidence.Finding) -> (Int, Int) {
      let standing =
        switch finding.standing {
        case .bodyConfirms: 3
        case .bodyDisputes: 2
        case .nobodyKnows: 1
        case .applicantSays: 0
        }
      return (standing, finding.body == madeTo ? 1 : 0)
    }
    return rank(one) == rank(other) ? one.body < other.body : rank(one) > rank(other)
  }
}

// MARK: - The same, and different

/// Each is compared with each: an application has few complaints, and 200 at most, so that this is quicker than
/// to keep them in a table.
extension EstablishedApplication {
  /// For each complaint, the place of the first that is the same; its own if none is. Nil if no two are.
  static func firstOfEach(
    _ facts: [ComplaintFacts], where isSame: (ComplaintFacts, ComplaintFacts) -> Bool
  ) -> [Int]? {
    var firsts: [Int]?
    for place in facts.indices.dropFirst() {
      let first = facts[..<place].indices.first { isSame(facts[$0], facts[place]) }
      guard let first else { continue }
      firsts = firsts ?? Array(facts.indices)
      firsts?[place] = first
    }
    return firsts
  }

  /// How many different ones there are among the complaints at some places.
  func different(
    _ places: some Collection<Int>, where isSame: (ComplaintFacts, ComplaintFacts) -> Bool
  ) -> Int {
    places.count { place in
      !places.contains { $0 < place && isSame(facts[$0], facts[place]) }
    }
  }
}

extension ComplaintFacts {
  /// Without an incident it stands alone.
  func isOfSameIncident(as other: ComplaintFacts) -> Bool {
    incident == other.incident && !incident.isEmpty
  }

  /// With the days that a body has on record.
  fileprivate func corrected(by finding: Evidence.Finding) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: finding.behaviour ?? behaviour,
      complaint: finding.reported ?? complaint, body: body, complainant: complainant,
      incident: incident, hate: hate, household: household)
  }
}
