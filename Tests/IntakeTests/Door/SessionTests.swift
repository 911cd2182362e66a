import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Sessions: how long they go on, and what ends them.
@Suite(.timeLimit(.minutes(3))) struct SessionTests {
  @Test func `a session that nobody uses ends, and one that is used goes on for so long`()
    async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let idle = try await stage.openDraft(draft.code).session
      for _ in 0..<11 {
        try await stage.pass(DoorBounds.sessionIdle - 1)
        _ = try await stage.draft(in: draft.session)
      }
      #expect(await stage.refusalCode { try await stage.draft(in: idle) } == "session-ended")
      // However much it is used, it is no older than that.
      try await stage.pass(DoorBounds.sessionIdle - 1)
      #expect(await stage.refusalCode { try await stage.draft(in: draft.session) } == "")
      try await stage.pass(60)
      #expect(
        await stage.refusalCode { try await stage.draft(in: draft.session) } == "session-ended")
      _ = try await stage.draft(in: stage.openDraft(draft.code).session)
    }
  }

  @Test func `a session that is closed is closed, and closing it again is no error`() async throws {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      for token in [session, session, "nonsense", ""] {
        _ = try await stage.door.closeSession(.with { $0.session = token })
      }
      let refusal = await #expect(throws: Refusal.self) { try await stage.draft(in: session) }
      #expect(refusal?.code == "session-ended" && refusal?.kind == .notAllowed)
      #expect(try await stage.count("door_session") == 0)
    }
  }

  @Test func `a draft or a case has so many sessions, and the oldest ends`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      for number in 0..<DoorBounds.sessionsLimit {
        try await stage.pass(1)
        _ = try await stage.openDraft(draft.code)
        #expect(try await stage.count("door_session") == min(number + 2, DoorBounds.sessionsLimit))
      }
      #expect(
        await stage.refusalCode { try await stage.draft(in: draft.session) } == "session-ended")
    }
  }

  @Test func `a session survives a restart of the worker, and what it holds too`() async throws {
    try await IntakeStage.with(onDisk: true) { stage in
      let draft = try await stage.startDraft()
      try await stage.save("so far", after: 0, in: draft.session)
      try await stage.place.restart("intake")
      #expect(try await stage.draft(in: draft.session).content == Data("so far".utf8))
      #expect(try await stage.save("and on", after: 1, in: draft.session) == 2)
    }
  }

  @Test func `no session of one opens what is another's`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      #expect(
        await stage.refusalCode { try await stage.ownCase(in: draft.session) } == "not-handed-in")
      let own = try await stage.ownCase()
      let session = try await stage.openCase(own.reference, own.code)
      #expect(await stage.refusalCode { try await stage.draft(in: session) } == "no-draft")
      #expect(await stage.refusalCode { try await stage.draft(in: own.session) } == "handed-in")
      for token in ["", "nonsense", String(repeating: "a", count: 10_000)] {
        #expect(await stage.refusalCode { try await stage.ownCase(in: token) } == "session-ended")
      }
    }
  }
}
