import Crypto
import Foundation
public import Messages

/// What a person says they have seen of what a principal asks for: a digest of all of it, to be typed where it is
/// approved, so that nothing else can be put in its place meanwhile.
public enum ManifestDigest {
  /// Bytes of it that are shown. Whoever asks writes what is asked for, and could look for two manifests with one
  /// digest: with 16 bytes that takes 2⁶⁴ tries, with the 8 of a key's fingerprint it would take 2³².
  static let bytes = 16

  /// The first bytes of the SHA-256 of who asks and of every line of what is asked for, in hexadecimal digits by
  /// groups of four, such as `9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015`.
  ///
  /// The order of names counts for nothing, and neither does a quota, which an operator alone gives.
  public static func text(of manifest: Recourse_Bus_V1_Manifest, for principal: String) -> String {
    let lines = [domain, principal] + Grants(manifest).lines.sorted()
    let digest = SHA256.hash(data: Data(lines.joined(separator: "\n").utf8))
    let digits = digest.prefix(bytes).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    return stride(from: 0, to: digits.count, by: 2)
      .map { digits[$0..<min($0 + 2, digits.count)].joined() }.joined(separator: "-")
  }

  /// True if a person has typed this digest, in small or capital letters, with or without the hyphens.
  public static func isSame(_ typed: String, as digest: String) -> Bool {
    func digits(_ text: String) -> String {
      text.lowercased().filter { $0 != "-" && !$0.isWhitespace }
    }
    return digits(typed) == digits(digest)
  }

  private static let domain = "recourse.bus.v1.Manifest"
}
