public import CaseModel

/// By when a stage has to be done.
public struct Clock: Sendable, Hashable {
  /// What has to be done.
  public enum Stage: String, Sendable, CaseIterable {
    case acknowledge
    case information
    case decide
    case panel
    case outcome
    case appeal
    /// An answer to a recommendation.
    case response

    /// The stages that a case goes through one after the other.
    private static let course: [Stage] = [.acknowledge, .information, .decide, .panel, .outcome]

    /// True if a case comes to this stage after another.
    func follows(_ other: Stage) -> Bool {
      guard let place = Self.course.firstIndex(of: self),
        let others = Self.course.firstIndex(of: other)
      else { return false }
      return place > others
    }
  }

  /// What it is counted from.
  public enum Anchor: String, Sendable, CaseIterable {
    case receipt
    case acknowledgement
    /// All information is there.
    case information
    case decision
    case meeting
    case outcome
    /// The appeal's receipt.
    case appeal
  }

  /// What happens when it is not kept. It is never moved in silence.
  public enum Breach: String, Sendable, CaseIterable {
    /// The applicant is told that it is late, and why.
    case delayNotice = "delay-notice"
    /// Somebody above is told as well.
    case escalate
  }

  public let stage: Stage
  public let period: Period
  public let anchor: Anchor
  /// True if it may stand still, with a recorded reason.
  public let isPausable: Bool
  public let onBreach: Breach

  public init(
    _ stage: Stage, _ period: Period, from anchor: Anchor, isPausable: Bool = false,
    onBreach: Breach = .delayNotice
  ) {
    self.stage = stage
    self.period = period
    self.anchor = anchor
    self.isPausable = isPausable
    self.onBreach = onBreach
  }
}
