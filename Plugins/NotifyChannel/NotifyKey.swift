import Foundation
import WorkerKit

/// A key as GOV.UK Notify gives it: `name-SERVICE-SECRET`, the last two of 36 characters each.
struct NotifyKey: Sendable {
  private static let length = 36

  private let service: String
  private let secret: String

  /// Nil for what is no key.
  init?(_ text: String) {
    let letters = Array(text)
    guard letters.count >= 2 * Self.length + 1,
      letters[letters.count - Self.length - 1] == "-"
    else { return nil }
    secret = String(letters.suffix(Self.length))
    service = String(letters.dropLast(Self.length + 1).suffix(Self.length))
  }

  /// What a request is signed with: a JSON Web Token (RFC 7519) with HMAC-SHA256, which Notify takes for 30 seconds.
  func token(at now: Date) -> String {
    let seconds = Int(now.timeIntervalSince1970.rounded(.down))
    let head = Self.encoded(Array(#"{"typ":"JWT","alg":"HS256"}"#.utf8))
    let claims = Self.encoded(Array(#"{"iss":"\#(service)","iat":\#(seconds)}"#.utf8))
    let code = WebSignature.hmacSHA256(of: Array("\(head).\(claims)".utf8), key: Array(secret.utf8))
    return "\(head).\(claims).\(Self.encoded(Self.bytes(ofDigits: code)))"
  }

  private static func bytes(ofDigits digits: String) -> [UInt8] {
    let digits = Array(digits)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
  }

  /// Base64 for URLs, without padding (RFC 4648, section 5).
  private static func encoded(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
