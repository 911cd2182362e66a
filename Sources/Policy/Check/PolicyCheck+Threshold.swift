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
        checkCount(people, atLeast: 2, "\(path).people")
        checkComplaints(complaints, "\(path).complaints", of: people, "people")
      case .severalHouseholds(let households, let complaints):
        checkCount(households, atLeast: 2, "\(path).households")
        checkComplaints(complaints, "\(path).complaints", of: households, "households")
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

  /// Each person or household makes one at least.
  private mutating func checkComplaints(
    _ complaints: Int, _ path: String, of count: Int, _ name: String
  ) {
    // What is said of the one that it follows is not said again of it.
    guard complaints != count else { return }
    guard complaints > count else {
      return refuse(path, "no fewer than \(name) can be asked for")
    }
    checkCount(complaints, path)
  }

  mutating func checkCaveats() {
    for (index, caveat) in pack.caveats.enumerated() {
      checkWindow(caveat.period, "caveats[\(index)].period")
    }
  }
}
