import Attachments
import CaseModel
import Foundation
import WorkerKit

/// The files that somebody with a session may see, and what opens them: those of their draft, or of their case.
struct AttachmentDesk: Sendable {
  let owner: AttachmentOwner
  /// Of a draft.
  private let draftKey: DraftKey?

  /// - Throws: the refusals `session-ended` and, of a draft that is over, what ``SliceReader/openDraft(of:on:)`` throws.
  init(of session: OpenSession, on today: CalendarDate, in slice: SliceReader) throws {
    if session.kept.caseReference != nil {
      self.init(of: try session.reference)
    } else {
      let draft = try slice.openDraft(of: session, on: today)
      self.init(owner: .draft(draft.id), draftKey: try session.key(of: draft))
    }
  }

  /// - Throws: the refusals of a person's session, and `unknown-case` of an officer's.
  init(of sender: AddAttachment.Sender, in tx: SliceTransaction) throws {
    switch sender {
    case .person(let token):
      try self.init(of: try tx.openSession(token), on: tx.today, in: tx)
    case .officer(_, let reference):
      _ = try tx.knownCase(reference)
      self.init(of: reference)
    }
  }

  init(of reference: CaseReference) { self.init(owner: .aCase(reference), draftKey: nil) }

  private init(owner: AttachmentOwner, draftKey: DraftKey?) {
    self.owner = owner
    self.draftKey = draftKey
  }

  func key(of attachment: KeptAttachment) throws -> FileKey {
    guard let draftKey else { return FileKey(bytes: attachment.fileKey) }
    return try draftKey.fileKey(unwrapping: attachment.fileKey, file: attachment.id)
  }

  /// As the slice has it.
  func kept(_ key: FileKey, of id: String) throws -> Data {
    try draftKey?.wrapped(key, file: id) ?? key.bytes
  }

  func name(of attachment: KeptAttachment) throws -> String {
    let bytes = try key(of: attachment).open(
      attachment.name, file: attachment.id, place: ReadAttachment.namePlace)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Throws: the refusal `unknown-attachment`, for one that is somebody else's too.
  func attachment(_ id: String, in slice: SliceReader) throws -> KeptAttachment {
    guard let attachment = try slice.attachment(id), attachment.owner == owner else {
      throw Refusal.unknownAttachment
    }
    return attachment
  }

  /// What was kept for a request; nil for one that was not carried out yet.
  func attachment(sentUnder key: String, in slice: SliceReader) throws -> KeptAttachment? {
    try slice.attachments(of: owner).first { $0.requestKey == key }
  }

  /// - Throws: the refusals `withdrawn`, `too-many-files`, `too-much` and `no-room`.
  func checkRoom(for bytes: Int, in slice: SliceReader) throws {
    if case .aCase(let reference) = owner { try slice.checkNotWithdrawn(reference) }
    let kept = try slice.attachments(of: owner)
    guard kept.count < FileBounds.filesLimit else {
      throw Refusal(
        .state, code: "too-many-files", path: "bytes",
        message: "\(FileBounds.filesLimit) files are here, as many as there may be; remove one "
          + "first.")
    }
    let all = kept.reduce(bytes) { $0 + $1.bytes }
    guard all <= FileBounds.allBytesLimit else {
      throw Refusal(
        .state, code: "too-much", path: "bytes",
        message: "All files together have \(FileBounds.allBytesLimit / 1024 / 1024) MiB at most; "
          + "remove one first, or send a smaller one.")
    }
    guard case .draft = owner,
      try slice.draftAttachmentBytes() + bytes > AttachmentBounds.draftsBytesLimit
    else { return }
    throw Refusal(
      .tryAgain, code: "no-room", path: "bytes",
      message: "Too many files are waiting at the moment. Hand in without; files can be added "
        + "to the case then.")
  }
}

extension Refusal {
  static let unknownAttachment = Refusal(
    .notFound, code: "unknown-attachment", path: "attachmentId",
    message: "There is no such file here, or not any more.")
}
