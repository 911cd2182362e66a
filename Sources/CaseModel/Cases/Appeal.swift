/// What an appeal is about (Sch. 4 para 3).
public enum AppealSubject: String, Sendable, CaseIterable {
  /// How the application was handled, the threshold decision among it.
  case handling
  /// How the review was carried out.
  case review
}

/// What was decided of an appeal.
public enum AppealOutcome: String, Sendable, CaseIterable {
  /// Upheld: to be decided again by somebody else.
  case referredBack = "REFERRED_BACK"
  case dismissed = "DISMISSED"
}

/// Where the appeals of a case stand, beside its ``CaseStatus``: what is appealed against stands meanwhile.
public enum AppealStatus: String, Sendable, CaseIterable {
  /// One is open.
  case received = "appeal_received"
  /// The newest one was upheld, and what it was about is to be decided again.
  case upheldReferBack = "appeal_upheld_refer_back"
  /// The newest one was dismissed.
  case dismissed = "appeal_dismissed"

  /// The status after these events, in order; nil if there is nothing to tell: no appeal was made, or what
  /// one was upheld about has been done again since.
  public static func of(_ facts: some Sequence<CaseEventFact>) -> AppealStatus? {
    var open: Set<Int> = []
    var last: AppealStatus?
    var subject: AppealSubject?
    for fact in facts {
      switch fact {
      case .appealMade(let number, _, _, _, _): open.insert(number)
      case .appealDecided(let number, let about, let outcome, _):
        open.remove(number)
        subject = about
        last = outcome == .referredBack ? .upheldReferBack : .dismissed
      case .thresholdDecidedAnew: last = nil
      case .panelHeld where subject == .review && last == .upheldReferBack: last = nil
      default: break
      }
    }
    return open.isEmpty ? last : .received
  }
}

/// Why information is refused (Sch. 4 para 7).
public enum InformationRefusal: String, Sendable, CaseIterable {
  case dataProtection = "DATA_PROTECTION"
  case investigatoryPowers = "INVESTIGATORY_POWERS"
  case notHeld = "NOT_HELD"
  case notPublicFunction = "NOT_PUBLIC_FUNCTION"
}

/// What was done to a clock.
public enum ClockChange: String, Sendable, CaseIterable {
  case paused = "PAUSED"
  case resumed = "RESUMED"
  case extended = "EXTENDED"
}
