import Crypto
import Foundation
import ZeroMQ

/// Who somebody is on the bus: a CURVE public key, 32 bytes. It may be shown to anybody.
public struct PublicKey: Sendable, Hashable, CustomStringConvertible, Codable {
  /// The key's Z85 text, 40 characters.
  public let text: String

  /// Reads Z85 text; nil if it is not that of a key.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    guard Curve.bytes(of: text) != nil else { return nil }
    self.text = text
  }

  /// Takes a key's 32 bytes; nil if they are more or fewer.
  public init?(bytes: [UInt8]) {
    guard let text = Curve.text(of: bytes) else { return nil }
    self.text = text
  }

  /// What a person compares two keys by: the first eight bytes of the SHA-256 of the key's bytes, in hexadecimal
  /// digits by groups of four, such as `9f86-d081-884c-7d65`.
  public var fingerprint: String {
    let digest = SHA256.hash(data: Curve.bytes(of: text) ?? [])
    let bytes = Array(digest.prefix(Self.fingerprintBytes))
    let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    return stride(from: 0, to: digits.count, by: 2)
      .map { digits[$0..<min($0 + 2, digits.count)].joined() }.joined(separator: "-")
  }

  private static let fingerprintBytes = 8

  /// The fingerprint: enough to tell keys apart, and short enough for a line.
  public var description: String { fingerprint }

  /// Reads the key's text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = PublicKey(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a public key is the Z85 text of 32 bytes")
    }
    self = key
  }

  /// Writes the key's text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// The secret half of a key pair, 32 bytes. It is written to its owner's file and handed to libzmq, and shown to
/// nobody: what describes it does not tell it.
public struct SecretKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Reads Z85 text; nil if it is not that of a key.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    guard (try? Curve.publicKey(of: text)) != nil else { return nil }
    self.text = text
  }

  /// Takes a key's 32 bytes; nil if they are more or fewer.
  public init?(bytes: [UInt8]) {
    guard let text = Curve.text(of: bytes) else { return nil }
    self.text = text
  }

  /// The key's Z85 text, for its owner's file and for libzmq: never for a log, an argument or an error.
  public func reveal() -> String { text }

  /// Not the key.
  public var description: String { "(secret key)" }
  /// Not the key.
  public var debugDescription: String { description }
  /// Nothing: who prints whatever holds the key does not print the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A key and its secret.
public struct KeyPair: Sendable, Hashable {
  /// Who its owner is.
  public let publicKey: PublicKey
  /// How its owner shows that.
  public let secretKey: SecretKey

  /// A pair that nobody has had before.
  /// - Throws: ``KeyError`` if libzmq was built without CURVE.
  public static func make() throws(KeyError) -> KeyPair {
    do throws(ZeroMQError) {
      let made = try Curve.makeKeyPair()
      if let secret = SecretKey(made.secretKey), let pair = try? KeyPair(of: secret) { return pair }
    } catch {}
    throw .impossible
  }

  /// The pair that a secret key belongs to.
  /// - Throws: ``KeyError`` if libzmq was built without CURVE.
  public init(of secretKey: SecretKey) throws(KeyError) {
    guard let text = try? Curve.publicKey(of: secretKey.reveal()), let key = PublicKey(text) else {
      throw .impossible
    }
    publicKey = key
    self.secretKey = secretKey
  }
}

/// What a process needs in order to be let in by a broker: its own pair, and whom it takes for the broker.
public struct PeerKeys: Sendable, Hashable {
  /// The process's own.
  public let own: KeyPair
  /// The broker's: who does not have its secret is not spoken to.
  public let broker: PublicKey

  public init(own: KeyPair, broker: PublicKey) {
    self.own = own
    self.broker = broker
  }
}
