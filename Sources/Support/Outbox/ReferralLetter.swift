import Foundation

/// How a person can be reached, as Intake passes it on. Lives as long as it takes to write it down.
struct ReferralDetails: Sendable, Hashable {
  let name: String
  let ways: [SafeWay]
  let language: String
  let adjustments: [String]
  let consentID: String
  let consentWording: String
}

/// A way by which it is safe to reach somebody.
struct SafeWay: Sendable, Hashable {
  let channel: String
  let address: String
  /// `HH:MM-HH:MM`, or empty for any time.
  let between: String
  let voicemail: Bool
}

/// What an agency is given: the least with which it can make contact, and what entitles it to. No case
/// reference, no risk score, nothing of what happened or of anybody else.
struct ReferralLetter: Encodable, Sendable {
  /// Names the referral: the same however often it is sent.
  let referral: String
  /// Key of the agency that it is for.
  let agency: String
  let referrer: String
  let name: String
  let safeContact: [Way]
  let language: String
  let adjustments: [String]
  let consent: Consent

  struct Way: Encodable, Sendable {
    let channel: String
    let address: String
    /// Absent if any time will do.
    let between: String?
    /// Whether a message may be left; absent where none can be.
    let voicemail: Bool?
  }

  struct Consent: Encodable, Sendable {
    let id: String
    let wording: String
  }

  init(referral: String, agency: String, referrer: String, _ details: ReferralDetails) {
    self.referral = referral
    self.agency = agency
    self.referrer = referrer
    name = details.name
    safeContact = details.ways.map { way in
      Way(
        channel: way.channel, address: way.address,
        between: way.between.isEmpty ? nil : way.between,
        voicemail: way.channel == "PHONE" ? way.voicemail : nil)
    }
    language = details.language
    adjustments = details.adjustments
    consent = Consent(id: details.consentID, wording: details.consentWording)
  }

  /// The same bytes for the same letter.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
