import CaseModel
import Crypto
import Foundation
public import Policy

/// A policy pack as it is written down and passed on: YAML, named by the SHA-256 of its bytes.
public enum PolicyDocument {
  /// Bytes of a document at most.
  public static let bytesLimit = 64 * 1024

  /// Reads a document.
  /// - Throws: ``PolicyDocumentError`` with the path of what is wrong; a pack that the Act does not allow
  ///   is refused here.
  public static func parse(_ text: String) throws(PolicyDocumentError) -> PolicyPack {
    guard text.utf8.count <= bytesLimit else {
      throw PolicyDocumentError(path: "", message: "a document has \(bytesLimit) bytes at most")
    }
    let root = try YAMLReader(text: text)
    let pack = try PackReader(root, digest: digest(of: text)).pack()
    if let problem = pack.check().first(where: { $0.severity == .refused }) {
      throw PolicyDocumentError(path: problem.path, message: problem.message)
    }
    return pack
  }

  /// SHA-256 over the text's UTF-8, in hexadecimal.
  public static func digest(of text: String) -> String {
    SHA256.hash(data: Data(text.utf8))
      .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}

/// What is wrong with a document, and where.
public struct PolicyDocumentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable code.
  public var code: String { "invalid-policy" }
  /// Such as `mandatory.required`; empty for the whole.
  public let path: String
  public let message: String

  public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
