import Foundation

/// A consent as it was answered.
struct ConsentAnswer: Sendable, Hashable {
  /// Name of `Consent.Purpose`.
  let purpose: String
  /// Key of whom it is for, or empty.
  let recipient: String
  let given: Bool
  /// Version of the words that were shown.
  let wording: String
  /// When it was answered, if that was said.
  let at: Date?

  /// The purpose of sharing the case with the bodies that review it.
  static let sharing = "SHARE_WITH_RELEVANT_BODIES"
  /// The purpose of passing details on to a support service.
  static let supportReferral = "SUPPORT_REFERRAL"
  /// The purpose of speaking for somebody else.
  static let thirdPartyAuthority = "THIRD_PARTY_AUTHORITY"
}
