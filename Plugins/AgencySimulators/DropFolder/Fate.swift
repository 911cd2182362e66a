/// What becomes of a request for information at an agency that exchanges files.
enum Fate: Sendable, Hashable {
  /// Every complaint is on record, on the days that the applicant named.
  case confirmed
  /// Every complaint is on record, reported two days later than the applicant said.
  case otherDays
  /// Nothing is on record.
  case notHeld
  /// Every complaint is disputed.
  case disputed
  /// The agency gives nothing, on this ground.
  case refused(String)
  /// Nothing is said until the agency is asked again; then as ``confirmed``.
  case late
  /// The first answer has a day that is none; once it is reported back the right one follows.
  case mistaken

  static let grounds = [
    "data-protection", "investigatory-powers", "not-held", "not-public-function",
  ]

  static let words =
    ["confirmed", "other-days", "not-held", "disputed", "late", "mistaken"]
    + grounds.map { "refused:\($0)" }

  /// - Throws: ``SimulatorError/unknownFate(expected:)``.
  init(word: String) throws {
    switch word {
    case "confirmed": self = .confirmed
    case "other-days": self = .otherDays
    case "not-held": self = .notHeld
    case "disputed": self = .disputed
    case "late": self = .late
    case "mistaken": self = .mistaken
    default:
      guard word.hasPrefix("refused:"), Self.grounds.contains(String(word.dropFirst(8))) else {
        throw SimulatorError.unknownFate(expected: Self.words)
      }
      self = .refused(String(word.dropFirst(8)))
    }
  }

  /// As agencies do: most answer, some find other days or nothing, few refuse, some are late.
  static func drawn(seed: UInt64, about subject: String) -> Fate {
    var choice = SeededChoice(seed: seed, about: subject)
    return switch choice.next(below: 10) {
    case 0...4: .confirmed
    case 5: .otherDays
    case 6: .notHeld
    case 7: .mistaken
    case 8: .refused("data-protection")
    default: .late
    }
  }
}
