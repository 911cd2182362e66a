/// Without which consents a review cannot be run, and are not there.
///
/// The Act asks for none (s.104(1)); the guidance does: the authority of a victim for whom somebody else
/// applies, and that what the review is about may be shared with the bodies that carry it out. Where there
/// are many victims each has a consent of their own, and one who says no does not end it for the others.
public enum AwaitedConsents {
  /// What somebody said last. Who has not been asked has said nothing.
  public enum Word: Sendable, Hashable {
    case yes
    /// Refused, or taken back.
    case no
  }

  /// A victim who is somebody else than the applicant.
  public struct Victim: Sendable, Hashable {
    /// In the application, from 0.
    public let place: Int
    /// To the applicant's applying for them.
    public let authority: Word?
    /// To sharing with the relevant bodies; who says no to that takes no part either.
    public let sharing: Word?

    public init(place: Int, authority: Word?, sharing: Word?) {
      self.place = place
      self.authority = authority
      self.sharing = sharing
    }

    fileprivate var takesPart: Word? { sharing == .no ? .no : authority }

    /// What is missing of theirs.
    fileprivate var missing: Awaited {
      sharing == .no ? .sharing(.victim(place)) : .authority(of: place)
    }
  }

  /// A consent that is waited for.
  public enum Awaited: Sendable, Hashable {
    case sharing(ConsentingPerson)
    /// That of the victim in this place.
    case authority(of: Int)
  }

  /// - Parameters:
  ///   - sharing: whether anybody of the application has consented to share it with the relevant bodies.
  ///   - applicantIsVictim: whether the applicant is a victim too, or the only one.
  ///   - victims: the others, in the order of the application.
  /// - Returns: that of whoever applies first, then the victims' in their order; empty if nothing is waited
  ///   for.
  public static func find(
    sharing: Bool, applicantIsVictim: Bool, victims: [Victim]
  ) -> [Awaited] {
    var awaited: [Awaited] = sharing ? [] : [.sharing(.applicant)]
    let unasked = victims.filter { $0.takesPart == nil }
    awaited += unasked.map(\.missing)
    let nobodyIsLeft = !victims.isEmpty && victims.allSatisfy { $0.takesPart == .no }
    // For whom would the review be run?
    if nobodyIsLeft && !applicantIsVictim { awaited += victims.map(\.missing) }
    return awaited
  }
}
