import CZeroMQ
import Glibc

/// Keys of CURVE (ZeroMQ RFC 26) as Z85 text (RFC 32): 40 characters for 32 bytes.
public enum Curve {
  /// Bytes of a key.
  public static let keyBytes = 32
  /// Characters of a key.
  public static let keyCharacters = 40
  /// Bytes by which CURVE makes a frame longer: the command's name, a nonce, an authenticator and a flag.
  public static let frameBytes = 8 + 8 + 16 + 1
  /// What libzmq writes: the characters and a terminator.
  private static let bufferBytes = keyCharacters + 1

  /// A new pair, from the system's source of random numbers.
  /// - Throws: ``ZeroMQError`` if this libzmq was built without CURVE.
  public static func makeKeyPair() throws(ZeroMQError) -> (publicKey: String, secretKey: String) {
    var publicKey = [CChar](repeating: 0, count: bufferBytes)
    var secretKey = publicKey
    guard zmq_curve_keypair(&publicKey, &secretKey) == 0 else { throw .last("zmq_curve_keypair") }
    return (text(publicKey), text(secretKey))
  }

  /// The public key that belongs to a secret one.
  /// - Throws: ``ZeroMQError`` if that is no key, or this libzmq was built without CURVE.
  public static func publicKey(of secretKey: String) throws(ZeroMQError) -> String {
    // libzmq would write beyond its own buffer for a text that is longer.
    guard bytes(of: secretKey) != nil else {
      throw ZeroMQError(function: "zmq_curve_public", code: EINVAL)
    }
    var publicKey = [CChar](repeating: 0, count: bufferBytes)
    guard zmq_curve_public(&publicKey, secretKey) == 0 else { throw .last("zmq_curve_public") }
    return text(publicKey)
  }

  /// The bytes of a key; nil if this is not the Z85 text of one.
  public static func bytes(of key: String) -> [UInt8]? {
    let isPlain = key.utf8.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    guard key.utf8.count == keyCharacters, isPlain else { return nil }
    var bytes = [UInt8](repeating: 0, count: keyBytes)
    return zmq_z85_decode(&bytes, key) == nil ? nil : bytes
  }

  /// The text of a key's bytes; nil if they are not 32.
  public static func text(of bytes: [UInt8]) -> String? {
    guard bytes.count == keyBytes else { return nil }
    var buffer = [CChar](repeating: 0, count: bufferBytes)
    return zmq_z85_encode(&buffer, bytes, bytes.count) == nil ? nil : text(buffer)
  }

  private static func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Socket {
  /// Lets nobody connect but by CURVE with a key that the process's handler of ZAP (ZeroMQ RFC 27) knows; without
  /// a handler nobody at all. To be said before `bind`.
  /// - Parameters:
  ///   - secretKey: this side's own, Z85.
  ///   - domain: what the handler is told, so that it can tell sockets apart; not empty.
  public func requireCurve(secretKey: String, domain: String) throws(ZeroMQError) {
    precondition(!domain.isEmpty, "without a domain nobody is asked who may connect")
    try set(ZMQ_CURVE_SERVER, to: 1 as Int32)
    try set(ZMQ_CURVE_SECRETKEY, to: secretKey)
    try set(ZMQ_ZAP_DOMAIN, to: domain)
    try set(Self.enforceDomain, to: 1 as Int32)
  }

  /// Connects by CURVE, to who has this key and to nobody else. To be said before `connect`. All are Z85.
  public func useCurve(
    serverKey: String, publicKey: String, secretKey: String
  ) throws(ZeroMQError) {
    try set(ZMQ_CURVE_SERVERKEY, to: serverKey)
    try set(ZMQ_CURVE_PUBLICKEY, to: publicKey)
    try set(ZMQ_CURVE_SECRETKEY, to: secretKey)
  }

  /// `ZMQ_ZAP_ENFORCE_DOMAIN`, which the header names among drafts only; libzmq knows it since 4.3.
  private static let enforceDomain: Int32 = 93
}

extension Part {
  /// What the handler of ZAP said of who sent this part: the User-Id of its connection. Nil where none was said.
  public var userID: String? {
    guard let text = zmq_msg_gets(&message, "User-Id") else { return nil }
    return String(cString: text)
  }

  /// The bytes, copied.
  public var copiedBytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}
