import CaseModel
import Letters
import Policy

/// What the workers know of a case, as far as the person whose it is may see it: parsed, and nothing worked out yet.
/// A worker that could not be asked leaves its part as it is here, and is named in ``away``.
struct CaseFacts: Sendable, Hashable {
  let reference: String
  /// The day on which it is read, in Europe/London.
  let today: CalendarDate
  let receivedOn: CalendarDate
  /// The procedure of the day of receipt.
  let pack: PolicyPack
  /// Lends the clocks that the procedure does not publish.
  var lender: PolicyPack?
  /// What happened, in the log's order.
  var course: [CaseEventFact] = []
  /// As Intake has it, before others have heard of it.
  var withdrawnOn: CalendarDate?
  var clocks: [ClockFact] = []
  /// Days that were missed.
  var delays: [DelayFact] = []
  var decision: DecisionFact?
  /// The day to which the decision is put off.
  var deferredUntil: CalendarDate?
  /// Somebody has signed, and a second signature is needed.
  var awaitsSecondSignature = false
  var information: [BodyAsked] = []
  /// Keys of bodies that have been told of the application, and of those that have still to be.
  var told: [String] = []
  var untold: [String] = []
  var appeals: [Letter.Appeal] = []
  var review: ReviewFact?
  var consents: [ConsentFact] = []
  /// What a review cannot be run without and is not there yet.
  var awaited: [AwaitedFact] = []
  var referrals: [ReferralFact] = []
  /// Who can help, by name, and how people reach them.
  var support: [SupportAgency] = []
  var letters: [LetterFact] = []
  var reads: [ReadFact] = []
  /// There are more readings than can be shown.
  var hasMoreReads = false
  /// Something that was written may name somebody who is protected, and is not shown.
  var isPartWithheld = false
  /// Workers that could not be asked, by name; what they know is missing here.
  var away: [String] = []

  /// Where an application names who applied.
  static let applicant = "applicant"
}

/// One clock as Threshold keeps it.
struct ClockFact: Sendable, Hashable {
  let stage: Clock.Stage
  let anchorOn: CalendarDate
  /// Nil while it stands still.
  let dueOn: CalendarDate?
  var doneOn: CalendarDate?
  var isPaused = false
  var isLate = false
  /// Name of the pack that it is from.
  var source = ""
  /// Of the stage in which bodies answer: none has been asked.
  var isNobodyAsked = false
}

/// A last day that was missed.
struct DelayFact: Sendable, Hashable {
  let stage: Clock.Stage
  let dueOn: CalendarDate
  /// Nil while the applicant has not been told why.
  var toldOn: CalendarDate?
}

/// What was decided of the threshold.
struct DecisionFact: Sendable, Hashable {
  let isMet: Bool
  /// What "met" rests on; empty otherwise.
  var clause = ""
  let decidedOn: CalendarDate
  /// Anew, after an appeal.
  var number = 1
  /// The words for the applicant.
  var reason = ""
  /// The body and in what capacity.
  var decidedBy = ""
}

/// A body that was asked what it has on record.
struct BodyAsked: Sendable, Hashable {
  /// What it has done.
  enum State: Sendable, Hashable {
    case asked, answered, refused, overdue
  }

  let body: String
  let dueOn: CalendarDate?
  let state: State
}

/// A review as Panel has it.
struct ReviewFact: Sendable, Hashable {
  /// How far it is.
  enum State: Sendable, Hashable {
    case owed
    case scheduled(CalendarDate)
    case blocked
    case held(CalendarDate)
  }

  let state: State
  let openedOn: CalendarDate
  let dueOn: CalendarDate
  /// Name of the pack that the clock is from.
  var clockSource = ""
  /// Why the panel came to what it came to; empty while that may not be told.
  var reason = ""
  var recommendations: [RecommendationFact] = []
  /// Of rounds of the review before this one.
  var earlier: [RecommendationFact] = []
}

/// What a panel recommends to a body (s.104(7)).
struct RecommendationFact: Sendable, Hashable {
  let body: String
  /// Empty while it may not be told.
  let text: String
  var madeOn: CalendarDate?
  /// From 1, in its round.
  var number = 0
  /// What became of it; nil where that is not known.
  var followUp: FollowUpFact?
}

/// What a body said to a recommendation, and what it did. Words are empty where there are none, or while they may not be
/// told.
struct FollowUpFact: Sendable, Hashable {
  /// Last day for its answer; nil where none is known.
  var answerDueOn: CalendarDate?
  /// What is waited for; nil once nothing is.
  var awaited: FollowUpAwaited?
  /// Last day for that.
  var dueOn: CalendarDate?
  var isOverdue = false
  var answer: RecommendationAnswer?
  var answeredOn: CalendarDate?
  /// Why it answered so.
  var reason = ""
  /// The day by which it will be done.
  var doBy: CalendarDate?
  var action: ActionState?
  var reportedOn: CalendarDate?
  var report = ""
  /// What shows that it was done.
  var evidence = ""
}

/// An answer about a consent.
struct ConsentFact: Sendable, Hashable {
  /// What was answered.
  enum Answer: Sendable, Hashable {
    case given, refused, withdrawn
  }

  let id: String
  /// By where the application names them, such as `applicant`.
  let person: String
  let purpose: ConsentPurpose
  /// Key of whom it is for, where the purpose needs one.
  var recipient = ""
  let answer: Answer
  var wording = ""
  let answeredOn: CalendarDate
  /// Nobody has answered about the same since.
  var isNewest = true
}

/// What a consent is for. Raw values are the names of the wire.
enum ConsentPurpose: String, Sendable, Hashable, CaseIterable {
  case sharing = "SHARE_WITH_RELEVANT_BODIES"
  case referral = "SUPPORT_REFERRAL"
  case authority = "THIRD_PARTY_AUTHORITY"
  case attendance = "ATTENDANCE"
  case feedback = "FEEDBACK"
  case equality = "EQUALITY_MONITORING"
}

/// A consent that is waited for.
struct AwaitedFact: Sendable, Hashable {
  let person: String
  let purpose: ConsentPurpose
}

/// A referral to a support service.
struct ReferralFact: Sendable, Hashable {
  /// How far it got.
  enum State: Sendable, Hashable {
    case intended, sent, uncertain, failed
  }

  let agency: String
  let consentID: String
  let state: State
  var answer: ReferralAnswer?
  var answeredOn: CalendarDate?
  /// It is known not to have reached the agency, so that this knows of nobody.
  var isNotDelivered = false
  /// No worker takes it to the agency: it lies there for somebody who does.
  var isFile = false
  var withdrawnOn: CalendarDate?
  var confirmationDueOn: CalendarDate?
  var confirmedOn: CalendarDate?
  var isConfirmationOverdue = false
}

/// A letter to the person, in whatever way it goes.
struct LetterFact: Sendable, Hashable {
  /// What it is about. Raw values are the names of the wire.
  enum Kind: String, Sendable, Hashable, CaseIterable {
    case acknowledgement = "ACKNOWLEDGEMENT"
    case consentRequest = "CONSENT_REQUEST"
    case met = "THRESHOLD_MET"
    case notMet = "THRESHOLD_NOT_MET"
    case deferred = "THRESHOLD_DEFERRED"
    case delay = "DELAY"
    case invitation = "INVITATION"
    case outcome = "OUTCOME"
    case appealAcknowledgement = "APPEAL_ACKNOWLEDGEMENT"
    case appealOutcome = "APPEAL_OUTCOME"
    case signpost = "SIGNPOST"
    case withdrawal = "WITHDRAWAL"
    case followUp = "FOLLOW_UP"
  }

  /// By which way it goes. Raw values are the names of the wire.
  enum Channel: String, Sendable, Hashable, CaseIterable {
    case email = "EMAIL"
    case sms = "SMS"
    case post = "POST"
    case phone = "PHONE"
  }

  /// What became of it.
  enum State: Sendable, Hashable {
    /// It is on its way, or waits for the hour at which the person may be reached.
    case underWay
    /// Nothing takes letters out by its way yet.
    case waiting
    case sent(CalendarDate)
    case delivered(CalendarDate)
    /// It did not arrive, or nobody knows.
    case failed
  }

  let id: String
  let kind: Kind
  let state: State
  var channel: Channel?
  let writtenOn: CalendarDate
}

/// Somebody has opened the case, on one day and for one purpose.
struct ReadFact: Sendable, Hashable {
  let day: CalendarDate
  /// Whose record it is: the worker that was asked.
  let worker: String
  /// Which process asked.
  let principal: String
  let purpose: String
  /// Which fields were told.
  let fields: [String]
  var times = 1

  /// The person themselves, on the portal's pages.
  var isOwn: Bool { principal == "portal" }
}
