import Foundation
import Messages
import ScannerTesting
import Scanning
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Files that come to a case after the application: by the person, or by an officer for them.
@Suite(.timeLimit(.minutes(3))) struct LaterFileTests {
  @Test func `an officer adds a file as the person does, and it is on record who did`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let kept = try await stage.add(
        "By letter", named: "Diary.TXT", by: "A. Officer", to: own.reference)
      #expect(kept.name == "Diary.txt")
      #expect(try await stage.listed(in: own.session) == [kept])
      #expect(try await stage.read(kept.attachmentID, in: own.session).1 == Data("By letter".utf8))
      #expect(
        try await stage.recorded("intake.add-attachment").map { [$0[0], $0[1]] }
          == [["A. Officer", own.reference]])
      // The person may take it away again, as any of theirs.
      try await stage.remove(kept.attachmentID, in: own.session)
      #expect(try await stage.listed(of: own.reference).isEmpty)
    }
  }

  @Test func `an officer's file is bounded, looked at and sent once as any other`() async throws {
    let process = try await ScannerProcess()
    try await IntakeStage.with(scanner: Clamd(at: process.place)) { stage in
      let own = try await stage.ownCase()
      let harmful = String(decoding: ScannerProcess.harmful, as: UTF8.self)
      #expect(await code(harmful, own.reference, stage) == "unsafe-file")
      #expect(await code("", own.reference, stage) == "empty-file")
      #expect(try await stage.count("attachment") == 0)
      let first = try await stage.add("x", key: "one", by: "A. Officer", to: own.reference)
      let again = try await stage.add("x", key: "one", by: "A. Officer", to: own.reference)
      #expect(again == first)
      #expect(await code("y", own.reference, key: "one", stage) == "idempotency-key-reused")
      for number in 1..<10 {
        try await stage.add("\(number)", by: "A. Officer", to: own.reference)
      }
      #expect(await code("y", own.reference, stage) == "too-many-files")
      _ = try await stage.withdraw(in: own.session)
      #expect(await code("y", own.reference, stage) == "withdrawn")
    }
    process.end()
  }

  @Test func `who adds it, and to which case, is said, and not beside a session`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      #expect(await code("x", own.reference, officer: " ", stage) == "missing")
      #expect(await code("x", "0000-0000", stage) == "unknown-case")
      #expect(await code("x", "nonsense", stage) != "")
      #expect(await code("x", "", stage) != "")
      #expect(await code("x", own.reference, session: own.session, stage) == "contradiction")
      #expect(try await stage.count("attachment") == 0)
    }
  }

  @Test func `of a file that comes later others hear that it came, and nothing of it`()
    async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      try await stage.add(Data("With the application".utf8), in: draft.session)
      let reference = try await stage.handIn(draft.session).caseReference
      let session = try await stage.openCase(reference, draft.code)
      #expect(try await events(of: reference, stage).isEmpty)
      let later = try await stage.add("Marker", named: "Marker.txt", key: "k", in: session)
      _ = try await stage.add("Marker", named: "Marker.txt", key: "k", in: session)
      let paper = try await stage.add("Paper", by: "A. Officer", to: reference)
      try await stage.place.settle()
      let events = try await events(of: reference, stage)
      #expect(events.map(\.attachmentID) == [later.attachmentID, paper.attachmentID])
      #expect(events.map(\.byOfficer) == [false, true])
      #expect(events.map(\.addedOn) == ["2026-06-30", "2026-06-30"])
      for event in events {
        let said = "\(event)"
        #expect(!said.contains("arker") && !said.contains("A. Officer"), "\(said)")
      }
    }
  }

  private func code(
    _ text: String, _ reference: String, officer: String = "A. Officer", key: String = "",
    session: String = "", _ stage: IntakeStage
  ) async -> String {
    await stage.refusalCode {
      try await stage.add(text, key: key, by: officer, to: reference, session: session)
    }
  }

  private func events(
    of reference: String, _ stage: IntakeStage
  ) async throws -> [Recourse_Intake_V1_AttachmentAdded] {
    try await stage.events(Recourse_Intake_V1_AttachmentAdded.self, of: reference)
  }
}
