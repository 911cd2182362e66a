import Crypto

/// SHA-256 of something that is read a piece at a time: by it a file is known again, whatever it is called.
public struct ContentDigest: Sendable {
  private var hash = SHA256()

  /// Of nothing so far.
  public init() {}

  /// Takes the next bytes.
  public mutating func take(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// 64 hexadecimal digits of all that was taken.
  public var digits: String {
    hash.finalize().map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
