import CaseModel
import Policy

/// What a consent of the person's stands at, and who has confirmed that it was taken back.
struct ConsentLine: Sendable, Hashable {
  /// Whether whoever had it has confirmed that it was taken back.
  enum Confirmation: Sendable, Hashable {
    case confirmed(CalendarDate)
    case awaited(CalendarDate?)
    case overdue(CalendarDate)
  }

  let purpose: ConsentPurpose
  /// Whose, by where the application names them.
  let person: String
  /// Key of whom it is for; empty where the purpose needs none.
  let recipient: String
  let answer: ConsentFact.Answer
  let answeredOn: CalendarDate
  let wording: String
  /// What became of what rested on it; nil where nothing did.
  let referral: ReferralFact?
  /// Nil where nothing has to be confirmed.
  let confirmation: Confirmation?

  /// The applicant can take it back here: it is their own, and given.
  var canBeWithdrawn: Bool { answer == .given && person == CaseFacts.applicant }

  /// The applicant can give it here: it is their own, and not given now.
  var canBeGiven: Bool { answer != .given && person == CaseFacts.applicant }

  /// The newest answer about each, in the order of purposes. Of other people's only what the review itself waits for: whether
  /// another victim wants help, is to be counted or comes to the meeting is between them and whoever they told, and those
  /// who applied together may live apart in fear of one another.
  static func all(_ facts: CaseFacts) -> [ConsentLine] {
    let newest = facts.consents.filter { $0.isNewest && isShown($0) }
    return ConsentPurpose.allCases.flatMap { purpose in
      newest.filter { $0.purpose == purpose }.map { line($0, facts) }
    }
  }

  private static func isShown(_ consent: ConsentFact) -> Bool {
    if consent.person == CaseFacts.applicant { return true }
    return switch consent.purpose {
    case .sharing, .authority: true
    case .referral, .attendance, .feedback, .equality: false
    }
  }

  private static func line(_ consent: ConsentFact, _ facts: CaseFacts) -> ConsentLine {
    // A referral rests on an answer of this person's, not on another victim's to the same agency.
    let own = Set(
      facts.consents.filter {
        $0.person == consent.person && $0.purpose == .referral && $0.recipient == consent.recipient
      }.map(\.id))
    let referral = facts.referrals.last {
      consent.purpose == .referral && $0.agency == consent.recipient && own.contains($0.consentID)
    }
    return ConsentLine(
      purpose: consent.purpose, person: consent.person, recipient: consent.recipient,
      answer: consent.answer, answeredOn: consent.answeredOn, wording: consent.wording,
      referral: referral,
      confirmation: consent.answer == .withdrawn ? referral.flatMap(confirmation) : nil)
  }

  private static func confirmation(_ referral: ReferralFact) -> Confirmation? {
    if let day = referral.confirmedOn { return .confirmed(day) }
    guard referral.withdrawnOn != nil else { return nil }
    if referral.isConfirmationOverdue, let due = referral.confirmationDueOn { return .overdue(due) }
    return .awaited(referral.confirmationDueOn)
  }
}
