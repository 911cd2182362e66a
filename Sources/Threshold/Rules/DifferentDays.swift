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
    day = Self.days(application)
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

  /// For each complaint a place that stands for its complainant and day. A day that is in doubt is one of its
  /// own in the complaint's favour; otherwise reports that may have been made on one day were, so that there
  /// are as few days as there can be: the last day of the range that ends first is that of all that it lies
  /// in, and so on.
  private static func days(_ application: EstablishedApplication) -> [Int] {
    let facts = application.facts
    var days = Array(facts.indices)
    let certain = facts.indices.filter { place in
      let made = facts[place].complaint
      return !application.isReadInFavour(place)
        || (made.lowerBound == made.upperBound && !application.hasDaysInConflict(place))
    }
    var standing: [(place: Int, day: CalendarDate)] = []
    let ended = certain.sorted {
      (facts[$0].complaint.upperBound, $0) < (facts[$1].complaint.upperBound, $1)
    }
    for place in ended {
      let made = facts[place].complaint
      let same = standing.first { other in
        made.contains(other.day) && facts[other.place].complainant == facts[place].complainant
      }
      if let same {
        days[place] = same.place
      } else {
        standing.append((place, made.upperBound))
      }
    }
    return days
  }
}
