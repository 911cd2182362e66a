import Policy
import PolicyLibrary
import WorkerKit

/// Publishes each adopted pack, once, as an event with the whole document: first the pack that lends
/// clocks, then those of the areas (s.104(2) asks for the current procedure to be published).
struct PublishPolicy {
  let documents: [String]
  let library: PolicyLibrary

  /// Documents that are published already are not read again.
  /// - Throws: `PolicyDocumentError` if a new document cannot be used; nothing is published then.
  func apply(in tx: SliceTransaction) throws {
    let new = try documents.filter { try !library.holds($0, in: tx) }
    let packs = try new.map { (try library.read($0), $0) }
    let lending = packs.filter { pack, _ in pack.area == nil }
    let ofAreas = packs.filter { pack, _ in pack.area != nil }
    for (pack, document) in lending + ofAreas
    where try library.keep(document: document, digest: pack.digest, in: tx) {
      try tx.announcePublished(pack, document: document)
      try tx.audit(
        actor: "threshold", action: "threshold.publish-policy",
        subject: "\(pack.name) \(pack.version)", reason: pack.digest)
    }
  }
}
