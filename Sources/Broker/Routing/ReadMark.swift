import Bus
import Crypto

/// What the fields of the broker's PING say, which come back in PONG: how many bytes a session has been sent, and a tag
/// of that and the session that its peer cannot make up. So a PONG counts only from who has read its PING.
struct ReadMark: Sendable {
  private let key: SymmetricKey

  /// Bytes of the fields: two numbers of eight, of which the second is the tag.
  static let bytes = 16

  /// - Parameter secret: nobody else knows it; the same one makes the same fields.
  init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

  /// The fields of a PING.
  func fields(_ session: UInt64, sent: UInt64) -> WireBytes {
    WireBytes(sent.bigEndianBytes + tag(session, sent).bigEndianBytes)
  }

  /// How many bytes a session has read if these are the fields of one of its PINGs, else nil.
  func read(_ fields: WireBytes, _ session: UInt64) -> UInt64? {
    guard fields.count == Self.bytes else { return nil }
    let bytes = [UInt8](fields)
    guard let sent = UInt64(bigEndianBytes: Array(bytes[..<8])),
      let tag = UInt64(bigEndianBytes: Array(bytes[8...])), tag == self.tag(session, sent)
    else { return nil }
    return sent
  }

  private func tag(_ session: UInt64, _ sent: UInt64) -> UInt64 {
    let code = HMAC<SHA256>.authenticationCode(
      for: session.bigEndianBytes + sent.bigEndianBytes, using: key)
    return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
