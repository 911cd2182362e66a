import CaseModel
import Policy

/// s.104(4): so many qualifying complaints about the behaviour, and the bodies must decide that the
/// threshold is met. Pure counting: no test of harm, of action taken, or of the case being closed.
///
/// First the two periods of s.104(11); then, among those that qualify, complaints by the same complainant
/// about the same incident count once: the earliest, then the first listed. Nothing local narrows it.
enum Section104Subsection4 {
  static let clause = "s.104(4)"

  static func tally(
    _ application: EstablishedApplication, within periods: QualifyingPeriods,
    known: [Section104Subsection11]? = nil
  ) -> Tally {
    var tally = Tally(application, within: periods, known: known)
    tally.countOnce(application.occurrences, .sameComplainantSameIncident)
    return tally
  }

  static func result(_ tally: Tally, _ rule: MandatoryRule, _ lines: [ComplaintResult])
    -> RouteResult
  {
    let counted = tally.counted
    return RouteResult(
      route: .mandatory, clause: clause, outcome: counted >= rule.required ? .met : .notMet,
      required: rule.required, counted: counted, complaints: lines, toFind: [])
  }

  /// What of the procedure was not applied, and where the Act would have counted more.
  static func notes(_ tally: Tally, _ pack: PolicyPack) -> [Reason] {
    var notes: [Reason] = []
    let (rule, lawful) = (pack.mandatory, pack.mandatory.lawful)
    if rule.required != lawful.required {
      notes.append(
        Reason(
          .requiredHeldToAct, [.init("asked", rule.required), .init("applied", lawful.required)]))
    }
    let caveats = pack.caveats
    for place in caveats.indices where caveats[place].route == .mandatory {
      notes.append(Reason(.caveatNotApplied, [.init("caveat", caveats[place].label)]))
    }
    let (bodies, recipients) = (pack.bodies, pack.procedure.recipients)
    if bodies.contains(where: { !recipients.recognise($0.kind) }) {
      let keys = bodies.filter { !recipients.recognise($0.kind) }.map(\.key)
      notes.append(
        Reason(.recipientsNotApplied, [.init("bodies", keys.joined(separator: ", "))]))
    }
    if pack.procedure.dedupe != .sameComplainantSameIncident {
      notes.append(
        Reason(.dedupeNotApplied, [.init("rule", pack.procedure.dedupe.rawValue)]))
    }
    if QualifyingPeriods(lawful) != .act {
      let byAct = Self.tally(tally.application, within: .act).counted
      if byAct > tally.counted {
        notes.append(
          Reason(.actCountsMore, [.init("counted", tally.counted), .init("byAct", byAct)]))
      }
    }
    return notes
  }
}

extension [RelevantBody.Kind] {
  /// True if a procedure with these recipients takes reports to bodies of a kind.
  func recognise(_ kind: RelevantBody.Kind) -> Bool { isEmpty || contains(kind) }
}

extension Caveat {
  /// As the procedure words it; else the key of its kind.
  var label: String { words.isEmpty ? kind.rawValue : words }
}
