public import CaseModel

extension Letter {
  /// A letter with all that goes around it: what a bystander may see of it, and what may be said of it aloud.
  ///
  /// The letter itself says everything and is read by the person alone. Subject, text message, what is said on the
  /// telephone and the calendar entry say that there is something to read, and never what about.
  public struct Notice: Sendable, Hashable {
    /// What it is about.
    public let kind: Kind
    public let language: Language
    /// Empty where there is no case, as in a signpost.
    public let caseReference: String
    /// Of an e-mail, a file or an envelope.
    public let subject: String
    /// A text message of ``smsLimit`` characters at most.
    public let sms: String
    /// What may be said on the telephone.
    public let phone: PhoneScript
    /// For a letter that names a meeting.
    public let calendar: CalendarEntry?
    /// The day of the letter.
    public let on: CalendarDate
    let paper: Paper

    /// Two parts of a text message.
    public static let smsLimit = 306

    /// Name and version of the words, such as `acknowledgement/1`.
    public var template: String { kind.template }

    /// Plain text. It is addressed to nobody unless a salutation is passed in.
    /// - Parameter salutation: a line such as ``greeting(_:in:)`` gives; not kept.
    public func text(salutation: String = "") -> String {
      paper.text(Paper.Dress(salutation: salutation))
    }

    /// CommonMark.
    public var markdown: String { paper.markdown }

    /// A whole page that stands alone.
    /// - Parameter isLarge: large print, for whoever asked for it.
    public func html(salutation: String = "", isLarge: Bool = false) -> String {
      paper.html(Paper.Dress(salutation: salutation, isLarge: isLarge))
    }

    /// A salutation for a name: "Dear A. Person,".
    public static func greeting(_ name: String, in language: Language) -> String {
      Speech(language: language)("Dear \(name),", "Annwyl \(name),")
    }
  }
}

extension Letter.Notice {
  /// Every kind of letter.
  public enum Kind: String, Sendable, CaseIterable {
    case acknowledgement
    case consentRequest = "consent-request"
    /// s.104(3), to a relevant body.
    case bodyNotification = "body-notification"
    case informationRequest = "information-request"
    case informationChaser = "information-chaser"
    case thresholdMet = "threshold-met"
    case thresholdNotMet = "threshold-not-met"
    case thresholdDeferred = "threshold-deferred"
    case delay
    case invitation
    case outcome
    case appealAcknowledgement = "appeal-acknowledgement"
    case appealOutcome = "appeal-outcome"
    case signpost
    case withdrawal
    case followUp = "follow-up"
    /// s.104(7), to whom something is recommended.
    case recommendation
    case recommendationReminder = "recommendation-reminder"

    /// Version of its words. Whoever changes what a letter says counts one further.
    public var version: Int { 1 }

    /// Name and version of its words, such as `acknowledgement/1`; kept with what was sent.
    public var template: String { "\(rawValue)/\(version)" }

    /// True if it only ever goes to a body, not to a person.
    public var isForBody: Bool {
      switch self {
      case .bodyNotification, .informationRequest, .informationChaser, .recommendation,
        .recommendationReminder:
        true
      default: false
      }
    }
  }

  /// What may be said on the telephone. None of it says what the message is about.
  public struct PhoneScript: Sendable, Hashable {
    /// For an answering machine, where the person has said that one may be spoken to.
    public let voicemail: String
    /// To whoever answers.
    public let opening: String
    /// When it is certain who listens: where the letter is, and that it can be read out.
    public let afterCheck: String
  }
}
