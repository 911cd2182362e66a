public import Foundation

/// Something that the broker refused because of who asked for it, as an operator is told of it.
///
/// It carries names, fingerprints and what was asked for: never a key, and nothing of what a message said.
public struct Refused: Sendable, Hashable, Codable {
  /// What was refused. The names stand in records, so they stay.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Somebody came without CURVE, and so without a key.
    case noCurve = "no-curve"
    /// Somebody took another public key for the broker's, such as the one before it was exchanged.
    case otherBroker = "other-broker"
    /// A key that nobody has enrolled.
    case unknownKey = "unknown-key"
    /// A key that has been revoked.
    case revokedKey = "revoked-key"
    /// A key claimed to be somebody whom it is not.
    case notYours = "not-yours"
    /// A manifest asks for more than is approved.
    case notApproved = "not-approved"
    /// A call that is not allowed.
    case call = "call"
    /// An event that may not be appended.
    case publish = "publish"
    /// Events that may not be read.
    case subscribe = "subscribe"
    /// An event in the name of somebody else, or of somebody else's slice.
    case producer = "producer"
    /// More at a time than is allowed.
    case quota = "quota"
  }

  /// When it was refused; the core, which knows no time of day, leaves it to its driver.
  public var at: Date?
  /// Whom the key belongs to; of a key that is unknown or revoked, its fingerprint; empty if there is none.
  public var principal: String
  /// What was refused.
  public var kind: Kind
  /// What exactly, in words, such as “claimed to be intake”: ``detailScalarsLimit`` at most, none of them control
  /// characters.
  public var detail: String

  public init(principal: String, kind: Kind, detail: String, at: Date? = nil) {
    self.at = at
    self.principal = principal
    self.kind = kind
    self.detail = Self.fitting(detail)
  }

  /// Scalars of a detail, which may name what a peer has made up.
  public static let detailScalarsLimit = 512

  /// A text as it may stand in a record, on a terminal and in REFUSE: no longer than it may be, and with spaces where
  /// it has characters that are not to be seen.
  static func fitting(_ text: String, scalars limit: Int = detailScalarsLimit) -> String {
    var fitting = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: fitting.append(" ")
      default: fitting.append(scalar)
      }
    }
    return String(fitting)
  }
}
