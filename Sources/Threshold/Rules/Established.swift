import CaseModel

/// A complaint as the evidence leaves it: days that a body has on record stand in place of the applicant's.
struct Established {
  let facts: ComplaintFacts
  let standing: Standing
  /// Who confirms it, disputes it or cannot find it, by key; whom it was made to where nobody was asked.
  let body: String
  /// True if it counts although a body disputes it or has no record of it.
  var isBelieved: Bool
  /// True if days in doubt are read as is best for the applicant; otherwise as is worst.
  var isReadInFavour: Bool

  var isInDispute: Bool { standing == .bodyDisputes || standing == .nobodyKnows }

  var hasDaysInDoubt: Bool {
    facts.behaviour.lowerBound < facts.behaviour.upperBound
      || facts.complaint.lowerBound < facts.complaint.upperBound
  }
}

/// An application as the evidence leaves it.
struct EstablishedApplication {
  let receivedOn: CalendarDate
  var complaints: [Established]
  /// For each complaint the first one by the same person about the same incident; nil if all differ.
  let occurrences: [Int]?

  init(_ application: ApplicationFacts, _ evidence: Evidence, givesBenefitOfTheDoubt: Bool) {
    receivedOn = application.receivedOn
    let findings = Self.strongest(application, evidence)
    let complaints = application.complaints.map { facts in
      let finding = findings[facts.index]
      return Established(
        facts: finding.map(facts.corrected) ?? facts, standing: finding?.standing ?? .applicantSays,
        body: finding?.body ?? facts.body, isBelieved: givesBenefitOfTheDoubt,
        isReadInFavour: givesBenefitOfTheDoubt)
    }
    self.complaints = complaints
    occurrences = Self.firstOfEach(complaints) { facts in
      // Without an incident it stands alone.
      facts.incident.isEmpty
        ? nil : Occurrence(complainant: facts.complainant, incident: facts.incident)
    }
  }

  /// For each complaint, the place of the first that has the same key; its own if it has none. Nil if no two
  /// have the same.
  static func firstOfEach<Key: Hashable>(
    _ complaints: [Established], by key: (ComplaintFacts) -> Key?
  ) -> [Int]? {
    guard complaints.count > 1 else { return nil }
    var (seen, firsts, isShared) = ([Key: Int](minimumCapacity: complaints.count), [Int](), false)
    firsts.reserveCapacity(complaints.count)
    for (place, complaint) in complaints.enumerated() {
      guard let key = key(complaint.facts) else {
        firsts.append(place)
        continue
      }
      if let first = seen[key] {
        firsts.append(first)
        isShared = true
      } else {
        seen[key] = place
        firsts.append(place)
      }
    }
    return isShared ? firsts : nil
  }

  private struct Occurrence: Hashable {
    let complainant: String
    let incident: String
  }

  /// The finding that decides about each complaint, by the complaint's index.
  private static func strongest(
    _ application: ApplicationFacts, _ evidence: Evidence
  ) -> [Int: Evidence.Finding] {
    guard !evidence.findings.isEmpty else { return [:] }
    let madeTo = Dictionary(application.complaints.map { ($0.index, $0.body) }) { first, _ in first
    }
    return evidence.findings.reduce(into: [:]) { strongest, finding in
      guard let own = madeTo[finding.complaint] else { return }
      if let other = strongest[finding.complaint], !isStronger(finding, other, own) { return }
      strongest[finding.complaint] = finding
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

extension ComplaintFacts {
  /// With the days that a body has on record.
  fileprivate func corrected(by finding: Evidence.Finding) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: finding.behaviour ?? behaviour,
      complaint: finding.reported ?? complaint, body: body, complainant: complainant,
      incident: incident, hate: hate, household: household)
  }
}
