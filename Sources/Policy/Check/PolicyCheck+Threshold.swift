import CaseModel

extension PolicyCheck {
  /// More than three is against the law, and still understood.
  mutating func checkMandatory() {
    checkCount(pack.mandatory.required, "mandatory.required")
    checkWindow(pack.mandatory.complaintWindow, "mandatory.complaintWindow")
    checkWindow(pack.mandatory.applicationWindow, "mandatory.applicationWindow")
  }

  mutating func checkAlternatives() {
    for (index, alternative) in pack.alternatives.enumerated() {
      let path = "alternatives[\(index)]"
      switch alternative.kind {
      case .hate(let complaints, let ofHate):
        checkCount(complaints, "\(path).complaints")
        if ofHate < 1 || ofHate > max(complaints, 1) {
          refuse("\(path).ofHate", "at least 1 is needed, and no more than complaints")
        }
      case .severalPeople(let people, let complaints):
        checkSeveral(people, complaints, path, "people")
      case .severalHouseholds(let households, let complaints):
        checkSeveral(households, complaints, path, "households")
      case .vulnerability, .riskBand: break
      }
      for (place, code) in alternative.toFind.enumerated() where !code.isFinding {
        refuse("\(path).toFind[\(place)]", "\(code.rawValue) is nothing that a person finds")
      }
      checkWindow(alternative.complaintWindow, "\(path).complaintWindow")
      checkWindow(alternative.applicationWindow, "\(path).applicationWindow")
    }
    checkKeys(pack.alternatives.map(\.key), "alternatives")
    checkOnce(pack.factors.map(\.rawValue), "factors")
  }

  /// Each of them needs a complaint.
  private mutating func checkSeveral(
    _ several: Int, _ complaints: Int, _ path: String, _ field: String
  ) {
    checkCount(several, atLeast: 2, "\(path).\(field)")
    let limit = PolicyPack.countLimit
    if (2...limit).contains(several), !(several...limit).contains(complaints) {
      refuse("\(path).complaints", "as many as \(field) is expected, \(limit) at most")
    }
  }

  mutating func checkCaveats() {
    for (index, caveat) in pack.caveats.enumerated() {
      checkWindow(caveat.period, "caveats[\(index)].period")
    }
  }
}
