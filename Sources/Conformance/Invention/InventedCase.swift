public import CaseModel
public import Foundation

/// A case that the check makes up: everything that is told of it fits together.
public struct InventedCase: Sendable, Hashable {
  /// The field by which an event says which case it is of.
  static let referenceField = "case_reference"

  public let reference: CaseReference
  /// Counts the events of the case, from 1: what differs between two of one type.
  public var number: Int
  public let moment: Date
  /// The pack that the case goes by.
  public let policyDigest: String

  /// The case of a number; the same in every run, so that two runs can be compared.
  public init(
    _ index: Int, number: Int = 1, at moment: Date, under policyDigest: String = Self.noDigest
  ) {
    var generator = CountedNumbers(seed: UInt64(index))
    reference = CaseReference(using: &generator)
    self.number = number
    self.moment = moment
    self.policyDigest = policyDigest
  }

  /// What a text field of a name says in the case.
  func text(_ field: String) -> String {
    if let known = Self.texts[field] { return known }
    switch field {
    case Self.referenceField, "reference": return reference.description
    case "digest", "policy_digest": return policyDigest
    case "consent_id": return "consent-1"
    default: break
    }
    if field.hasSuffix("_key") { return "\(field.dropLast(4))-\(number)" }
    if Self.isDay(field) { return day.description }
    return "invented-\(number)"
  }

  private var day: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(moment.timeIntervalSince1970.rounded(.down)))
  }

  private static func isDay(_ field: String) -> Bool {
    field == "until" || ["_on", "_from", "_to", "_date", "_day"].contains { field.hasSuffix($0) }
  }

  /// What stands in the fields whose names say what it must be.
  private static let texts: [String: String] = [
    "agencies": "victim-support", "agency": "victim-support", "area": "plymouth",
    "blocking_bodies": "livewest", "bodies": body,
    "body": body, "channel": "web", "clause": "s.104(4)", "code": "counted",
    "email": "someone@example.org", "ground": "process", "language": "en",
    "made_to": "COUNCIL", "on_breach": "explain", "phone": "01632 960001",
    "purpose": "SUPPORT_REFERRAL", "recipient": "victim-support",
    "required_bodies": body, "rules": "s.104(4)", "stage": "decide",
    "wording": "2026-01",
  ]

  /// The relevant body that everything is about.
  static let body = "plymouth-city-council"

  /// Of no pack that anybody has.
  public static let noDigest = "sha256:" + String(repeating: "0c", count: 32)
}

/// Numbers that follow from a seed (SplitMix64), so that every run makes up the same.
private struct CountedNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
