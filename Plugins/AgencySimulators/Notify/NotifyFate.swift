/// What becomes of a notice at the stand-in for GOV.UK Notify.
enum NotifyFate: String, Sendable, CaseIterable {
  case delivered
  case permanentFailure = "permanent-failure"
  case temporaryFailure = "temporary-failure"
  case technicalFailure = "technical-failure"
  /// Taken, and nothing more is ever said.
  case silent
  /// Not taken: 400.
  case refused
  /// Not taken, because the key is for one's own team: 400.
  case teamOnly = "team-only"
  /// Not taken for now: 429.
  case busy
  /// Not taken: 500.
  case failing
  /// Taken, and yet 500.
  case lost

  /// - Throws: ``SimulatorError/unknownFate(expected:)``.
  init(word: String) throws {
    guard let fate = Self(rawValue: word) else {
      throw SimulatorError.unknownFate(expected: Self.allCases.map(\.rawValue))
    }
    self = fate
  }

  /// As it is in life: most arrive.
  static func drawn(seed: UInt64, about subject: String) -> NotifyFate {
    var choice = SeededChoice(seed: seed, about: subject)
    return switch choice.next(below: 10) {
    case 0...6: .delivered
    case 7: .permanentFailure
    case 8: .temporaryFailure
    default: .silent
    }
  }

  /// What it says when it is asked for the first time, the second, and so on; the last for ever.
  var states: [String] {
    switch self {
    case .delivered, .lost: ["created", "sending", "delivered"]
    case .permanentFailure, .temporaryFailure, .technicalFailure: ["created", "sending", rawValue]
    case .silent, .refused, .teamOnly, .busy, .failing: ["created", "sending"]
    }
  }
}
