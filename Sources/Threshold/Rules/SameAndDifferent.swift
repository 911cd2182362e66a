import CaseModel

// Each complaint is compared with each: an application has few, and 200 at most, so that this is quicker than
// to keep them in a table.

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
  /// When it happened and when it was reported.
  struct Days: Hashable {
    var behaviour: ClosedRange<CalendarDate>
    var complaint: ClosedRange<CalendarDate>
  }

  var days: Days { Days(behaviour: behaviour, complaint: complaint) }

  /// True if one of its days is only known as a range.
  var isVague: Bool {
    behaviour.lowerBound < behaviour.upperBound || complaint.lowerBound < complaint.upperBound
  }

  /// Without an incident it stands alone.
  func isOfSameIncident(as other: ComplaintFacts) -> Bool {
    incident == other.incident && !incident.isEmpty
  }

  /// True if nothing that is known tells the two incidents apart.
  func mayBeOfSameIncident(as other: ComplaintFacts) -> Bool {
    incident.isEmpty && other.incident.isEmpty && complainant == other.complainant
      && hate == other.hate && behaviour.overlaps(other.behaviour)
  }

  /// Of a body that is in no pack nobody can say whether it is another one.
  func isToAnotherBody(than other: ComplaintFacts) -> Bool {
    body != other.body && !body.isEmpty && !other.body.isEmpty
  }

  func with(_ days: Days) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: days.behaviour, complaint: days.complaint, body: body,
      complainant: complainant, incident: incident, hate: hate, household: household)
  }

  func with(incident: String) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: behaviour, complaint: complaint, body: body,
      complainant: complainant, incident: incident, hate: hate, household: household)
  }
}
