public import CaseModel

/// What clients did in a run and what was found after it: all that a verdict rests on.
public struct RunHistory: Sendable, Hashable {
  /// What became of a command that may have been sent.
  public enum Answer: Sendable, Hashable {
    case notSent
    /// Sent and never answered: it may have been carried out, once.
    case unknown
    case acknowledged

    /// How often it may have been carried out.
    var times: ClosedRange<Int> {
      switch self {
      case .notSent: 0...0
      case .unknown: 0...1
      case .acknowledged: 1...1
      }
    }
  }

  /// One application, as its client saw it.
  public struct Application: Sendable, Hashable {
    public let submission: Submission
    /// The reference that each acknowledgement gave; empty if there was none.
    public var references: [String] = []
    public var decision = Answer.notSent
    public var meeting = Answer.notSent
    /// Codes by which a command was refused for good.
    public var refusals: [String] = []

    public init(_ submission: Submission) { self.submission = submission }
  }

  /// One event of the log.
  public struct Event: Sendable, Hashable {
    public let position: UInt64
    /// Slice and incarnation.
    public let producer: String
    public let sequence: UInt64
    public let key: String
    public let fact: CaseEventFact
    /// Of an application that was received: its number, if it has one.
    public let number: Int?

    public init(
      position: UInt64, producer: String, sequence: UInt64, key: String, fact: CaseEventFact,
      number: Int? = nil
    ) {
      self.position = position
      self.producer = producer
      self.sequence = sequence
      self.key = key
      self.fact = fact
      self.number = number
    }
  }

  /// A referral that was handed to the outside world.
  public struct Referral: Sendable, Hashable {
    /// Of the application; nil if it is of none.
    public let number: Int?
    public let agency: String

    public init(number: Int?, agency: String) {
      self.number = number
      self.agency = agency
    }
  }

  /// A notice that Correspondence shows of a case, written or still to be written.
  public struct Notice: Sendable, Hashable {
    /// Kinds that a run owes. Raw values are what reports print.
    public enum Kind: String, Sendable, CaseIterable {
      case acknowledgement
      case bodyNotification = "body-notification"
      case thresholdMet = "threshold-met"
      case thresholdNotMet = "threshold-not-met"
      case delay
      case outcome
      case recommendation
      case recommendationReminder = "recommendation-reminder"
      case followUp = "follow-up"
      /// Nothing in a run gives a reason for it.
      case other
    }

    public let reference: String
    public let kind: Kind
    /// A body by its key, or a person by where the application names them.
    public let reader: String
    /// False while it is still to be written.
    public let isWritten: Bool
    /// How often it left.
    public let timesSent: Int

    public init(
      reference: String, kind: Kind, reader: String, isWritten: Bool = true, timesSent: Int = 0
    ) {
      self.reference = reference
      self.kind = kind
      self.reader = reader
      self.isWritten = isWritten
      self.timesSent = timesSent
    }
  }

  /// The cases behind the four figures.
  public struct Figures: Sendable, Hashable {
    public var applications: [String] = []
    public var thresholdNotMet: [String] = []
    public var reviews: [String] = []
    public var reviewsWithRecommendations: [String] = []

    public init() {}
  }

  /// What a worker says of itself at the end.
  public struct Worker: Sendable, Hashable {
    public let name: String
    /// Whether it serves and has taken everything into account.
    public let isSettled: Bool
    public let parked: Int
    public let uncertain: Int

    public init(name: String, isSettled: Bool, parked: Int, uncertain: Int) {
      self.name = name
      self.isSettled = isSettled
      self.parked = parked
      self.uncertain = uncertain
    }
  }

  /// What a look along a worker's audit found, when everything had stopped.
  public struct Audit: Sendable, Hashable {
    public let worker: String
    public let rows: Int
    /// What is wrong with it, a sentence each; empty if it is whole.
    public let faults: [String]

    public init(worker: String, rows: Int, faults: [String]) {
      self.worker = worker
      self.rows = rows
      self.faults = faults
    }
  }

  /// Keys of the bodies that must be told of every application.
  public var bodies: [String] = []
  public var applications: [Application] = []
  /// In the order in which the log gave them.
  public var events: [Event] = []
  public var referrals: [Referral] = []
  public var notices: [Notice] = []
  public var figures = Figures()
  public var workers: [Worker] = []
  /// How often each signal was to be sent, and was.
  public var planned: [FaultPlan.Signal: Int] = [:]
  public var sent: [FaultPlan.Signal: Int] = [:]

  public init() {}
}
