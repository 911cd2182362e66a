import CaseModel
import Policy
import PolicyDocuments
import Synchronization
import WorkerKit

/// The packs that were published, whole and by digest. A document never changes under its digest, so
/// each is read once.
final class PolicyLibrary: Sendable {
  private let read = Mutex<[String: PolicyPack]>([:])

  /// Keeps a document that was published; one that is there already stays as it is.
  /// - Throws: ``PackError/wrongDigest(_:)`` if the document is not what its digest names.
  func keep(document: String, digest: String, in tx: SliceTransaction) throws {
    let pack = try PolicyDocument.parse(document)
    guard pack.digest == digest else { throw PackError.wrongDigest(digest) }
    try tx.execute(
      """
      INSERT INTO policy_pack (digest, name, document) VALUES (?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """, .text(digest), .text(pack.name), .text(document))
    read.withLock { $0[digest] = pack }
  }

  /// All packs.
  func shelf(_ slice: SliceReader) throws -> PolicyShelf {
    let packs = try slice.rows("SELECT digest, document FROM policy_pack ORDER BY digest").map {
      try pack($0.text("digest"), document: $0.text("document"))
    }
    return PolicyShelf(packs)
  }

  private func pack(_ digest: String, document: String) throws -> PolicyPack {
    if let pack = read.withLock({ $0[digest] }) { return pack }
    let pack = try PolicyDocument.parse(document)
    read.withLock { $0[digest] = pack }
    return pack
  }
}

/// A pack that is not here, or cannot be what it is said to be: the event waits until somebody has
/// looked into it.
enum PackError: Error, CustomStringConvertible {
  case unknown(String)
  case wrongDigest(String)
  /// Neither the case's pack nor the one that lends clocks says by when a panel meets.
  case noPanelClock(String)

  var description: String {
    switch self {
    case .unknown(let digest): "no policy pack with the digest \(digest) has been published"
    case .wrongDigest(let digest): "the document is not the one that the digest \(digest) names"
    case .noPanelClock(let name): "neither \(name) nor the default pack has a clock for the panel"
    }
  }
}
