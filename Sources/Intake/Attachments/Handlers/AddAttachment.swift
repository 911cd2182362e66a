import Attachments
import CaseModel
import Foundation
import WorkerKit

/// Keeps a file that was looked at and cleaned.
struct AddAttachment: Sendable {
  /// Who adds it.
  enum Sender: Sendable {
    /// By the token of their session.
    case person(String)
    /// For somebody whose case it is.
    case officer(String, of: CaseReference)

    /// As the audit names them.
    fileprivate var actor: String {
      switch self {
      case .person: OpenCase.actor
      case .officer(let name, _): name
      }
    }
  }

  /// What an officer is told of the file. Raw values are the fields of the answer.
  enum Field: String, Sendable, CaseIterable {
    case name
  }

  let sender: Sender
  /// As it is kept.
  let name: FileName
  let file: CleanFile
  let isScanned: Bool
  /// What somebody sent, by which a repetition is known.
  let request: Request

  struct Request: Sendable {
    let key: String
    let name: String
    let bytes: [UInt8]
  }

  /// - Returns: what is on record; of a request that was carried out before, what it came to then.
  /// - Throws: the refusals of ``AttachmentDesk``, and `idempotency-key-reused`.
  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> KeptAttachment {
    let desk = try AttachmentDesk(of: sender, in: tx)
    if let earlier = try earlier(desk, in: tx) { return earlier }
    try desk.checkRoom(for: file.bytes.count, in: tx)
    let id = CaseKeys.randomDigits(words: 2, using: &generator)
    let key = FileKey()
    let attachment = KeptAttachment(
      id: id, owner: desk.owner, fileKey: try desk.kept(key, of: id),
      name: try key.seal(
        Data(name.text.utf8), file: id, place: ReadAttachment.namePlace),
      mediaType: file.type.rawValue, bytes: file.bytes.count, addedAt: tx.now,
      isScanned: isScanned, requestKey: request.key,
      requestDigest: key.digest(of: request.name, request.bytes))
    try tx.keep(attachment, parts: try parts(under: key, id))
    try tx.audit(
      actor: sender.actor, action: "intake.add-attachment", subject: desk.owner.subject,
      reason: "\(id): \(file.type.rawValue), \(file.bytes.count) bytes, "
        + (isScanned ? "scanned" : "not scanned"))
    if case .aCase(let reference) = desk.owner {
      var byOfficer = false
      if case .officer = sender { byOfficer = true }
      try tx.announceAdded(
        attachment, of: try tx.knownCase(reference), byOfficer: byOfficer)
    }
    return attachment
  }

  private func earlier(
    _ desk: AttachmentDesk, in tx: SliceTransaction
  ) throws -> KeptAttachment? {
    guard let earlier = try desk.attachment(sentUnder: request.key, in: tx) else { return nil }
    guard
      try desk.key(of: earlier).digest(of: request.name, request.bytes) == earlier.requestDigest
    else {
      throw Refusal(
        .input, code: "idempotency-key-reused", path: "idempotencyKey",
        message: "Another file was sent under this key; expected a key of its own for each.")
    }
    return earlier
  }

  private func parts(under key: FileKey, _ id: String) throws -> [Data] {
    try stride(from: 0, to: file.bytes.count, by: AttachmentBounds.partBytes).enumerated().map {
      place, start in
      let end = min(start + AttachmentBounds.partBytes, file.bytes.count)
      return try key.seal(
        Data(file.bytes[start..<end]), file: id, place: ReadAttachment.place(ofPart: place))
    }
  }
}

/// Takes a file away again, with everything that opens it.
struct RemoveAttachment: Sendable {
  let token: String
  let id: String

  /// One that is away already is no fault: whoever asks twice wanted it away.
  /// - Throws: the refusal `session-ended`.
  func apply(in tx: SliceTransaction) throws {
    let desk = try AttachmentDesk(of: try tx.openSession(token), on: tx.today, in: tx)
    guard let attachment = try tx.attachment(id), attachment.owner == desk.owner else { return }
    try tx.remove(attachment)
    try tx.audit(
      actor: OpenCase.actor, action: "intake.remove-attachment", subject: desk.owner.subject,
      reason: id)
  }
}
