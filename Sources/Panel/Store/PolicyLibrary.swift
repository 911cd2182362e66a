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
      INSERT INTO policy_pack (digest, name, area, document) VALUES (?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """, .text(digest), .text(pack.name), .text(pack.area ?? ""), .text(document))
    read.withLock { $0[digest] = pack }
  }

  /// All packs.
  func shelf(_ slice: SliceReader) throws -> PolicyShelf {
    let packs = try slice.rows("SELECT digest, document FROM policy_pack ORDER BY digest").map {
      try pack($0.text("digest"), document: $0.text("document"))
    }
    return PolicyShelf(packs)
  }

  /// Keys of all bodies that some pack knows.
  func bodies(_ slice: SliceReader) throws -> Set<String> {
    Set(try shelf(slice).all.flatMap(\.bodies).map(\.key))
  }

  /// What has to be here before availability can be checked, in words; nil if it is.
  func lacking(_ slice: SliceReader) throws -> String? {
    let pack = try slice.row("SELECT digest FROM policy_pack WHERE area <> '' LIMIT 1")
    return pack == nil ? "no area's policy pack has been published" : nil
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
  /// The pack's clock for the panel counts from something that does not come before it.
  case unusableAnchor(String)

  var description: String {
    switch self {
    case .unknown(let digest): "no policy pack with the digest \(digest) has been published"
    case .wrongDigest(let digest): "the document is not the one that the digest \(digest) names"
    case .noPanelClock(let name): "neither \(name) nor the default pack has a clock for the panel"
    case .unusableAnchor(let name): "the panel's clock in \(name) counts from no earlier stage"
    }
  }
}
