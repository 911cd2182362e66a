import Policy
import PolicyDocuments
import Synchronization
import WorkerKit

/// The packs that were published, whole and by digest. A document never changes under its digest, so
/// each is read once.
final class PolicyLibrary: Sendable {
  private let read = Mutex<[String: PolicyPack]>([:])

  /// Keeps a document that was published; one that is there already stays as it is.
  /// - Throws: if it cannot be read, or is not what its digest names.
  func keep(document: String, digest: String, in tx: SliceTransaction) throws {
    guard try parse(document).digest == digest else { throw WrongDigest() }
    try tx.execute(
      "INSERT INTO policy_pack (digest, document) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
      .text(digest), .text(document))
  }

  /// Keys of the agencies that help victims in a case's area, in the pack's order.
  func agencies(for supported: SupportedCase, in slice: SliceReader) throws -> [String] {
    try pack(supported.policyDigest, in: slice).supportAgencies.map(\.key)
  }

  /// Who refers: the council that coordinates reviews in a case's area.
  func referrer(of supported: SupportedCase, in slice: SliceReader) throws -> String {
    let pack = try pack(supported.policyDigest, in: slice)
    return pack.bodies.first { $0.kind == .council }?.name ?? pack.area ?? pack.name
  }

  /// - Throws: ``UnknownPack`` if none of that digest has been published.
  private func pack(_ digest: String, in slice: SliceReader) throws -> PolicyPack {
    if let pack = read.withLock({ $0[digest] }) { return pack }
    guard
      let row = try slice.row("SELECT document FROM policy_pack WHERE digest = ?", .text(digest))
    else { throw UnknownPack() }
    return try parse(try row.text("document"))
  }

  private func parse(_ document: String) throws -> PolicyPack {
    let pack = try PolicyDocument.parse(document)
    read.withLock { $0[pack.digest] = pack }
    return pack
  }
}

/// A document is not the one that its digest names.
struct WrongDigest: Error {}

/// An event names a pack that is not here: it waits until somebody has looked into it.
struct UnknownPack: Error {}
