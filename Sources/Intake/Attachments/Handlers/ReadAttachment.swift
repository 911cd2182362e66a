import CaseModel
import Foundation
import IntakeRules
import WorkerKit

/// Finds a file for who may read it, and records that they did: the person whose it is, or an officer with a reason.
struct ReadAttachment: Sendable {
  enum Reader: Sendable {
    /// By the token of their session.
    case person(String)
    case officer(name: String, reason: String)
  }

  /// What is told of a file. Raw values are the fields of the answer.
  enum Field: String, Sendable, CaseIterable {
    case name = "attachment.name"
    case bytes
  }

  /// What is told of it where files are only listed.
  enum ListField: String, Sendable, CaseIterable {
    case name = "attachments.name"
  }

  /// What an operator approves for officers.
  static let caseWork = "case-work"
  /// What of a file is encrypted.
  static let namePlace = "name"
  static func place(ofPart place: Int) -> String { "part \(place)" }

  let id: String
  let reader: Reader
  let caller: Caller

  struct Found: Sendable {
    let attachment: KeptAttachment
    let key: FileKey
    /// Empty where the caller may not be told.
    let name: String

    /// - Throws: the refusal `unknown-attachment` if it was removed meanwhile.
    func part(_ place: Int, in slice: SliceReader) throws -> Data {
      guard let sealed = try slice.sealedPart(place, of: attachment.id) else {
        throw Refusal.unknownAttachment
      }
      return try key.open(
        sealed, file: attachment.id, place: ReadAttachment.place(ofPart: place))
    }
  }

  /// - Throws: the refusals `session-ended` and `unknown-attachment`; PERMISSION_DENIED if the purpose is not approved
  ///   for who asks.
  func apply(in tx: SliceTransaction) throws -> Found {
    switch reader {
    case .person(let token):
      let desk = try AttachmentDesk(of: try tx.openSession(token), on: tx.today, in: tx)
      return try found(try desk.attachment(id, in: tx), desk, for: OwnCase.purpose, in: tx)
    case .officer(let name, let reason):
      guard let attachment = try tx.attachment(id), case .aCase(let reference) = attachment.owner
      else { throw Refusal.unknownAttachment }
      let found = try found(
        attachment, AttachmentDesk(of: reference), for: Self.caseWork, in: tx)
      try tx.audit(
        actor: name, action: "intake.open-attachment", subject: reference.description,
        reason: id, words: reason)
      return found
    }
  }

  private func found(
    _ attachment: KeptAttachment, _ desk: AttachmentDesk, for purpose: String,
    in tx: SliceTransaction
  ) throws -> Found {
    let fields = try caller.fields(Field.allCases, for: purpose)
    guard fields.contains(.bytes) else { throw Refusal.unknownAttachment }
    // What is in a draft is nobody's but who writes it; there is no case yet to record it for.
    if case .aCase(let reference) = desk.owner {
      try tx.auditDisclosure(
        to: caller, "intake.read-attachment", of: reference, purpose: purpose,
        fields: fields.map(\.rawValue), grounds: "of \(attachment.id)")
    }
    return Found(
      attachment: attachment, key: try desk.key(of: attachment),
      name: fields.contains(.name) ? try desk.name(of: attachment) : "")
  }
}
