public import CaseModel
public import Policy
public import ThresholdRules

extension Letter {
  /// What is known of a case besides its assessment and its decision, as far as a letter has to say it.
  public struct Circumstances: Sendable, Hashable {
    /// What bodies said of single complaints, as far as the assessment rests on it.
    public var findings: [Evidence.Finding] = []
    /// The day of the decision whose place this one takes; nil for the first.
    public var replaces: CalendarDate?
    /// Appeals about how the application was handled.
    public var appeals: [Appeal] = []
    /// By when the decision was due.
    public var decideBy: Deadline?
    /// By when the panel has to meet, as it is set for this review; nil where no review is known.
    public var panelBy: Deadline?
    /// When it met; nil while it has not.
    public var panelMetOn: CalendarDate?

    public init() {}
  }

  /// A day by which something is due, and the pack whose clock says so.
  public struct Deadline: Sendable, Hashable {
    public let day: CalendarDate
    public let source: String

    public init(_ day: CalendarDate, source: String) {
      self.day = day
      self.source = source
    }
  }

  /// An appeal (Sch. 4 para 3).
  public struct Appeal: Sendable, Hashable {
    /// 1 for the first of the case.
    public let number: Int
    public let subject: AppealPolicy.Subject
    /// Nil where it is of none that is known here.
    public let ground: AppealPolicy.Ground?
    public let madeOn: CalendarDate
    /// By when it is to be decided; nil where the procedure does not say.
    public let dueOn: CalendarDate?
    /// How it was decided; nil while it is open.
    public let verdict: Verdict?

    /// How an appeal was decided.
    public struct Verdict: Sendable, Hashable {
      /// False if it was dismissed.
      public let isUpheld: Bool
      public let decidedOn: CalendarDate
      /// For whom and as what it was decided; empty where that is not on record.
      public let capacity: String
      /// As it was written down.
      public let reason: String

      public init(
        isUpheld: Bool, decidedOn: CalendarDate, capacity: String = "", reason: String
      ) {
        self.isUpheld = isUpheld
        self.decidedOn = decidedOn
        self.capacity = capacity
        self.reason = reason
      }
    }

    public init(
      number: Int, subject: AppealPolicy.Subject, ground: AppealPolicy.Ground?,
      madeOn: CalendarDate, dueOn: CalendarDate? = nil, verdict: Verdict? = nil
    ) {
      self.number = number
      self.subject = subject
      self.ground = ground
      self.madeOn = madeOn
      self.dueOn = dueOn
      self.verdict = verdict
    }
  }
}
