import Crypto
import Foundation
import WorkerKit

/// What one draft is encrypted under. It stands in the slice only wrapped: once under the draft's code, and once for each
/// open session under that session's token. Who reads the slice has neither.
struct DraftKey: Sendable {
  private let key: SymmetricKey

  /// A new one, from the system's generator.
  init() { key = SymmetricKey(size: .bits256) }

  /// - Throws: ``SliceError`` if what is kept is not what was wrapped for this draft under this secret.
  init(unwrapping wrapped: Data, under secret: DoorSecret, draft: String) throws {
    let box = try AES.GCM.SealedBox(combined: wrapped)
    let bytes = try AES.GCM.open(
      box, using: secret.wrappingKey, authenticating: Data(draft.utf8))
    key = SymmetricKey(data: bytes)
  }

  func wrapped(under secret: DoorSecret, draft: String) throws -> Data {
    let bytes = key.withUnsafeBytes { Data($0) }
    return try Self.combined(
      AES.GCM.seal(bytes, using: secret.wrappingKey, authenticating: Data(draft.utf8)))
  }

  /// Bound to the draft and its revision, so that no earlier one and no other's can be put in its place.
  func seal(_ content: Data, draft: String, revision: Int) throws -> Data {
    try Self.combined(
      AES.GCM.seal(
        content, using: key, authenticating: Data("\(draft)/\(revision)".utf8)))
  }

  func open(_ sealed: Data, draft: String, revision: Int) throws -> Data {
    try AES.GCM.open(
      AES.GCM.SealedBox(combined: sealed), using: key,
      authenticating: Data("\(draft)/\(revision)".utf8))
  }

  /// What a file of the draft is encrypted under, bound to the file.
  func wrapped(_ key: FileKey, file: String) throws -> Data {
    try Self.combined(AES.GCM.seal(key.bytes, using: self.key, authenticating: Data(file.utf8)))
  }

  func fileKey(unwrapping wrapped: Data, file: String) throws -> FileKey {
    FileKey(
      bytes: try AES.GCM.open(
        AES.GCM.SealedBox(combined: wrapped), using: key, authenticating: Data(file.utf8)))
  }

  private static func combined(_ box: AES.GCM.SealedBox) throws -> Data {
    // There with every nonce of the usual length, which is what the library draws.
    guard let combined = box.combined else { throw SliceError.wrongType("content") }
    return combined
  }
}
