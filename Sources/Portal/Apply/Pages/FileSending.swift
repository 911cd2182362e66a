import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// How a file gets from a form to Intake, of a draft and of a case alike.
enum FileSending {
  /// What Intake takes, as browsers name it.
  private static let types = "image/jpeg,image/png,application/pdf,text/plain"
  /// Bytes in one message of a file.
  private static let partBytes = 64 * 1024

  static func form(to path: String, _ say: Say) -> Block {
    .form(
      Form(
        path,
        [
          Field(
            "file", say("Choose a file", "Dewis ffeil"),
            hint: say(
              "A picture (JPEG, PNG), PDF or plain text, up to 10 megabytes. A PDF is kept with "
                + "what it says of its author.",
              "Llun (JPEG, PNG), PDF neu destun plaen, hyd at 10 megabeit. Cedwir PDF gyda'r hyn "
                + "y mae'n ei ddweud am ei awdur."),
            .file(types))
        ], button: say("Add this file", "Ychwanegu'r ffeil hon"), isUpload: true))
  }

  /// An id of ours; empty for anything else.
  static func id(_ visit: Visit) -> String { plain(visit.parameters["file"] ?? "") }

  /// Bytes of an id, at most.
  static let idLimit = 64

  /// What may be an id of ours, as it is; empty for anything else.
  static func plain(_ id: String) -> String {
    let isPlain =
      id.utf8.count <= idLimit
      && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return isPlain ? id : ""
  }

  /// - Parameter key: what tells a repetition from a second file.
  static func send(
    _ file: PostedFile, of session: Session, key: String = RandomKey.make(), _ visit: Visit
  ) async throws -> Recourse_Intake_V1_AttachmentOnRecord {
    try await visit.workers.attachments.add(
      options: Workers.uploadLimit,
      requestProducer: { writer in
        try await writer.write(
          .with {
            $0.opening = .with {
              $0.session = session.token
              $0.name = file.name
              $0.idempotencyKey = key
            }
          })
        for start in stride(from: 0, to: file.bytes.count, by: Self.partBytes) {
          let end = min(start + Self.partBytes, file.bytes.count)
          try await writer.write(.with { $0.bytes = .init(file.bytes[start..<end]) })
        }
      })
  }

  /// A file with what is on record of it, for the person whose it is.
  /// - Throws: ``Problem/notFound`` for one that is not there, or somebody else's.
  static func read(
    _ id: String, of session: Session, _ visit: Visit
  ) async throws -> (record: Recourse_Intake_V1_AttachmentOnRecord, bytes: [UInt8]) {
    let request = Recourse_Intake_V1_ReadAttachmentRequest.with {
      $0.attachmentID = plain(id)
      $0.session = session.token
    }
    do {
      return try await visit.workers.attachments.read(
        request, options: Workers.uploadLimit
      ) { response in
        var (record, bytes) = (Recourse_Intake_V1_AttachmentOnRecord(), [UInt8]())
        for try await part in response.messages {
          if part.hasAttachment { record = part.attachment }
          bytes += part.bytes
        }
        return (record, bytes)
      }
    } catch {
      guard case .refused("unknown-attachment", _) = Problem(any: error) else { throw error }
      throw Problem.notFound
    }
  }
}
