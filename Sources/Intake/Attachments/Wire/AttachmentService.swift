import Attachments
import Calls
import CaseModel
import Foundation
import GRPCCore
import IntakeRules
import Logging
import Messages
import Scanning
import SwiftProtobuf
import WorkerKit

/// Files that a person adds to a draft or a case, or an officer for them, from message to handler and back.
struct AttachmentService: Recourse_Intake_V1_Attachments.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let makeGenerator: IntakeWorker.GeneratorFactory
  /// Nil where none is configured: then files are kept as not scanned.
  let scanner: Clamd?
  let gate = UploadGate()

  func add(
    request: RPCAsyncSequence<Recourse_Intake_V1_AddAttachmentPart, any Error>,
    context call: ServerContext
  ) async throws -> Recourse_Intake_V1_AttachmentOnRecord {
    let caller = Caller(call)
    return try await gate.within {
      let upload = try await Upload.read(request) { sender, key in
        if case .officer = sender {
          // Only who may do case work adds a file to a case by its reference.
          _ = try caller.fields(AddAttachment.Field.allCases, for: ReadAttachment.caseWork)
        }
        // Whoever has no room left need not send it first, unless it is here already.
        try await context.slice.write { tx in
          let desk = try AttachmentDesk(of: sender, in: tx)
          guard try desk.attachment(sentUnder: key, in: tx) == nil else { return }
          try desk.checkRoom(for: 1, in: tx)
        }
      }
      let file: CleanFile
      do throws(FileRefusal) {
        file = try CleanFile(cleaning: upload.bytes)
      } catch {
        throw Refusal(error)
      }
      try await scan(file, of: upload.sender)
      let handler = AddAttachment(
        sender: upload.sender, name: FileName(upload.name, of: file.type), file: file,
        isScanned: scanner != nil,
        request: .init(
          key: upload.key.isEmpty ? RandomKey.make() : upload.key, name: upload.name,
          bytes: upload.bytes))
      return try await context.slice.write { tx in
        var generator = makeGenerator()
        let attachment = try handler.apply(in: tx, using: &generator)
        let desk = try AttachmentDesk(of: upload.sender, in: tx)
        return .init(attachment, name: try desk.name(of: attachment))
      }
    }
  }

  func remove(
    request: Recourse_Intake_V1_RemoveAttachmentRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_RemoveAttachmentResponse {
    let handler = RemoveAttachment(token: request.session, id: request.attachmentID)
    try await context.slice.write { try handler.apply(in: $0) }
    return .init()
  }

  func list(
    request: Recourse_Intake_V1_ListAttachmentsRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_ListAttachmentsResponse {
    try await context.waitUntil(request.atLeastPosition)
    let caller = Caller(call)
    let attachments: [Recourse_Intake_V1_AttachmentOnRecord]
    if request.session.isEmpty {
      let reference = try CaseReference(request: request.caseReference)
      let fields = try caller.fields(
        ReadAttachment.ListField.allCases, for: ReadAttachment.caseWork)
      attachments = try await context.slice.write { tx in
        _ = try tx.knownCase(reference)
        try tx.auditDisclosure(
          to: caller, "intake.list-attachments", of: reference, purpose: ReadAttachment.caseWork,
          fields: fields.map(\.rawValue))
        return try tx.listed(by: AttachmentDesk(of: reference), named: fields.contains(.name))
      }
    } else {
      let fields = try caller.fields(ReadAttachment.ListField.allCases, for: OwnCase.purpose)
      attachments = try await look(request.session) { desk, slice in
        try slice.listed(by: desk, named: fields.contains(.name))
      }
    }
    return .with { $0.attachments = attachments }
  }

  func read(
    request: Recourse_Intake_V1_ReadAttachmentRequest,
    response writer: RPCWriter<Recourse_Intake_V1_AttachmentPart>, context call: ServerContext
  ) async throws {
    let handler = ReadAttachment(
      id: request.attachmentID, reader: try .init(request), caller: Caller(call))
    let found = try await context.slice.write { try handler.apply(in: $0) }
    for place in 0..<found.attachment.partCount {
      let part = try await context.slice.read { try found.part(place, in: $0) }
      try await writer.write(
        .with {
          if place == 0 { $0.attachment = .init(found.attachment, name: found.name) }
          $0.bytes = part
        })
    }
  }

  private func look<Value: Sendable>(
    _ token: String,
    _ body: @escaping @Sendable (AttachmentDesk, SliceReader) throws -> Value
  ) async throws -> Value {
    try await context.slice.write { tx in
      try body(AttachmentDesk(of: try tx.openSession(token), on: tx.today, in: tx), tx)
    }
  }
}

extension AttachmentService {
  /// - Throws: the refusals `unsafe-file` and `scanner-away`.
  private func scan(_ file: CleanFile, of sender: AddAttachment.Sender) async throws {
    guard let scanner else { return }
    let verdict: Clamd.Verdict
    do {
      verdict = try await scanner.scan(file.bytes)
    } catch let away as Clamd.Away {
      context.logger.warning("no file can be scanned", metadata: ["why": .string(away.what)])
      throw Refusal(
        .tryAgain, code: "scanner-away", path: "bytes",
        message: "Files cannot be checked at the moment, so that none is taken. Go on without; "
          + "files can be added later.")
    }
    guard case .unsafe(let signature) = verdict else { return }
    try await context.slice.write { tx in
      let desk = try AttachmentDesk(of: sender, in: tx)
      try tx.audit(
        actor: "intake", action: "intake.refuse-attachment", subject: desk.owner.subject,
        reason: "the scanner found \(signature)")
    }
    throw Refusal(
      .input, code: "unsafe-file", path: "bytes",
      message: "The scanner says that this file is harmful, so that it is not kept. Have the "
        + "device that it comes from looked at; send another copy, such as a picture of it.")
  }
}

extension ReadAttachment.Reader {
  /// - Throws: the refusals `missing` and `contradiction`.
  fileprivate init(_ request: Recourse_Intake_V1_ReadAttachmentRequest) throws {
    guard request.session.isEmpty else {
      guard request.officer.isEmpty, request.reason.isEmpty else {
        throw Refusal(
          .input, code: "contradiction", path: "officer",
          message: "Expected a session, or an officer with a reason, and not both.")
      }
      self = .person(request.session)
      return
    }
    self = .officer(
      name: try doorText(
        request.officer, path: "officer", limit: DoorBounds.nameLimit,
        missing: "A file is opened by a named person; expected a name."),
      reason: try doorText(
        request.reason, path: "reason", limit: DoorBounds.reasonLimit,
        missing: "A file is opened for a reason, which is kept; expected why."))
  }
}

extension SliceReader {
  /// - Parameter named: whether the reader may be told what the files are called.
  func listed(
    by desk: AttachmentDesk, named: Bool
  ) throws -> [Recourse_Intake_V1_AttachmentOnRecord] {
    try attachments(of: desk.owner).map {
      .init($0, name: named ? try desk.name(of: $0) : "")
    }
  }
}

extension Recourse_Intake_V1_AttachmentOnRecord {
  fileprivate init(_ kept: KeptAttachment, name: String) {
    self.init()
    attachmentID = kept.id
    self.name = name
    mediaType = kept.mediaType
    bytes = UInt64(kept.bytes)
    addedOn = kept.addedOn.description
  }
}
