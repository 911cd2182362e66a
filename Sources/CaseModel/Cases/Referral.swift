/// What an agency makes of a referral.
public enum ReferralAnswer: String, Sendable, CaseIterable {
  case accepted = "ACCEPTED"
  /// With a ``DeclineReason``.
  case declined = "DECLINED"
  /// The agency tried and did not reach the person.
  case noContact = "NO_CONTACT"
  /// Its support has come to its end.
  case closed = "CLOSED"

  /// True if an agency may say this after it said that: what is declined or closed has come to its end.
  /// - Parameter earlier: the newest that it said; nil if this is the first.
  public func mayFollow(_ earlier: ReferralAnswer?) -> Bool {
    switch earlier {
    case nil: true
    case .accepted: self == .noContact || self == .closed
    case .noContact: self != .noContact
    case .declined, .closed: false
    }
  }
}

/// Why an agency declines a referral.
public enum DeclineReason: String, Sendable, CaseIterable {
  case noCapacity = "NO_CAPACITY"
  case notEligible = "NOT_ELIGIBLE"
  case outOfArea = "OUT_OF_AREA"
  case alreadySupported = "ALREADY_SUPPORTED"
  case personDeclined = "PERSON_DECLINED"
  /// It never got there.
  case notDelivered = "NOT_DELIVERED"
}

/// What became of a notice to somebody outside.
public enum NoticeOutcome: String, Sendable, CaseIterable {
  case delivered = "DELIVERED"
  /// The other side will not have it.
  case refused = "REFUSED"
  /// Tried in vain as often as it may be, or ended by a person.
  case givenUp = "GIVEN_UP"
}

extension ReferralAnswer {
  /// Goes on after the agency's name.
  public var inWords: String {
    switch self {
    case .accepted: "accepted the referral"
    case .declined: "declined the referral"
    case .noContact: "could not reach the person"
    case .closed: "closed the referral"
    }
  }
}

extension DeclineReason {
  /// Such as "it has no capacity".
  public var inWords: String {
    switch self {
    case .noCapacity: "it has no capacity"
    case .notEligible: "the person is not eligible"
    case .outOfArea: "it does not work in the area"
    case .alreadySupported: "the person is supported already"
    case .personDeclined: "the person does not want it"
    case .notDelivered: "it could not be handed over"
    }
  }
}

extension NoticeOutcome {
  /// Goes on after "was": "delivered".
  public var inWords: String {
    switch self {
    case .delivered: "delivered"
    case .refused: "refused by the other side"
    case .givenUp: "given up"
    }
  }
}
