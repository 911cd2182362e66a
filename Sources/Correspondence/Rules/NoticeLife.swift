public import CaseModel

/// Where a notice stands. Raw values are stored.
public enum NoticeState: String, Sendable, Hashable, CaseIterable {
  /// Facts for it are being gathered.
  case composing = "COMPOSING"
  case held = "HELD"
  /// For the hour at which the person may be reached, or for a channel.
  case waiting = "WAITING"
  /// For the worker that serves its channel.
  case ready = "READY"
  case sent = "SENT"
  case delivered = "DELIVERED"
  case failed = "FAILED"
  /// Nobody knows whether it left.
  case uncertain = "UNCERTAIN"
  case cancelled = "CANCELLED"
}

/// What is done to a notice.
public enum NoticeStep: String, Sendable, Hashable, CaseIterable {
  // By a person.
  case released
  case amended
  case cancelled
  case settled
  // By the worker that serves its channel.
  case sent
  case delivered
  case failed
  case uncertain
}

extension NoticeState {
  /// The table of what may be done to a notice that stands here.
  /// - Parameter isTaken: a worker has been given it, and may have sent it.
  public func allows(_ step: NoticeStep, isTaken: Bool) -> Bool {
    switch step {
    case .released: self == .held
    case .amended: self == .held || !isTaken && (self == .waiting || self == .ready)
    case .cancelled: self == .held || !isTaken && (self == .waiting || self == .ready)
    // Of what a worker has, that worker speaks; of everything else that is written, a person who knows.
    case .settled:
      switch self {
      case .held, .waiting, .sent, .failed, .uncertain: true
      case .ready: !isTaken
      case .composing, .delivered, .cancelled: false
      }
    // A word that comes late is better than none.
    case .sent: self == .uncertain || self == .ready && isTaken
    case .uncertain: self == .ready && isTaken
    case .delivered, .failed:
      self == .sent || self == .uncertain || self == .ready && isTaken
    }
  }

  /// What a person may say has become of a notice that stands here.
  /// - Parameter state: sent, delivered or failed; or ready, and it goes again.
  public func maySettle(as state: NoticeState) -> Bool {
    switch state {
    case .sent: self != .sent
    case .delivered: true
    case .failed: self != .failed
    // Of what is held, releasing is the word, which names the text that was read.
    case .ready: self == .failed || self == .uncertain
    case .composing, .held, .waiting, .uncertain, .cancelled: false
    }
  }

  /// True if it is known to have left, and not known to have come back: then it is evidence that its reader was told.
  public var isEvidence: Bool { self == .sent || self == .delivered }

  /// True if the person whom it is for may read it here, whatever became of its way to them: it is written, and was found
  /// to name nobody who is protected.
  public func isForItsReader(held: NoticeHold?) -> Bool {
    switch self {
    case .waiting, .ready, .sent, .delivered, .failed, .uncertain: true
    case .held: held == .noSafeWay || held == .noChannel
    case .composing, .cancelled: false
    }
  }
}
