/// What a body says to a recommendation that was made to it (s.104(7)).
public enum RecommendationAnswer: String, Sendable, CaseIterable {
  case accepted
  case acceptedInPart = "accepted-in-part"
  case notAccepted = "not-accepted"

  /// There is something that the body will do.
  public var accepts: Bool { self != .notAccepted }

  /// Goes on after the body's name.
  public var inWords: String {
    switch self {
    case .accepted: "accepted"
    case .acceptedInPart: "accepted in part"
    case .notAccepted: "did not accept"
    }
  }
}

/// How far a body is with what it accepted.
public enum ActionState: String, Sendable, CaseIterable {
  case underWay = "under-way"
  case done
  /// It will not be done.
  case notDone = "not-done"

  /// Nothing more is to come.
  public var ends: Bool { self != .underWay }

  /// Goes on after "is": "under way".
  public var inWords: String {
    switch self {
    case .underWay: "under way"
    case .done: "done"
    case .notDone: "not done"
    }
  }
}

/// What is waited for from a body to which something was recommended.
public enum FollowUpAwaited: String, Sendable, CaseIterable {
  case answer
  /// That it does what it accepted.
  case action
}
