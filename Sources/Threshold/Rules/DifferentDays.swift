import CaseModel

/// Where a procedure takes one person's reports on one day for one complaint, besides those of one incident:
/// as many count as there are incidents that can each be given a day of their own. Which ones is found by
/// pairing incidents with days (H. W. Kuhn's augmenting paths), so that neither the order of the reports nor
/// one more of them can make fewer count.
struct DifferentDays {
  /// For each complaint, by place: its incident, and the day that its complainant reported it on.
  private let incident: [Int]
  private let day: [Int]
  private let reports: [Int: [Int]]
  /// The report that has each day.
  private var holder: [Int: Int] = [:]

  /// Of the complaints at some places; incidents of hate are given days first.
  init(_ application: EstablishedApplication, _ places: [Int]) {
    let complaints = application.facts
    incident = application.occurrences ?? Array(complaints.indices)
    day =
      EstablishedApplication.firstOfEach(complaints, where: Self.isOfSamePersonAndDay)
      ?? Array(complaints.indices)
    let incident = incident
    let places = places.sorted { Self.isBefore(complaints[$0], complaints[$1]) }
    reports = Dictionary(grouping: places) { incident[$0] }
    let ofHate = HateIncidents(application)
    for isOfHate in [true, false] {
      for place in places where ofHate.contains(place) == isOfHate {
        guard !hasDay(incident[place]) else { continue }
        var tried: Set<Int> = []
        _ = giveDay(to: incident[place], &tried)
      }
    }
  }

  /// How each of them stands, by place.
  var verdicts: [Int: Tally.Verdict] {
    var counting: [Int: Int] = [:]
    for place in holder.values { counting[incident[place]] = place }
    var verdicts: [Int: Tally.Verdict] = [:]
    for place in reports.values.joined() {
      if let other = counting[incident[place]] {
        verdicts[place] =
          other == place ? .counts : .once(with: other, .sameComplainantSameIncident)
      } else if let other = holder[day[place]] {
        verdicts[place] = .once(with: other, .sameComplainantSameDay)
      }
    }
    return verdicts
  }

  private func hasDay(_ incident: Int) -> Bool {
    reports[incident, default: []].contains { holder[day[$0]] == $0 }
  }

  /// Gives an incident a day, if need be one that another incident can do without.
  private mutating func giveDay(to incident: Int, _ tried: inout Set<Int>) -> Bool {
    for place in reports[incident, default: []] {
      guard tried.insert(day[place]).inserted else { continue }
      if let other = holder[day[place]], !giveDay(to: self.incident[other], &tried) { continue }
      holder[day[place]] = place
      return true
    }
    return false
  }

  /// By what they are, so that the order in which they are listed makes no difference.
  private static func isBefore(_ one: ComplaintFacts, _ other: ComplaintFacts) -> Bool {
    let days = (one.complaint.lowerBound, one.complaint.upperBound)
    let others = (other.complaint.lowerBound, other.complaint.upperBound)
    if days != others { return days < others }
    return (one.complainant, one.incident) < (other.complainant, other.incident)
  }

  /// A day that is in doubt cannot be said to be the same.
  private static func isOfSamePersonAndDay(
    _ one: ComplaintFacts, _ other: ComplaintFacts
  ) -> Bool {
    one.complaint.lowerBound == one.complaint.upperBound && one.complaint == other.complaint
      && one.complainant == other.complainant
  }
}
