import Policy
import PolicyDocuments
import Synchronization
import WorkerKit

/// The packs that Threshold has published, whole and by digest. A document never changes under its
/// digest, so each is read once.
final class PolicyLibrary: Sendable {
  private let read = Mutex<[String: PolicyPack]>([:])

  /// Keeps a pack with its document. False if it has been kept, and so published, before.
  func keep(_ pack: PolicyPack, document: String, in tx: SliceTransaction) throws -> Bool {
    let changed = try tx.execute(
      """
      INSERT INTO policy_pack (digest, name, version, document) VALUES (?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """, .text(pack.digest), .text(pack.name), .text(pack.version), .text(document))
    return changed > 0
  }

  /// The pack that a digest names.
  /// - Throws: ``UnknownPack`` if it has never been published from here.
  func pack(_ digest: String, in slice: SliceReader) throws -> PolicyPack {
    if let pack = read.withLock({ $0[digest] }) { return pack }
    guard
      let row = try slice.row("SELECT document FROM policy_pack WHERE digest = ?", .text(digest))
    else { throw UnknownPack(digest: digest) }
    let pack = try PolicyDocument.parse(try row.text("document"))
    read.withLock { $0[digest] = pack }
    return pack
  }
}

/// An event names a pack that is not here: it waits until somebody has looked into it.
struct UnknownPack: Error, CustomStringConvertible {
  let digest: String

  var description: String { "no policy pack with the digest \(digest) has been published" }
}
