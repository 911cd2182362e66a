import Crypto
import Foundation
import WorkerKit

/// What one file and its name are encrypted under, from the first byte on. While it belongs to a draft the slice has this
/// key only wrapped under the draft's own; when the draft is handed in the key alone is rewritten, however large the file
/// is. Whoever removes the row of a file leaves nothing that opens its parts.
struct FileKey: Sendable {
  let bytes: Data

  init() { bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }

  init(bytes: Data) { self.bytes = bytes }

  /// - Parameter place: what it is of the file, so that no part can be put in another's place.
  func seal(_ content: some DataProtocol, file: String, place: String) throws -> Data {
    let box = try AES.GCM.seal(
      content, using: key, authenticating: Data("\(file)/\(place)".utf8))
    // There with every nonce of the usual length, which is what the library draws.
    guard let combined = box.combined else { throw SliceError.wrongType("part") }
    return combined
  }

  func open(_ sealed: Data, file: String, place: String) throws -> Data {
    try AES.GCM.open(
      AES.GCM.SealedBox(combined: sealed), using: key,
      authenticating: Data("\(file)/\(place)".utf8))
  }

  /// What tells one request from another, and tells nobody without the key what was in it.
  func digest(of name: String, _ content: [UInt8]) -> Data {
    var sum = HMAC<SHA256>(key: key)
    sum.update(data: Data(name.utf8))
    sum.update(data: [0])
    sum.update(data: content)
    return Data(sum.finalize())
  }

  private var key: SymmetricKey { SymmetricKey(data: bytes) }
}
