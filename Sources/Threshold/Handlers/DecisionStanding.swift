import CaseModel
import Policy
import WorkerKit

/// Where the decision of a case stands, as a value: what was decided, what waits, and what is appealed
/// against.
struct DecisionStanding: Sendable, Hashable {
  /// The first decision first.
  let decisions: [KeptDecision]
  let pending: PendingDecision?
  let deferral: Deferral?
  /// The first appeal first.
  var appeals: [KeptAppeal]

  /// The decision that stands, until it is decided again.
  var current: KeptDecision? { decisions.last }

  /// The number of the decision that may be signed now; nil if none may: one stands, and no appeal about
  /// how the application was handled has been upheld against it.
  var openNumber: Int? {
    guard let current else { return 1 }
    let isReferredBack = appeals.contains {
      $0.subject == .handling && $0.verdict?.outcome == .referredBack
        && $0.decisionNumber == current.number
    }
    return isReferredBack ? current.number + 1 : nil
  }

  /// True while a decision is to be taken again that an appeal was upheld against.
  var isBeingDecidedAnew: Bool { current != nil && openNumber != nil }

  /// True if somebody of this name signed a decision of the case, first or second.
  func hasSigned(_ name: String) -> Bool {
    decisions.contains { decision in
      Officer.areSame(decision.officer, name)
        || decision.second.map { Officer.areSame($0.name, name) } ?? false
    }
  }
}

extension SliceReader {
  func decisionStanding(of reference: CaseReference) throws -> DecisionStanding {
    DecisionStanding(
      decisions: try decisions(of: reference), pending: try pendingDecision(of: reference),
      deferral: try deferral(of: reference), appeals: try appeals(of: reference))
  }
}

extension DecisionStanding {
  /// The number of the decision that this person may sign.
  /// - Throws: the refusals `already-decided` and `same-officer`.
  func numberToSign(by name: String, of reference: CaseReference) throws -> Int {
    guard let number = openNumber else { throw alreadyDecided(reference) }
    guard !hasSigned(name) else {
      throw Refusal(
        .state, code: "same-officer", path: "officer",
        message: "The appeal was upheld, so \(reference) is decided again by somebody who has not "
          + "signed a decision of it before.")
    }
    return number
  }

  func alreadyDecided(_ reference: CaseReference) -> Refusal {
    let earlier = current.map {
      "on \($0.decidedOn) that the threshold is \($0.met ? "met" : "not met")"
    }
    return Refusal(
      .state, code: "already-decided",
      message: "It was decided \(earlier ?? "before") in \(reference). A decision is signed once; "
        + "it is decided again only after an appeal about it was upheld.")
  }
}
