import Policy
import PolicyDocuments
import PolicyLibrary
import WorkerKit

/// Publishes each adopted pack, once, as an event with the whole document: first the pack that lends
/// clocks, then those of the areas (s.104(2) asks for the current procedure to be published).
struct PublishPolicy {
  let documents: [String]
  let library: PolicyLibrary

  /// - Throws: `PolicyDocumentError` if a document cannot be used; nothing is published then.
  func apply(in tx: SliceTransaction) throws {
    let packs = try documents.map { (try PolicyDocument.parse($0), $0) }
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
