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
    /// A condition of the procedure's keeps it from counting, by its place among ``conditions``.
    case narrowed(by: Int)
  }

  let application: EstablishedApplication
  let periods: [Section104Subsection11]
  private(set) var verdicts: [Verdict]
  /// A condition of the procedure's that all of them together do not fulfil; then none counts.
  private(set) var narrowedBy: String?
  /// Conditions of the procedure's on single complaints.
  var conditions: [Caveat] = []
  /// True if one that counts once together with another can count in its place later.
  private var canTakeOver = true

  /// By s.104(11) alone; nothing is counted together yet.
  /// - Parameters:
  ///   - mandatory: how they stand under s.104(4): where a period does not decide it, the days are the same.
  ///   - known: what came of the same application within the same periods, with nothing read otherwise.
  init(
    _ application: EstablishedApplication, within periods: QualifyingPeriods,
    besides mandatory: [Section104Subsection11]? = nil, known: [Section104Subsection11]? = nil
  ) {
    self.application = application
    let days = application.places.map { place in
      if let known, !application.areDaysReadOtherwise(place) { return known[place] }
      return Section104Subsection11(
        application, place, within: periods, sameDaysAs: mandatory?[place])
    }
    verdicts = application.places.map { place in
      if days[place].refusal != nil { return .outOfTime }
      return application.isInDispute(place) && !application.isBelieved(place)
        ? .notBelieved : .counts
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
      let first = firsts[place]
      if let other = standing[first], !isEarlier(place, other) {
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
    // Its day may be another's.
    canTakeOver = false
    for (place, verdict) in DifferentDays(application, counting).verdicts {
      verdicts[place] = verdict
    }
  }

  private func isEarlier(_ one: Int, _ other: Int) -> Bool {
    let (days, others) = (periods[one].days.complaint, periods[other].days.complaint)
    return days.lowerBound == others.lowerBound
      ? days.upperBound < others.upperBound : days.lowerBound < others.lowerBound
  }

  /// How many count.
  var counted: Int { narrowedBy == nil ? verdicts.count { $0 == .counts } : 0 }

  /// Places of those that count.
  var counting: [Int] {
    narrowedBy == nil ? verdicts.indices.filter { verdicts[$0] == .counts } : []
  }

  /// Who stands behind a complaint on the days that it was found by: no body does whose record has others.
  func standing(_ place: Int) -> Standing {
    periods[place].isAgainstRecord ? .applicantSays : application.standing(place)
  }

  /// True if it counts, by itself or together with another, whatever the procedure's conditions.
  func qualifies(_ place: Int) -> Bool {
    switch verdicts[place] {
    case .counts, .once: true
    default: false
    }
  }

  /// Places of those that do.
  var qualifying: [Int] { verdicts.indices.filter(qualifies) }

  /// For each one that would count but for a condition on all of them: the last day on which an application
  /// can be made so that it, or one that counts together with it, still counts; nil for the others.
  var lastDays: [CalendarDate?] {
    var days = verdicts.indices.map { verdicts[$0] == .counts ? periods[$0].applicationBy : nil }
    for place in verdicts.indices where canTakeOver {
      guard case .once(let other, _) = verdicts[place], let day = days[other] else { continue }
      days[other] = max(day, periods[place].applicationBy)
    }
    return days
  }
}

// MARK: - In words

extension Tally {
  /// One line for each complaint.
  var lines: [ComplaintResult] {
    application.places.map { place in
      let (with, reason) = explained(place)
      return ComplaintResult(
        index: application.facts[place].index,
        counted: narrowedBy == nil && verdicts[place] == .counts,
        with: with, standing: standing(place), reason: reason)
    }
  }

  private func explained(_ place: Int) -> (with: Int?, reason: Reason) {
    switch (verdicts[place], narrowedBy) {
    case (.counts, let caveat?), (.once, let caveat?):
      return (nil, Reason(.caveatNarrows, [.init("caveat", caveat)]))
    case (.narrowed(let condition), _):
      return (nil, Reason(.caveatNarrows, [.init("caveat", conditions[condition].label)]))
    case (.counts, nil), (.outOfTime, _):
      return (nil, periods[place].reason(receivedOn: application.receivedOn))
    case (.once(let other, let code), nil):
      let with = application.facts[other].index
      var details = [Reason.Detail("with", with)]
      if code == .sameComplainantSameDay {
        details.append("complaint", periods[place].days.complaint)
      }
      return (with, Reason(code, details))
    case (.notBelieved, _):
      let code: Reason.Code =
        application.standing(place) == .bodyDisputes ? .disputed : .notOnRecord
      return (nil, Reason(code, [.init("body", application.body(place))]))
    case (.notRecognised, _):
      return (nil, Reason(.recipientNotRecognised, [.init("body", application.facts[place].body)]))
    }
  }
}
