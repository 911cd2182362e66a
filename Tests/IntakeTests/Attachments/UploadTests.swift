import Attachments
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// How a file comes in, part by part.
@Suite(.timeLimit(.minutes(3))) struct UploadTests {
  private typealias Part = Recourse_Intake_V1_AddAttachmentPart

  private func code(of parts: [Part], _ stage: IntakeStage) async -> String {
    await stage.refusalCode {
      try await stage.refusing {
        try await stage.files.add(requestProducer: { writer in
          for part in parts { try await writer.write(part) }
        })
      }
    }
  }

  private func opening(_ session: String, key: String = "") -> Part {
    .with {
      $0.opening = .with {
        $0.session = session
        $0.name = "x.txt"
        $0.idempotencyKey = key
      }
    }
  }

  private func part(_ count: Int) -> Part {
    .with { $0.bytes = Data(repeating: 0x41, count: count) }
  }

  @Test func `what does not come as it should is refused`() async throws {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      let limit = AttachmentBounds.messageBytesLimit
      let key = String(repeating: "k", count: AttachmentBounds.keyLimit)
      #expect(await code(of: [], stage) == "missing")
      #expect(await code(of: [part(1)], stage) == "missing")
      #expect(await code(of: [opening(session)], stage) == "empty-file")
      #expect(await code(of: [opening(session), opening(session)], stage) == "contradiction")
      #expect(await code(of: [opening(session), part(limit + 1)], stage) == "too-large")
      #expect(await code(of: [opening(session, key: key + "k"), part(1)], stage) == "too-long")
      #expect(try await stage.count("attachment") == 0)
      #expect(await code(of: [opening(session, key: key), part(limit), part(1)], stage) == "")
      #expect(try await stage.count("attachment") == 1)
    }
  }

  @Test func `who takes too long is turned away`() async throws {
    let (parts, _) = AsyncThrowingStream<Part, any Error>.makeStream()
    let error = await #expect(throws: Refusal.self) {
      try await Upload.read(RPCAsyncSequence(wrapping: parts), within: .milliseconds(50)) {
        _, _ in
      }
    }
    #expect(error?.code == "too-slow")
  }

  @Test func `so many files are taken in at once, and the next one when there is room`()
    async throws
  {
    let gate = UploadGate(limit: 2)
    let refusal = await #expect(throws: Refusal.self) {
      try await gate.within { try await gate.within { try await gate.within {} } }
    }
    #expect(refusal?.code == "busy")
    try await gate.within { try await gate.within {} }
    #expect(AttachmentBounds.uploadsLimit == 4)
  }
}
