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
  }

  /// What it is counted from.
  public enum Anchor: String, Sendable, CaseIterable {
    case receipt
    case acknowledgement
    case decision
    case meeting
    case outcome
  }

  public let stage: Stage
  public let period: Period
  public let anchor: Anchor
  /// True if it may stand still, with a recorded reason.
  public let isPausable: Bool

  public init(_ stage: Stage, _ period: Period, from anchor: Anchor, isPausable: Bool = false) {
    self.stage = stage
    self.period = period
    self.anchor = anchor
    self.isPausable = isPausable
  }
}
