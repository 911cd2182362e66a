import Foundation
import Messages
import SwiftProtobuf

// Files of whatever the session opened: a draft, or a case.

extension Operations {
  private static let fileID = Schema.text(limit: FileSending.idLimit)

  private static let facts: [Schema.Property] = [
    .init("id", fileID, required: true),
    .init("name", Schemas.line, required: true, "As the person named it, without its path."),
    .init("mediaType", Schemas.line, required: true, "As its bytes say."),
    .init("bytes", .whole, required: true, "As it is kept."),
    .init("addedOn", .day, required: true),
  ]
  private static let file = Schema.named("File", .object(facts))

  static let files = [
    APIOperation(
      id: "listFiles", method: .get, path: "/files",
      summary: "The files of the draft or the case, oldest first.", rate: .reading, request: nil,
      answer: .named(
        "Files",
        .object([.init("files", .array(file, limit: FilePages.filesLimit), required: true)]))
    ) { call in
      let session = try call.session()
      let files = try await call.visit.workers.attachments.list(
        .with { $0.session = session.token }, options: Workers.limit
      ).attachments
      return .object(["files": .array(files.map { json(of: $0) })])
    },
    APIOperation(
      id: "addFile", method: .post, path: "/files",
      summary: "Adds a JPEG, PNG, PDF or plain text. What says where and when a picture was "
        + "taken is removed from it.",
      rate: .uploading, bodyBytesLimit: PortalBounds.fileInJSONBytesLimit,
      request: .named(
        "AddFile",
        .object([
          .init("name", .text(limit: 500), required: true),
          .init("content", .bytes(limit: PortalBounds.fileBytesLimit), required: true),
        ])),
      answer: file, status: 201, takesKey: true
    ) { call in
      let session = try call.session()
      let content = Data(base64Encoded: call.text("content")) ?? Data()
      // As a browser's form has it: whatever folder it was in is nobody's here.
      let posted = PostedFile(name: Multipart.plain(call.text("name")), bytes: Array(content))
      do {
        return json(
          of: try await FileSending.send(posted, of: session, key: call.key, call.visit))
      } catch {
        throw atContent(error)
      }
    },
    APIOperation(
      id: "readFile", method: .post, path: "/files/read",
      summary: "A file as it is kept. Of a case it is recorded that its own person read it.",
      rate: .reading,
      request: .named("ReadFile", .object([.init("id", fileID, required: true)])),
      answer: .named(
        "FileContent",
        .object(
          facts + [.init("content", .bytes(limit: PortalBounds.fileBytesLimit), required: true)]))
    ) { call in
      let session = try call.session()
      let (record, bytes) = try await FileSending.read(
        call.text("id"), of: session, call.visit)
      return .object(
        members(of: record).merging(["content": .text(Data(bytes).base64EncodedString())]) {
          $1
        })
    },
    APIOperation(
      id: "removeFile", method: .post, path: "/files/remove",
      summary: "Removes a file. One that is away already is no fault.",
      request: .named("RemoveFile", .object([.init("id", fileID, required: true)])),
      answer: nil
    ) { call in
      let session = try call.session()
      let id = FileSending.plain(call.text("id"))
      _ = try await call.visit.workers.attachments.remove(
        .with {
          $0.session = session.token
          $0.attachmentID = id
        }, options: Workers.limit)
      return .null
    },
  ]

  /// What Intake says of the bytes, said of where they stand in the body; any other error as it is.
  private static func atContent(_ error: any Error) -> any Error {
    guard case .refused(let code, "bytes") = Problem(any: error) else { return error }
    let problem = APIProblem(error)
    return APIRefusal(
      status: problem.status, code: code, detail: problem.detail,
      faults: [APIFault(code: code, path: "content", message: problem.detail)])
  }

  private static func members(
    of record: Recourse_Intake_V1_AttachmentOnRecord
  ) -> [String: JSONValue] {
    [
      "id": .text(record.attachmentID), "name": .text(record.name),
      "mediaType": .text(record.mediaType), "bytes": .int(Int(clamping: record.bytes)),
      "addedOn": .text(record.addedOn),
    ]
  }

  private static func json(of record: Recourse_Intake_V1_AttachmentOnRecord) -> JSONValue {
    .object(members(of: record))
  }
}
