import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Files at Intake's door.
extension IntakeStage {
  typealias OnRecord = Recourse_Intake_V1_AttachmentOnRecord

  var files: some Recourse_Intake_V1_Attachments.ClientProtocol {
    Recourse_Intake_V1_Attachments.Stub(wrapping: place.client)
  }

  /// A file of `Tests/AttachmentsTests/Fixtures`.
  static func fixture(_ name: String) throws -> Data {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Data(
      contentsOf: tests.appending(path: "AttachmentsTests/Fixtures").appending(path: name))
  }

  @discardableResult
  func add(
    _ bytes: Data, named name: String = "diary.txt", key: String = "", in session: String,
    partBytes: Int = AttachmentBounds.messageBytesLimit
  ) async throws -> OnRecord {
    try await refusing {
      try await files.add(requestProducer: { writer in
        try await writer.write(
          .with {
            $0.opening = .with {
              $0.session = session
              $0.name = name
              $0.idempotencyKey = key
            }
          })
        for start in stride(from: 0, to: bytes.count, by: partBytes) {
          let part = bytes[start..<min(start + partBytes, bytes.count)]
          try await writer.write(.with { $0.bytes = Data(part) })
        }
      })
    }
  }

  /// By an officer, for whoever applied.
  @discardableResult
  func add(
    _ text: String, named name: String = "diary.txt", key: String = "", by officer: String,
    to reference: String, session: String = ""
  ) async throws -> OnRecord {
    try await refusing {
      try await files.add(requestProducer: { writer in
        try await writer.write(
          .with {
            $0.opening = .with {
              $0.session = session
              $0.caseReference = reference
              $0.officer = officer
              $0.name = name
              $0.idempotencyKey = key
            }
          })
        try await writer.write(.with { $0.bytes = Data(text.utf8) })
      })
    }
  }

  func add(
    _ text: String, named name: String = "diary.txt", key: String = "", in session: String
  ) async throws -> OnRecord {
    try await add(Data(text.utf8), named: name, key: key, in: session)
  }

  func remove(_ id: String, in session: String) async throws {
    _ = try await refusing {
      try await files.remove(
        .with {
          $0.session = session
          $0.attachmentID = id
        })
    }
  }

  func listed(in session: String) async throws -> [OnRecord] {
    try await refusing { try await files.list(.with { $0.session = session }) }.attachments
  }

  func listed(of reference: String) async throws -> [OnRecord] {
    try await refusing {
      try await files.list(.with { $0.caseReference = reference })
    }.attachments
  }

  func read(_ id: String, in session: String) async throws -> (OnRecord, Data) {
    try await read(
      .with {
        $0.attachmentID = id
        $0.session = session
      })
  }

  func read(
    _ id: String, by officer: String, because reason: String
  ) async throws -> (OnRecord, Data) {
    try await read(
      .with {
        $0.attachmentID = id
        $0.officer = officer
        $0.reason = reason
      })
  }

  private func read(
    _ request: Recourse_Intake_V1_ReadAttachmentRequest
  ) async throws -> (OnRecord, Data) {
    try await refusing {
      try await files.read(request) { response in
        var (record, bytes) = (OnRecord(), Data())
        for try await part in response.messages {
          if part.hasAttachment { record = part.attachment }
          bytes += part.bytes
        }
        return (record, bytes)
      }
    }
  }
}
