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
    occurrences = Self.firstOfEach(facts) { facts in
      // Without an incident it stands alone.
      facts.incident.isEmpty
        ? nil : Occurrence(complainant: facts.complainant, incident: facts.incident)
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

  private func isFavoured(_ doubt: Doubt) -> Bool {
    givesBenefitOfTheDoubt != (!otherwise.isEmpty && otherwise.contains(doubt))
  }

  private struct Occurrence: Hashable {
    let complainant: String
    let incident: String
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

extension EstablishedApplication {
  /// So few are compared each with each, which is quicker than keeping them in a table.
  private static let fewLimit = 16

  /// For each complaint, the place of the first that has the same key; its own if it has none. Nil if no two
  /// have the same.
  static func firstOfEach<Key: Hashable>(
    _ complaints: [ComplaintFacts], by key: (ComplaintFacts) -> Key?
  ) -> [Int]? {
    guard complaints.count > 1 else { return nil }
    var firsts: [Int]?
    if complaints.count <= fewLimit {
      for place in complaints.indices.dropFirst() {
        guard let own = key(complaints[place]) else { continue }
        let first = (0..<place).first { key(complaints[$0]) == own }
        if let first { firsts = firsts ?? Array(complaints.indices); firsts?[place] = first }
      }
      return firsts
    }
    var seen = [Key: Int](minimumCapacity: complaints.count)
    for place in complaints.indices {
      guard let key = key(complaints[place]) else { continue }
      if let first = seen[key] {
        firsts = firsts ?? Array(complaints.indices)
        firsts?[place] = first
      } else {
        seen[key] = place
      }
    }
    return firsts
  }

  /// How many different keys the complaints at some places have; those without one are left out.
  func different<Key: Hashable>(
    _ places: some Collection<Int>, by key: (ComplaintFacts) -> Key?
  ) -> Int {
    guard places.count <= Self.fewLimit else {
      return Set(places.compactMap { key(facts[$0]) }).count
    }
    return places.count { place in
      guard let own = key(facts[place]) else { return false }
      return !places.contains { $0 < place && key(facts[$0]) == own }
    }
  }
}

extension ComplaintFacts {
  /// With the days that a body has on record.
  fileprivate func corrected(by finding: Evidence.Finding) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: finding.behaviour ?? behaviour,
      complaint: finding.reported ?? complaint, body: body, complainant: complainant,
      incident: incident, hate: hate, household: household)
  }
}
