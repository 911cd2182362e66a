import Foundation
import IntakeRules

/// What a consent is about: whose it is, for what, and to whom.
struct ConsentSubject: Sendable, Hashable {
  let person: ConsentingPerson
  /// Name of `Consent.Purpose`.
  let purpose: String
  /// Key of whom it is for, or empty.
  let recipient: String

  /// The purpose of sharing the case with the bodies that review it.
  static let sharing = "SHARE_WITH_RELEVANT_BODIES"
  /// The purpose of passing details on to a support service.
  static let supportReferral = "SUPPORT_REFERRAL"
  /// The purpose of speaking for somebody else.
  static let thirdPartyAuthority = "THIRD_PARTY_AUTHORITY"
}

/// A consent as it was answered in an application.
struct ConsentAnswer: Sendable, Hashable {
  let subject: ConsentSubject
  let given: Bool
  /// Version of the words that were shown.
  let wording: String
  /// When it was answered, if that was said.
  let at: Date?
  /// Name of `Capacity`, or empty if they answered for themselves.
  let capacity: String
}

extension AwaitedConsents {
  /// - Parameters:
  ///   - words: what was said last about each subject.
  ///   - victims: those of the application, in its order.
  static func find(
    _ words: [ConsentSubject: Word], _ victims: [ConsentingPerson]
  ) -> [Awaited] {
    func word(_ purpose: String, of person: ConsentingPerson) -> Word? {
      let said = words.filter { $0.key.purpose == purpose && $0.key.person == person }.values
      return said.contains(.yes) ? .yes : said.first
    }
    let others = victims.compactMap { person -> Victim? in
      guard case .victim(let place) = person else { return nil }
      return Victim(
        place: place, authority: word(ConsentSubject.thirdPartyAuthority, of: person),
        sharing: word(ConsentSubject.sharing, of: person))
    }
    // Who will not have the applicant apply for them takes no part, and shares nothing.
    let isShared = words.contains { subject, said in
      subject.purpose == ConsentSubject.sharing && said == .yes
        && word(ConsentSubject.thirdPartyAuthority, of: subject.person) != .no
    }
    return find(
      sharing: isShared,
      applicantIsVictim: victims.isEmpty || victims.contains(.applicant), victims: others)
  }
}

extension AwaitedConsents.Awaited {
  var person: ConsentingPerson {
    switch self {
    case .sharing(let person): person
    case .authority(let place): .victim(place)
    }
  }

  /// Name of `Consent.Purpose`.
  var purpose: String {
    switch self {
    case .sharing: ConsentSubject.sharing
    case .authority: ConsentSubject.thirdPartyAuthority
    }
  }
}
