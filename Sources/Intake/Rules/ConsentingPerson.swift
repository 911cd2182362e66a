/// Somebody of an application whose consent it can be.
public enum ConsentingPerson: Sendable, Hashable {
  case applicant
  /// A victim who is somebody else than the applicant, by their place in the application, from 0.
  case victim(Int)

  /// As an application's paths name them: `applicant`, `victims[1]`.
  public var path: String {
    switch self {
    case .applicant: "applicant"
    case .victim(let place): "victims[\(place)]"
    }
  }

  /// Reads what ``path`` writes; nil for anything else. Whether the application has such a victim, and
  /// whether that is the applicant, is for whoever has the application.
  public init?(path: String) {
    if path == Self.applicant.path {
      self = .applicant
      return
    }
    guard let match = path.wholeMatch(of: /victims\[(0|[1-9][0-9]{0,3})\]/),
      let place = Int(match.1)
    else { return nil }
    self = .victim(place)
  }
}
