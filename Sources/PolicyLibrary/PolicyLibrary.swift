import Messages
public import Policy
import PolicyDocuments
import Synchronization
public import WorkerKit

/// The policy packs that a worker has been told of, whole and by digest, in its own slice. A document never
/// changes under its digest, so each is parsed once.
///
/// Every worker that needs packs keeps its own copies: nobody asks for "the current pack".
public final class PolicyLibrary: Sendable {
  private let parsed = Mutex<[String: PolicyPack]>([:])

  /// A library that has parsed nothing yet.
  public init() {}

  /// The table that it keeps documents in; goes before the worker's own migrations.
  public static let migration = Migration(
    "policy-library-1",
    """
    CREATE TABLE policy_pack (
      digest TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      area TEXT NOT NULL,
      document TEXT NOT NULL
    )
    """)

  /// Keeps what is published.
  public var route: Route {
    .on(Recourse_Threshold_V1_PolicyPackPublished.self, replays: true) { [self] published, tx in
      try keep(document: published.event.document, digest: published.event.digest, in: tx)
    }
  }

  /// Keeps a document; one that is there already stays as it is, and the answer is false.
  /// - Throws: ``PolicyLibraryError/wrongDigest(_:)`` if it is not what its digest names, or what is wrong
  ///   with the document.
  @discardableResult
  public func keep(
    document: String, digest: String, in tx: SliceTransaction
  ) throws -> Bool {
    guard PolicyDocument.digest(of: document) == digest else {
      throw PolicyLibraryError.wrongDigest(digest)
    }
    guard try !holds(document, in: tx) else { return false }
    let pack = try read(document)
    let added = try tx.execute(
      """
      INSERT INTO policy_pack (digest, name, area, document) VALUES (?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """, .text(digest), .text(pack.name), .text(pack.area ?? ""), .text(document))
    return added > 0
  }

  /// True if a document is kept; it is not read for that.
  public func holds(_ document: String, in slice: SliceReader) throws -> Bool {
    try slice.row(
      "SELECT digest FROM policy_pack WHERE digest = ?",
      .text(PolicyDocument.digest(of: document))) != nil
  }

  /// The pack that a digest names.
  /// - Throws: ``PolicyLibraryError/unknown(_:)`` if none of that digest has been published.
  public func pack(_ digest: String, in slice: SliceReader) throws -> PolicyPack {
    if let pack = parsed.withLock({ $0[digest] }) { return pack }
    guard
      let row = try slice.row("SELECT document FROM policy_pack WHERE digest = ?", .text(digest))
    else { throw PolicyLibraryError.unknown(digest) }
    let pack = try read(try row.text("document"))
    guard pack.digest == digest else { throw PolicyLibraryError.wrongDigest(digest) }
    return pack
  }

  /// The packs that lend clocks to others; no others are read for that.
  public func lenders(in slice: SliceReader) throws -> PolicyShelf {
    let rows = try slice.rows(
      "SELECT digest FROM policy_pack WHERE name = ? ORDER BY digest",
      .text(PolicyPack.defaultName))
    return PolicyShelf(try rows.map { try pack(try $0.text("digest"), in: slice) })
  }

  /// All packs, to choose from by area and date.
  public func shelf(in slice: SliceReader) throws -> PolicyShelf {
    let digests = try slice.rows("SELECT digest FROM policy_pack ORDER BY digest")
      .map { try $0.text("digest") }
    return PolicyShelf(try digests.map { try pack($0, in: slice) })
  }

  /// What has to be here before the worker can do its work and is not, in words; nil if it is.
  public func lacking(in slice: SliceReader) throws -> String? {
    let lender = try slice.row(
      "SELECT digest FROM policy_pack WHERE name = ?", .text(PolicyPack.defaultName))
    guard lender != nil else {
      return "the policy pack \(PolicyPack.defaultName) has not been published"
    }
    let area = try slice.row("SELECT digest FROM policy_pack WHERE area <> '' LIMIT 1")
    return area == nil ? "no area's policy pack has been published" : nil
  }

  /// What a document says; it is parsed once.
  /// - Throws: what is wrong with the document.
  public func read(_ document: String) throws -> PolicyPack {
    let digest = PolicyDocument.digest(of: document)
    if let pack = parsed.withLock({ $0[digest] }) { return pack }
    let pack = try PolicyDocument.parse(document)
    parsed.withLock { $0[digest] = pack }
    return pack
  }
}

/// A pack that is not here, or cannot be what it is said to be. An event that names it waits, parked with
/// its case, until somebody has looked into it.
public enum PolicyLibraryError: Error, Sendable, Hashable, CustomStringConvertible {
  case unknown(String)
  case wrongDigest(String)

  public var description: String {
    switch self {
    case .unknown(let digest): "no policy pack with the digest \(digest) has been published"
    case .wrongDigest(let digest): "the document is not the one that the digest \(digest) names"
    }
  }
}
