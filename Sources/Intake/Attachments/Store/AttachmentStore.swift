import CaseModel
import Foundation
import WorkerKit

/// Whose a file is.
enum AttachmentOwner: Sendable, Hashable {
  case draft(String)
  case aCase(CaseReference)

  /// Column and value.
  fileprivate var column: String {
    switch self {
    case .draft: "draft_id"
    case .aCase: "case_reference"
    }
  }

  /// As the audit names it.
  var subject: String {
    switch self {
    case .draft(let id): id
    case .aCase(let reference): reference.description
    }
  }
}

/// A file as it is kept.
struct KeptAttachment: Sendable {
  /// Opaque.
  let id: String
  let owner: AttachmentOwner
  /// Wrapped under the draft's key, if it is a draft's.
  let fileKey: Data
  /// Encrypted.
  let name: Data
  let mediaType: String
  let bytes: Int
  let addedAt: Date
  /// A scanner has found nothing in it; false where none was configured.
  let isScanned: Bool
  let requestKey: String
  let requestDigest: Data

  var partCount: Int { (bytes + AttachmentBounds.partBytes - 1) / AttachmentBounds.partBytes }
  var addedOn: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(addedAt.timeIntervalSince1970.rounded(.down)))
  }
}

extension SliceTransaction {
  func keep(_ attachment: KeptAttachment, parts: [Data]) throws {
    let (draft, reference): (String?, String?) =
      switch attachment.owner {
      case .draft(let id): (id, nil)
      case .aCase(let reference): (nil, reference.description)
      }
    try execute(
      """
      INSERT INTO attachment (
        attachment_id, draft_id, case_reference, file_key, name, media_type, bytes, added_at,
        scanned, request_key, request_digest
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(attachment.id), .optionalText(draft), .optionalText(reference),
      .blob(attachment.fileKey), .blob(attachment.name), .text(attachment.mediaType),
      .integer(attachment.bytes), .moment(attachment.addedAt), .bool(attachment.isScanned),
      .text(attachment.requestKey), .blob(attachment.requestDigest))
    for (place, part) in parts.enumerated() {
      try execute(
        "INSERT INTO attachment_part (attachment_id, place, sealed) VALUES (?, ?, ?)",
        .text(attachment.id), .integer(place), .blob(part))
    }
  }

  /// It is the case's from now on, under the same key, which stands there as it is.
  func handOver(_ attachment: KeptAttachment, to reference: CaseReference, key: FileKey) throws {
    try execute(
      """
      UPDATE attachment SET draft_id = NULL, case_reference = ?, file_key = ?
      WHERE attachment_id = ?
      """, .text(reference.description), .blob(key.bytes), .text(attachment.id))
  }

  /// With its parts and its key.
  func remove(_ attachment: KeptAttachment) throws {
    try execute("DELETE FROM attachment WHERE attachment_id = ?", .text(attachment.id))
  }
}

extension SliceReader {
  /// Oldest first.
  func attachments(of owner: AttachmentOwner) throws -> [KeptAttachment] {
    try rows(
      """
      SELECT \(attachmentColumns) FROM attachment WHERE \(owner.column) = ?
      ORDER BY added_at, rowid
      """, .text(owner.subject)
    ).map(KeptAttachment.init)
  }

  func attachment(_ id: String) throws -> KeptAttachment? {
    try row("SELECT \(attachmentColumns) FROM attachment WHERE attachment_id = ?", .text(id))
      .map(KeptAttachment.init)
  }

  /// Nil where there is none, or not any more.
  func sealedPart(_ place: Int, of id: String) throws -> Data? {
    try row(
      "SELECT sealed FROM attachment_part WHERE attachment_id = ? AND place = ?", .text(id),
      .integer(place))?.blob("sealed")
  }

  /// Of the files of all drafts together.
  func draftAttachmentBytes() throws -> Int {
    try row(
      "SELECT COALESCE(SUM(bytes), 0) AS bytes FROM attachment WHERE draft_id IS NOT NULL")?
      .int("bytes") ?? 0
  }

  private var attachmentColumns: String {
    """
    attachment_id, draft_id, case_reference, file_key, name, media_type, bytes, added_at, scanned,
    request_key, request_digest
    """
  }
}

extension KeptAttachment {
  fileprivate init(_ row: SQLRow) throws {
    let owner: AttachmentOwner
    if let reference = try row.optionalText("case_reference") {
      owner = .aCase(try CaseReference(parsing: reference))
    } else {
      owner = .draft(try row.text("draft_id"))
    }
    self.init(
      id: try row.text("attachment_id"), owner: owner, fileKey: try row.blob("file_key"),
      name: try row.blob("name"), mediaType: try row.text("media_type"),
      bytes: try row.int("bytes"), addedAt: try row.moment("added_at"),
      isScanned: try row.bool("scanned"), requestKey: try row.text("request_key"),
      requestDigest: try row.blob("request_digest"))
  }
}
