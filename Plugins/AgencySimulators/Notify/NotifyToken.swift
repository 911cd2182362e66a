import Crypto
import Foundation

/// The key of the stand-in for GOV.UK Notify, and whether a token was made with it.
enum NotifyToken {
  /// The service, as the key names it and a token its issuer.
  static let service = "5e5a0d0e-7f0c-4c6e-9d57-0d9a3c1f2b10"
  private static let secret = "0f9a6c1e-3b7d-4f58-8a21-6d4e2c9b7a53"
  /// What a plugin is given as its key. It opens nothing but this stand-in.
  static let key = "stand-in-\(service)-\(secret)"
  /// How old a token may be, or how far ahead: clocks differ.
  static let ageLimit: TimeInterval = 30

  private struct Claims: Decodable {
    let iss: String
    let iat: Int
  }

  /// Why a request is not let in, in Notify's words; nil if it is.
  static func objection(to header: String?, at now: Date) -> String? {
    let start = "Bearer "
    guard let header, header.hasPrefix(start) else {
      return "Unauthorized: authentication token must be provided"
    }
    let parts = header.dropFirst(start.count).split(separator: ".")
    guard parts.count == 3, let code = decoded(parts[2]), let body = decoded(parts[1]),
      let claims = try? JSONDecoder().decode(Claims.self, from: body)
    else { return "Invalid token: signature, api token is not valid" }
    guard claims.iss == service else { return "Invalid token: service not found" }
    let isGenuine = HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: Data("\(parts[0]).\(parts[1])".utf8),
      using: SymmetricKey(data: Data(secret.utf8)))
    guard isGenuine else { return "Invalid token: API key not found" }
    guard abs(now.timeIntervalSince1970 - Double(claims.iat)) <= ageLimit else {
      return "Error: Your system clock must be accurate to within 30 seconds"
    }
    return nil
  }

  /// Base64 for URLs (RFC 4648, section 5).
  private static func decoded(_ text: Substring) -> Data? {
    let usual = String(text).replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - usual.count % 4) % 4)
    return Data(base64Encoded: usual + padding)
  }
}
