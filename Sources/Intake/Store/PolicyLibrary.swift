import Policy
import PolicyDocuments
import Synchronization
import WorkerKit

/// The policy packs that were published, whole and by digest. A document never changes under its
/// digest, so each is parsed once.
final class PolicyLibrary: Sendable {
  private let parsed = Mutex<[String: PolicyPack]>([:])

  /// Keeps a document that was published; one that is there already stays as it is.
  /// - Throws: if it cannot be read, or is not what its digest names.
  func keep(document: String, digest: String, in tx: SliceTransaction) throws {
    let pack = try parse(document, digest: digest)
    try tx.execute(
      """
      INSERT INTO policy_pack (digest, name, area, document) VALUES (?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """, .text(digest), .text(pack.name), .text(pack.area ?? ""), .text(document))
  }

  /// All packs, to choose from by area and date.
  func shelf(_ slice: SliceReader) throws -> PolicyShelf {
    let packs = try slice.rows("SELECT digest, document FROM policy_pack ORDER BY digest").map {
      try pack(digest: try $0.text("digest"), document: try $0.text("document"))
    }
    return PolicyShelf(packs)
  }

  /// What is not there yet and has to be before an application can be taken, in words; else nil.
  func lacking(_ slice: SliceReader) throws -> String? {
    if try slice.row("SELECT digest FROM policy_pack WHERE name = ?", .text(PolicyPack.defaultName))
      == nil
    {
      return "the policy pack \(PolicyPack.defaultName) has not been published"
    }
    if try slice.row("SELECT digest FROM policy_pack WHERE area <> ''") == nil {
      return "no area's policy pack has been published"
    }
    return nil
  }

  private func pack(digest: String, document: String) throws -> PolicyPack {
    if let pack = parsed.withLock({ $0[digest] }) { return pack }
    return try parse(document, digest: digest)
  }

  private func parse(_ document: String, digest: String) throws -> PolicyPack {
    let pack = try PolicyDocument.parse(document)
    guard pack.digest == digest else { throw PolicyLibraryError.wrongDigest }
    parsed.withLock { $0[digest] = pack }
    return pack
  }
}

/// A pack that must not be taken.
enum PolicyLibraryError: Error {
  /// The document is not the one that its digest names.
  case wrongDigest
}
