import Crypto
import Foundation

/// A session of Intake, as a browser shows it: its token, and nothing else, in a cookie that scripts cannot read.
struct Session: Sendable, Hashable {
  /// As Intake gave it. It stands in no page, no address and no log.
  let token: String

  /// Characters of a token, at most.
  static let tokenCharactersLimit = 512

  /// Nil if it cannot be one.
  init?(token: String) {
    let isPlain = token.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "/"),
        UInt8(ascii: "~"):
        true
      default: false
      }
    }
    guard isPlain, !token.isEmpty, token.utf8.count <= Self.tokenCharactersLimit else { return nil }
    self.token = token
  }

  /// What every form of this session has in a hidden field: whoever does not know the session cannot make it. It needs
  /// no key of this process, so that a page outlives a restart.
  var formToken: String {
    let key = SymmetricKey(data: Array(token.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("recourse form".utf8), using: key)
    return Data(code).base64EncodedString()
  }

  /// Compares in constant time.
  func isOwn(_ formToken: String) -> Bool {
    let key = SymmetricKey(data: Array(token.utf8))
    guard let code = Data(base64Encoded: formToken) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: Array("recourse form".utf8), using: key)
  }
}

/// The one cookie that a listener sets. Browsers do not tell the ports of a host apart, so that officers have one of another
/// name: what they key in opens nothing on the public's pages.
struct SessionCookie: Sendable, Hashable {
  let isSecure: Bool
  var isOfOfficers = false

  /// With TLS a name by which browsers take it from nobody but this very host.
  var name: String {
    (isSecure ? "__Host-" : "") + (isOfOfficers ? "officer-session" : "session")
  }

  /// The session that a `Cookie` header shows; the first of that name counts.
  func session(in header: String) -> Session? {
    for pair in header.split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      if parts[0].trimmingCharacters(in: .whitespaces) == name {
        return Session(token: parts[1].trimmingCharacters(in: .whitespaces))
      }
    }
    return nil
  }

  /// `Set-Cookie`: it ends with the browser, if not before.
  func setting(_ session: Session) -> String { "\(name)=\(session.token)\(attributes)" }

  /// `Set-Cookie` by which the browser forgets it.
  var clearing: String { "\(name)=; Max-Age=0\(attributes)" }

  private var attributes: String {
    "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
  }
}
