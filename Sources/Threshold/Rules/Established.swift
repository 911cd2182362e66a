import CaseModel

/// An application as the evidence leaves it. The days that the body which a complaint was made to has on
/// record stand in place of the applicant's where they are among these; where they are others, both are
/// readings of a fact in doubt.
struct EstablishedApplication {
  let receivedOn: CalendarDate
  /// The complaints, in the application's order; where two readings are in conflict, as the record has it.
  private(set) var facts: [ComplaintFacts]
  /// For each complaint the first one by the same person about the same incident; nil if all differ.
  private(set) var occurrences: [Int]?
  /// For each complaint what the applicant says where a record says otherwise; empty where none does.
  private var told: [ComplaintFacts?]
  /// For each complaint what a body says of it; empty where none says anything.
  private let findings: [Evidence.Finding?]
  /// True if what is in doubt is read as is best for the applicant; otherwise as is worst.
  let givesBenefitOfTheDoubt: Bool
  /// How doubts are read that are not fixed.
  private var reading = Reading.asTaken
  /// Doubts that are read in a way of their own: in favour, or not.
  private var fixed: [Doubt: Bool] = [:]
  /// A complaint of which less is in doubt than there was.
  private var known: Int?

  /// A fact in doubt.
  struct Doubt: Hashable {
    /// Which complaint; of several, the first.
    let place: Int
    let about: Subject

    /// What of it.
    enum Subject: Hashable {
      case whetherMade
      case days
      /// Whether it and others are about one incident.
      case incident
    }
  }

  /// How facts in doubt are read.
  enum Reading {
    /// As the procedure has it; reports that may be of one incident count apart.
    case asTaken
    case best
    case worst
  }

  init(_ application: ApplicationFacts, _ evidence: Evidence, givesBenefitOfTheDoubt: Bool) {
    receivedOn = application.receivedOn
    self.givesBenefitOfTheDoubt = givesBenefitOfTheDoubt
    findings = Self.strongest(application, evidence)
    facts = application.complaints
    told = []
    for (place, finding) in findings.enumerated() {
      guard let finding else { continue }
      let own = facts[place]
      switch RecordedDays(of: own, finding, receivedOn: receivedOn) {
      case .unusable: break
      case .settled(let days): facts[place] = own.with(days)
      case .inConflict(let days):
        if told.isEmpty { told = Array(repeating: nil, count: facts.count) }
        (facts[place], told[place]) = (own.with(days), own)
      }
    }
    occurrences = Self.occurrences(facts)
  }

  private static func occurrences(_ facts: [ComplaintFacts]) -> [Int]? {
    firstOfEach(facts) { $0.isOfSameIncident(as: $1) && $0.complainant == $1.complainant }
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

  /// True if the body that it was made to has days on record that are not among the applicant's.
  func hasDaysInConflict(_ place: Int) -> Bool { !told.isEmpty && told[place] != nil }

  /// What the applicant says, where that is in conflict with the record and is not ruled out.
  func toldInFavour(_ place: Int) -> ComplaintFacts? {
    told.isEmpty || !isReadInFavour(place) ? nil : told[place]
  }

  /// The last day on which it may have been reported.
  func lastDay(_ place: Int) -> CalendarDate {
    let recorded = facts[place].complaint.upperBound
    return toldInFavour(place).map { max($0.complaint.upperBound, recorded) } ?? recorded
  }

  func hasDaysInDoubt(_ place: Int) -> Bool {
    facts[place].isVague || hasDaysInConflict(place)
  }

  /// True if it counts although a body disputes it or has no record of it.
  func isBelieved(_ place: Int) -> Bool { isFavoured(Doubt(place: place, about: .whetherMade)) }

  /// True if its days are read as is best for the applicant.
  func isReadInFavour(_ place: Int) -> Bool { isFavoured(Doubt(place: place, about: .days)) }

  /// True if its days are not read as the procedure has it, or are known better than they are.
  func areDaysReadOtherwise(_ place: Int) -> Bool {
    place == known || (hasDaysInDoubt(place) && isReadInFavour(place) != givesBenefitOfTheDoubt)
  }

  private func isFavoured(_ doubt: Doubt) -> Bool {
    if !fixed.isEmpty, let isInFavour = fixed[doubt] { return isInFavour }
    return switch reading {
    case .asTaken: doubt.about == .incident || givesBenefitOfTheDoubt
    case .best: true
    case .worst: false
    }
  }

  /// Everything that is in doubt.
  /// - Parameter groups: ``perhapsOneIncident``.
  func doubts(_ groups: [[Int]]) -> [Doubt] {
    var doubts: [Doubt] = []
    for place in places {
      if isInDispute(place) { doubts.append(Doubt(place: place, about: .whetherMade)) }
      if hasDaysInDoubt(place) { doubts.append(Doubt(place: place, about: .days)) }
    }
    for group in groups {
      doubts.append(Doubt(place: group[0], about: .incident))
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

// MARK: - Read otherwise

extension EstablishedApplication {
  /// True if it is read as the procedure has it.
  func takes(_ doubt: Doubt) -> Bool { isFavoured(doubt) }

  /// The same with doubts fixed as they are given, and all others read in one way.
  /// - Parameter groups: ``perhapsOneIncident``, where it is known already.
  func read(
    _ reading: Reading, _ fixed: [Doubt: Bool] = [:], _ groups: [[Int]]? = nil
  ) -> EstablishedApplication {
    var other = self
    (other.reading, other.fixed) = (reading, fixed)
    let joined = (groups ?? perhapsOneIncident).filter { group in
      !other.isFavoured(Doubt(place: group[0], about: .incident))
    }
    guard !joined.isEmpty else { return other }
    for group in joined {
      // No key that anybody can give begins so.
      for place in group { other.facts[place] = facts[place].with(incident: "\0\(group[0])") }
    }
    other.occurrences = Self.occurrences(other.facts)
    return other
  }

  /// The same if the record is right where it is in conflict with what the applicant says.
  func settledByRecord(_ place: Int) -> EstablishedApplication {
    var other = self
    if !told.isEmpty { other.told[place] = nil }
    other.known = place
    return other
  }

  /// The same if less is in doubt about the days of a complaint.
  func knowing(_ place: Int, _ days: ComplaintFacts.Days) -> EstablishedApplication {
    var other = self
    other.facts[place] = facts[place].with(days)
    other.known = place
    return other
  }

  /// Places of reports that may be of one incident: one person's, to several bodies, alike in whether they
  /// are of hate, of what happened on days that may be the same, where nobody said which incident it was.
  var perhapsOneIncident: [[Int]] {
    let alone = places.filter { facts[$0].incident.isEmpty }
    let isInDoubt = alone.indices.contains { index in
      let place = alone[index]
      return alone[..<index].contains { other in
        facts[other].isToAnotherBody(than: facts[place])
          && facts[other].mayBeOfSameIncident(as: facts[place])
      }
    }
    guard isInDoubt else { return [] }
    var groups: [[Int]] = []
    for place in alone {
      let isLike = { (group: [Int]) in
        group.contains { facts[$0].mayBeOfSameIncident(as: facts[place]) }
      }
      guard groups.contains(where: isLike) else {
        groups.append([place])
        continue
      }
      let joined = groups.filter(isLike).joined() + [place]
      groups.removeAll(where: isLike)
      groups.append(joined.sorted())
    }
    return groups.filter { group in
      group.contains { one in
        group.contains { facts[$0].isToAnotherBody(than: facts[one]) }
      }
    }.sorted { $0[0] < $1[0] }
  }
}
