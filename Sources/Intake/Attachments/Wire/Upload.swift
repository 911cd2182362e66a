import Attachments
import CaseModel
import GRPCCore
import Messages
import Synchronization
import WorkerKit

/// A file as somebody sends it: who, what they call it, and its bytes, which are in memory until it is kept or refused.
struct Upload: Sendable {
  let sender: AddAttachment.Sender
  let name: String
  /// Empty where none was said.
  let key: String
  let bytes: [UInt8]

  /// Reads it within ``AttachmentBounds/uploadLimit``.
  /// - Parameter welcome: is asked once it is known who sends, before anything is taken.
  /// - Throws: the refusals `missing`, `too-long`, `contradiction`, `too-large` and `too-slow`, of a case's reference what
  ///   other calls refuse, and what `welcome` throws.
  static func read(
    _ parts: RPCAsyncSequence<Recourse_Intake_V1_AddAttachmentPart, any Error>,
    within limit: Duration = AttachmentBounds.uploadLimit,
    welcome:
      @escaping @Sendable (_ sender: AddAttachment.Sender, _ key: String) async throws -> Void
  ) async throws -> Upload {
    try await withThrowingTaskGroup(of: Upload?.self) { group in
      group.addTask { try await read(all: parts, welcome) }
      group.addTask {
        try await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      guard let upload = try await group.next() ?? nil else {
        throw Refusal(
          .tryAgain, code: "too-slow", path: "bytes",
          message: "The file did not come within \(limit.components.seconds) seconds; nothing "
            + "was kept.")
      }
      return upload
    }
  }

  private static func read(
    all parts: RPCAsyncSequence<Recourse_Intake_V1_AddAttachmentPart, any Error>,
    _ welcome: @Sendable (_ sender: AddAttachment.Sender, _ key: String) async throws -> Void
  ) async throws -> Upload {
    var iterator = parts.makeAsyncIterator()
    guard case .opening(let opening)? = try await iterator.next()?.part else {
      throw Refusal(
        .input, code: "missing", path: "opening",
        message: "The first message says whose the file is and what it is called.")
    }
    guard opening.idempotencyKey.count <= AttachmentBounds.keyLimit else {
      throw Refusal(
        .input, code: "too-long", path: "opening.idempotencyKey",
        message: "Expected \(AttachmentBounds.keyLimit) characters at most.")
    }
    let sender = try AddAttachment.Sender(opening)
    try await welcome(sender, opening.idempotencyKey)
    var bytes: [UInt8] = []
    while let message = try await iterator.next() {
      guard case .bytes(let part)? = message.part else {
        throw Refusal(
          .input, code: "contradiction", path: "opening",
          message: "One call brings one file; expected its bytes after the first message.")
      }
      guard part.count <= AttachmentBounds.messageBytesLimit,
        bytes.count + part.count <= FileBounds.fileBytesLimit
      else { throw Refusal(FileRefusal.tooLarge) }
      bytes += part
    }
    return Upload(
      sender: sender, name: opening.name, key: opening.idempotencyKey, bytes: bytes)
  }
}

extension AddAttachment.Sender {
  /// - Throws: the refusals `missing`, `too-long` and `contradiction`.
  fileprivate init(_ opening: Recourse_Intake_V1_AddAttachmentPart.Opening) throws {
    guard !opening.caseReference.isEmpty || !opening.officer.isEmpty else {
      self = .person(opening.session)
      return
    }
    guard opening.session.isEmpty else {
      throw Refusal(
        .input, code: "contradiction", path: "opening.officer",
        message: "Expected a session, or a case with an officer, and not both.")
    }
    self = .officer(
      try doorText(
        opening.officer, path: "officer", limit: DoorBounds.nameLimit,
        missing: "A file is added to a case by a named person; expected a name."),
      of: try CaseReference(request: opening.caseReference))
  }
}

extension Refusal {
  /// Why a file is not taken.
  init(_ refusal: FileRefusal) {
    self.init(.input, code: refusal.rawValue, path: "bytes", message: refusal.message)
  }
}

/// Who may send a file now: so many at once, each of which is in memory.
final class UploadGate: Sendable {
  private let open = Mutex(0)
  private let limit: Int

  init(limit: Int = AttachmentBounds.uploadsLimit) { self.limit = limit }

  /// - Throws: the refusal `busy`.
  func within<Value>(_ body: () async throws -> Value) async throws -> Value {
    try open.withLock { open in
      guard open < limit else {
        throw Refusal(
          .tryAgain, code: "busy",
          message: "Other files are being taken in; try again in a moment. Nothing was kept.")
      }
      open += 1
    }
    defer { open.withLock { $0 -= 1 } }
    return try await body()
  }
}
