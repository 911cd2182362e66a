/// Where mail is handed in (RFC 6409), and as whom.
public struct MailServer: Sendable {
  /// Whether anything is said before the connection is encrypted.
  public enum Encryption: Sendable, Hashable {
    /// By the URL's scheme from the first byte, or by STARTTLS; a server that has neither is sent nothing.
    case required
    /// In the open, for a server on this machine or behind a tunnel.
    case none
  }

  /// `smtps://HOST` is encrypted from the first byte (RFC 8314), `smtp://HOST` by STARTTLS (RFC 3207); with `:PORT` where
  /// it is not the usual one. Without user information and path.
  public var url: String
  public var encryption: Encryption
  /// Nil where the server asks for none.
  public var user: String?
  /// Is said to the server alone, and stands in no fault.
  public var password: String?
  /// Whose certificates are trusted. Mail goes through no proxy, whatever it says of one.
  public var trust: WebTrust

  /// A server by its address.
  /// - Parameter encryption: nil: required, but of a server on this machine (`localhost`, `127.0.0.1`, `[::1]`).
  public init(
    _ url: String, encryption: Encryption? = nil, user: String? = nil, password: String? = nil,
    trusting trust: WebTrust = WebTrust()
  ) {
    self.url = url
    self.encryption = encryption ?? (Self.isOnThisMachine(url) ? .none : .required)
    self.user = user
    self.password = password
    self.trust = trust
  }

  /// What is wrong with its address, without it: "is not …"; nil if nothing is.
  public var objection: String? {
    guard let parts = MailURL(url), ["smtp", "smtps"].contains(parts.scheme), !parts.hasMore else {
      return "is not smtp://HOST or smtps://HOST, with :PORT or without"
    }
    return nil
  }

  /// True if nobody else can listen between this process and the server.
  static func isOnThisMachine(_ url: String) -> Bool {
    guard let parts = MailURL(url), parts.scheme == "smtp" else { return false }
    return ["localhost", "127.0.0.1", "[::1]"].contains(parts.host)
  }
}
