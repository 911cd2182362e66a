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
  static func id(_ visit: Visit) -> String {
    let id = visit.parameters["file"] ?? ""
    let isPlain =
      id.utf8.count <= 64
      && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return isPlain ? id : ""
  }

  static func send(
    _ file: PostedFile, of session: Session, _ visit: Visit
  ) async throws -> Recourse_Intake_V1_AttachmentOnRecord {
    try await visit.workers.attachments.add(
      options: Workers.uploadLimit,
      requestProducer: { writer in
        try await writer.write(
          .with {
            $0.opening = .with {
              $0.session = session.token
              $0.name = file.name
              $0.idempotencyKey = RandomKey.make()
            }
          })
        for start in stride(from: 0, to: file.bytes.count, by: Self.partBytes) {
          let end = min(start + Self.partBytes, file.bytes.count)
          try await writer.write(.with { $0.bytes = .init(file.bytes[start..<end]) })
        }
      })
  }
}
