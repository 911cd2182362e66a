/// A way by which it is safe to reach somebody: one that nobody else reads, hears or opens.
public enum SafeChannel: String, Sendable, Hashable, CaseIterable {
  case email = "EMAIL"
  case phone = "PHONE"
  case post = "POST"
  case sms = "SMS"

  /// What a channel needs to reach somebody.
  public enum Address: String, Sendable, Hashable {
    case email
    case phone
    case postalAddress
  }

  /// The address that this channel goes to; in proto3 JSON the field has the same name.
  public var address: Address {
    switch self {
    case .email: .email
    case .phone, .sms: .phone
    case .post: .postalAddress
    }
  }
}
