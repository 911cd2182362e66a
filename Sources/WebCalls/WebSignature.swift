import Crypto

/// How whoever takes a message in can tell who sent it: a code over its time and body that only those can make who share
/// a secret (HMAC-SHA256, RFC 2104).
public enum WebSignature {
  /// `t=SECONDS,v1=HEX`: the code is over the seconds, a full stop and the body, so that neither can be changed.
  /// - Parameter seconds: since 1970, when it is sent: by it the other side refuses what is old.
  public static func make(of body: [UInt8], at seconds: Int, secret: String) -> String {
    let code = hmacSHA256(of: Array("\(seconds).".utf8) + body, key: Array(secret.utf8))
    return "t=\(seconds),v1=\(code)"
  }

  /// In 64 hexadecimal digits, lower case.
  public static func hmacSHA256(of bytes: [UInt8], key: [UInt8]) -> String {
    HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key))
      .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
