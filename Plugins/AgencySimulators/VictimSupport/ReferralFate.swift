/// What becomes of a referral at a support provider.
enum ReferralFate: Sendable, Hashable {
  case accepted
  /// Not taken on, for this reason.
  case declined(String)
  /// The person could not be reached.
  case noContact
  /// Accepted, and some time later at its end.
  case closed
  /// Nothing is ever said.
  case silent
  /// Not even taken in.
  case refused
  /// Accepted; of a withdrawal it has to be told twice.
  case forgetful

  static let reasons = [
    "no-capacity", "not-eligible", "out-of-area", "already-supported", "person-declined",
  ]

  static let words =
    ["accepted", "no-contact", "closed", "silent", "refused", "forgetful"]
    + reasons.map { "declined:\($0)" }

  /// - Throws: ``SimulatorError/unknownFate(expected:)``.
  init(word: String) throws {
    switch word {
    case "accepted": self = .accepted
    case "no-contact": self = .noContact
    case "closed": self = .closed
    case "silent": self = .silent
    case "refused": self = .refused
    case "forgetful": self = .forgetful
    default:
      let reason = String(word.dropFirst("declined:".count))
      guard word.hasPrefix("declined:"), Self.reasons.contains(reason) else {
        throw SimulatorError.unknownFate(expected: Self.words)
      }
      self = .declined(reason)
    }
  }

  /// As providers do: most accept, some find no place or nobody.
  static func drawn(seed: UInt64, about subject: String) -> ReferralFate {
    var choice = SeededChoice(seed: seed, about: subject)
    return switch choice.next(below: 10) {
    case 0...3: .accepted
    case 4...5: .closed
    case 6: .declined("no-capacity")
    case 7: .noContact
    case 8: .forgetful
    default: .silent
    }
  }

  /// What it says when it is asked for the first time, the second, and so on; the last for ever.
  var steps: [(state: String, reason: String?)] {
    let received: (String, String?) = ("received", nil)
    return switch self {
    case .accepted, .forgetful: [received, ("accepted", nil)]
    case .declined(let reason): [received, ("declined", reason)]
    case .noContact: [received, ("no-contact", nil)]
    case .closed: [received, ("accepted", nil), ("closed", nil)]
    case .silent, .refused: [received]
    }
  }
}
