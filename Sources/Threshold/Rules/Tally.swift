import CaseModel
import Policy

/// How the complaints stand on one route, before it is put into words.
struct Tally {
  /// How one complaint stands.
  enum Verdict: Hashable {
    case counts
    /// It counts once together with another, by place.
    case once(with: Int, Reason.Code)
    /// It does not qualify under s.104(11).
    case outOfTime
    /// It is disputed or not on record, and the procedure gives no benefit of the doubt.
    case notBelieved
    case notRecognised
    /// The procedure's own condition keeps it from counting.
    case narrowed(by: String)
  }

  let application: EstablishedApplication
  let periods: [Section104Subsection11]
  private(set) var verdicts: [Verdict]
  /// A condition of the procedure's that all of them together do not fulfil; then none counts.
  private(set) var narrowedBy: String?

  /// By s.104(11) alone; nothing is counted together yet.
  init(_ application: EstablishedApplication, within periods: QualifyingPeriods) {
    self.application = application
    let days = application.complaints.map {
      Section104Subsection11($0, receivedOn: application.receivedOn, within: periods)
    }
    verdicts = zip(application.complaints, days).map { complaint, days in
      if days.refusal != nil { return .outOfTime }
      return complaint.isInDispute && !complaint.isBelieved ? .notBelieved : .counts
    }
    self.periods = days
  }

  /// Lets one that counts no longer do so.
  mutating func exclude(_ place: Int, _ verdict: Verdict) {
    if verdicts[place] == .counts { verdicts[place] = verdict }
  }

  /// Lets none count, however many would.
  mutating func narrow(by caveat: String) {
    narrowedBy = narrowedBy ?? caveat
  }

  /// Of those that count and have the same first one, one counts: the earliest, then the first listed.
  mutating func countOnce(
    _ firsts: [Int]?, _ code: Reason.Code
  ) {
    guard let firsts else { return }
    var standing = [Int?](repeating: nil, count: verdicts.count)
    for place in verdicts.indices where verdicts[place] == .counts {
      let (complaints, first) = (application.complaints, firsts[place])
      if let other = standing[first], !Self.isEarlier(complaints[place], complaints[other]) {
        continue
      }
      standing[first] = place
    }
    for place in verdicts.indices where verdicts[place] == .counts {
      guard let other = standing[firsts[place]], other != place else { continue }
      verdicts[place] = .once(with: other, code)
    }
  }

  /// Where the one that another counted together with now counts with a third, both count with the third.
  mutating func followThrough(_ code: Reason.Code) {
    for place in verdicts.indices {
      guard case .once(let other, _) = verdicts[place], case .once(let third, _) = verdicts[other]
      else {
        continue
      }
      verdicts[place] = .once(with: third, code)
    }
  }

  /// Of those that count, one person's reports on one day, or of one incident, count once.
  mutating func countOnDifferentDays() {
    for (place, verdict) in DifferentDays(application, counting).verdicts {
      verdicts[place] = verdict
    }
  }

  private static func isEarlier(_ one: Established, _ other: Established) -> Bool {
    let (days, others) = (one.facts.complaint, other.facts.complaint)
    return days.lowerBound == others.lowerBound
      ? days.upperBound < others.upperBound : days.lowerBound < others.lowerBound
  }

  /// How many count.
  var counted: Int { narrowedBy == nil ? verdicts.count { $0 == .counts } : 0 }

  /// Places of those that count.
  var counting: [Int] {
    narrowedBy == nil ? verdicts.indices.filter { verdicts[$0] == .counts } : []
  }

  /// Places of those that count, by themselves or together with another, whatever the procedure's conditions.
  var qualifying: [Int] {
    verdicts.indices.filter { place in
      switch verdicts[place] {
      case .counts, .once: true
      default: false
      }
    }
  }

  /// For each one that would count but for a condition on all of them: the last day on which an application
  /// can be made so that it, or one that counts together with it, still counts.
  var lastDays: [(place: Int, day: CalendarDate)] {
    var days = verdicts.indices.map { verdicts[$0] == .counts ? periods[$0].applicationBy : nil }
    for place in verdicts.indices {
      guard case .once(let other, _) = verdicts[place], let day = days[other] else { continue }
      days[other] = max(day, periods[place].applicationBy)
    }
    return days.enumerated().compactMap { place, day in day.map { (place, $0) } }
  }
}

// MARK: - In words

extension Tally {
  /// One line for each complaint.
  var lines: [ComplaintResult] {
    application.complaints.indices.map { place in
      let complaint = application.complaints[place]
      let (with, reason) = explained(place)
      return ComplaintResult(
        index: complaint.facts.index, counted: narrowedBy == nil && verdicts[place] == .counts,
        with: with, standing: complaint.standing, reason: reason)
    }
  }

  private func explained(_ place: Int) -> (with: Int?, reason: Reason) {
    let complaint = application.complaints[place]
    switch (verdicts[place], narrowedBy) {
    case (.counts, let caveat?), (.once, let caveat?), (.narrowed(let caveat), _):
      return (nil, Reason(.caveatNarrows, [.init("caveat", caveat)]))
    case (.counts, nil), (.outOfTime, _):
      return (nil, periods[place].reason(complaint, receivedOn: application.receivedOn))
    case (.once(let other, let code), nil):
      let with = application.complaints[other].facts.index
      var details = [Reason.Detail("with", with)]
      if code == .sameComplainantSameDay {
        details.append("complaint", complaint.facts.complaint)
      }
      return (with, Reason(code, details))
    case (.notBelieved, _):
      let code: Reason.Code = complaint.standing == .bodyDisputes ? .disputed : .notOnRecord
      return (nil, Reason(code, [.init("body", complaint.body)]))
    case (.notRecognised, _):
      return (nil, Reason(.recipientNotRecognised, [.init("body", complaint.facts.body)]))
    }
  }
}
