/// A way to meet the threshold.
public enum RouteName: String, Sendable, CaseIterable {
  /// s.104(4): enough qualifying complaints; the bodies must decide that it is met.
  case mandatory = "MANDATORY"
  /// An alternative that the area's own procedure gives, such as fewer complaints where hate is involved.
  case local = "LOCAL"
  /// s.104(5): persistence, harm, and the adequacy of the response.
  case discretionary = "DISCRETIONARY"
}

/// What the rules say of a route. Ordered by strength: ``notMet`` is weakest.
public enum RouteOutcome: String, Sendable, CaseIterable, Comparable {
  case notMet = "NOT_MET"
  /// The facts allow it; a person must find what no count shows.
  case personDecides = "PERSON_DECIDES"
  case met = "MET"

  public static func < (left: RouteOutcome, right: RouteOutcome) -> Bool {
    left.strength < right.strength
  }

  private var strength: Int {
    switch self {
    case .notMet: 0
    case .personDecides: 1
    case .met: 2
    }
  }
}
