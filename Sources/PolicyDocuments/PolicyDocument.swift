import CaseModel
import Crypto
import Foundation
public import Policy

/// A policy pack as it is written down and passed on: YAML, named by the SHA-256 of its bytes.
public enum PolicyDocument {
  /// Bytes of a document at most.
  public static let bytesLimit = 64 * 1024

  /// Reads a document. It refuses only what cannot be understood; what the law says about it is for
  /// `PolicyPack.lint()`.
  /// - Throws: ``PolicyDocumentError`` with path and line of what is wrong.
  public static func parse(_ text: String) throws(PolicyDocumentError) -> PolicyPack {
    let root = try root(of: text)
    let outline = try DocumentOutline(of: root)
    let reader = PackReader(root: root, digest: digest(of: text))
    let pack = try reader.pack()
    if let problem = pack.check().first {
      throw PolicyDocumentError(
        path: problem.path, message: problem.message, line: outline.lines.line(of: problem.path))
    }
    try reader.checkPaths(against: outline)
    return pack
  }

  /// On which line each value stands; empty for what is no document.
  public static func lines(of text: String) -> DocumentLines {
    do { return try DocumentOutline(of: root(of: text)).lines } catch { return DocumentLines() }
  }

  private static func root(of text: String) throws(PolicyDocumentError) -> YAMLReader {
    guard text.utf8.count <= bytesLimit else {
      throw PolicyDocumentError(path: "", message: "a document has \(bytesLimit) bytes at most")
    }
    return try YAMLReader(text: text)
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
  /// Counted from 1; nil where no line can be named.
  public let line: Int?

  init(path: String, message: String, line: Int? = nil) {
    self.path = path
    self.message = message
    self.line = line
  }

  public var description: String {
    let place = [line.map { "line \($0)" }, path.isEmpty ? nil : path].compactMap(\.self)
    return place.isEmpty ? message : "\(place.joined(separator: ", ")): \(message)"
  }
}
