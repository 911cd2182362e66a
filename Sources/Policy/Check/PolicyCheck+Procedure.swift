import CaseModel

extension PolicyCheck {
  /// What else the procedure says.
  mutating func checkProcedure() {
    let procedure = pack.procedure
    checkOnce(procedure.recipients.map(\.rawValue), "recipients")
    let decider = procedure.decision.body
    if !decider.isEmpty, pack.body(decider) == nil {
      refuse(
        "decision.body", "\(decider) is not among the bodies; the key of one of them is expected")
    }
    checkAppeals(procedure.appeals)
    for (index, body) in procedure.localPolicingBodies.enumerated() {
      checkDays(body.since, body.until, "localPolicingBodies[\(index)].until")
    }
    if let reporting = procedure.reporting {
      checkWindow(reporting.period, "reporting.period")
      if !(1...12).contains(reporting.startMonth) {
        refuse("reporting.startMonth", "a month from 1 to 12 is expected")
      }
    }
    checkOnce(procedure.retention.map(\.of.rawValue), "retention", "of")
    for (index, retention) in procedure.retention.enumerated() {
      checkWindow(retention.period, "retention[\(index)].period")
    }
    if let hour = procedure.closesAtHour, !(1...23).contains(hour) {
      refuse("calendar.closesAtHour", "an hour from 1 to 23 is expected")
    }
    if procedure.languages.isEmpty { refuse("languages", "at least one is expected") }
    checkOnce(procedure.languages.map(\.rawValue), "languages")
    checkWordings(procedure.wordings)
    checkOnce(procedure.commencements.map(\.provision.rawValue), "commencements", "provision")
  }

  private mutating func checkAppeals(_ appeals: [AppealPolicy]) {
    checkOnce(appeals.map(\.subject.rawValue), "appeals", "subject")
    for (index, appeal) in appeals.enumerated() {
      checkOnce(appeal.grounds.map(\.rawValue), "appeals[\(index)].grounds")
      if let window = appeal.window, !(1...Period.amountLimit).contains(window.amount) {
        refuse("appeals[\(index)].window", "it is 1 to \(Period.amountLimit) long")
      }
      checkCount(appeal.stages, "appeals[\(index)].stages")
    }
  }

  private mutating func checkWordings(_ wordings: [Wording]) {
    checkOnce(
      wordings.map { wording in
        [wording.topic.rawValue, wording.subject?.rawValue, "in", wording.language.rawValue]
          .compactMap(\.self).joined(separator: " ")
      }, "wordings")
    for (index, wording) in wordings.enumerated()
    where wording.subject != nil && wording.topic != .appeal {
      refuse("wordings[\(index)].subject", "only words about an appeal have a subject")
    }
  }

  mutating func checkProvenance() {
    let provenance = pack.provenance
    for (index, source) in provenance.sources.enumerated() {
      checkKey(source.key, "sources[\(index)].key", mayHaveCapitals: true)
    }
    checkOnce(provenance.sources.map(\.key), "sources", "key")
    checkOnce(provenance.rests.map(\.path), "provenance", "path")
    checkOnce(provenance.unknown, "unknown")
    let known = Set(provenance.sources.map(\.key))
    for (index, rest) in provenance.rests.enumerated() {
      let path = "provenance[\(index)]"
      if rest.sources.isEmpty, rest.assumption.isEmpty {
        refuse(path, "sources are expected, or an assumption that says why")
      }
      for (place, key) in rest.sources.enumerated() where !known.contains(key) {
        refuse(
          "\(path).sources[\(place)]", "\(key) is not among the sources; the key of one is expected"
        )
      }
    }
  }
}
