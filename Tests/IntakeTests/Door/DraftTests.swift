import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// A draft that is left and returned to by its code.
@Suite(.timeLimit(.minutes(3))) struct DraftTests {
  typealias Request = Recourse_Intake_V1_StartDraftRequest

  @Test
  func `a code is sixteen letters and digits in groups of four, and is read as people write it`()
    throws
  {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let code = DoorCode(using: &generator)
      #expect(code.shown.wholeMatch(of: /([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}/) != nil)
      #expect(DoorCode(code.shown) == code)
      let written = code.shown.lowercased().replacing("-", with: " ").replacing("0", with: "o")
        .replacing("1", with: "l")
      #expect(DoorCode(written) == code)
    }
    #expect(Set((0..<50).map { _ in DoorCode(using: &generator) }).count == 50)
    for wrong in ["", "4F7K-2M98-0QRS-TVW", "4F7K-2M98-0QRS-TVWXY", "UUUU-2M98-0QRS-TVWX", "ö"] {
      #expect(DoorCode(wrong) == nil)
    }
    #expect(DoorCode(String(repeating: "4F7K-2M98-0QRS-TVWX ", count: 1_000)) == nil)
  }

  @Test func `a draft is left and returned to by its code, as it was saved last`() async throws {
    try await IntakeStage.with { stage in
      let started = try await stage.startDraft()
      // The last of 28 days.
      #expect(started.keptUntil == "2026-07-28")
      #expect(try await stage.draft(in: started.session).content.isEmpty)
      #expect(try await stage.save("first page", after: 0, in: started.session) == 1)
      #expect(
        try await stage.save("second page", after: 1, in: started.session, language: "cy") == 2)

      let again = try await stage.openDraft(started.code)
      #expect(again.session != started.session && again.caseReference.isEmpty)
      let draft = try await stage.draft(in: again.session)
      #expect(draft.content == Data("second page".utf8) && draft.revision == 2)
      #expect(draft.area == "plymouth" && draft.language == "cy" && draft.channel == .web)
    }
  }

  @Test func `one page does not overwrite another, and the same page may be saved twice`()
    async throws
  {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      try await stage.save("a", after: 0, in: session)
      #expect(try await stage.save("a", after: 0, in: session) == 1)
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.save("b", after: 0, in: session)
      }
      #expect(refusal?.code == "draft-changed" && refusal?.kind == .changed)
      #expect(try await stage.draft(in: session).content == Data("a".utf8))
    }
  }

  @Test func `a draft has so many bytes and no more`() async throws {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      let most = String(repeating: "a", count: DoorBounds.draftBytesLimit)
      #expect(
        await stage.refusalCode { try await stage.save(most + "a", after: 0, in: session) }
          == "too-large")
      #expect(try await stage.save(most, after: 0, in: session) == 1)
    }
  }

  @Test func `so many drafts are kept and no more, and those that were handed in do not count`()
    async throws
  {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      try await stage.slice.write { tx in
        for number in 1..<DoorBounds.draftsLimit {
          try tx.execute(
            """
            INSERT INTO door_draft (draft_id, locator, verifier, area, language, channel, officer,
              kept_until, revision, wrapped_key)
            VALUES (?, ?, x'00', 'plymouth', '', 'WEB', '', '2026-07-01', 1, x'00')
            """, .text("d\(number)"), .blob(Data("\(number)".utf8)))
        }
      }
      try await stage.save("mine", after: 0, in: session)
      let refusal = await #expect(throws: Refusal.self) { try await stage.startDraft() }
      #expect(refusal?.code == "too-many-drafts" && refusal?.kind == .tooMany)
      _ = try await stage.handIn(session)
      // One in which nothing was saved gives way, and one that holds something never does.
      let empty = try await stage.startDraft()
      let next = try await stage.startDraft()
      #expect(
        await stage.refusalCode { try await stage.openDraft(empty.code) } == "unknown-code")
      _ = try await stage.openDraft(next.code)
    }
  }

  @Test func `a draft that nobody returns to is removed, and saving it keeps it for longer`()
    async throws
  {
    try await IntakeStage.with { stage in
      let left = try await stage.startDraft()
      let saved = try await stage.startDraft()
      let day: TimeInterval = 86_400
      try await stage.pass(10 * day)
      let session = try await stage.openDraft(saved.code).session
      try await stage.save("ten days later", after: 0, in: session)
      #expect(try await stage.openDraft(saved.code).keptUntil == "2026-08-07")
      // 28 July is its last day.
      try await stage.pass(18 * day)
      #expect(try await stage.openDraft(left.code).caseReference.isEmpty)
      try await stage.pass(day)
      #expect(await stage.refusalCode { try await stage.openDraft(left.code) } == "unknown-code")
      #expect(try await stage.count("door_draft") == 1)
      #expect(try await stage.recorded("intake.remove-drafts").count == 1)
      #expect(
        try await stage.draft(in: stage.openDraft(saved.code).session).content
          == Data("ten days later".utf8))
      try await stage.pass(40 * day)
      #expect(try await stage.count("door_draft") == 0)
      #expect(try await stage.count("door_session") == 0)
    }
  }

  @Test
  func `nothing that a draft holds, nor its code or session, can be read in the slice's files`()
    async throws
  {
    try await IntakeStage.with(onDisk: true) { stage in
      let started = try await stage.startDraft()
      let marker = Marker("Qzdraftcontent")
      try await stage.save("\(marker) lives at 1 Some Street", after: 0, in: started.session)
      let again = try await stage.openDraft(started.code)
      let folder = stage.place.outputDirectory.deletingLastPathComponent()
      let bare = started.code.replacing("-", with: "")
      for secret in [marker.description, started.code, bare, started.session, again.session] {
        #expect(Marker(secret).files(in: folder).isEmpty, "one of them is in a file")
      }
      // The files are the slice's: what is no secret is found in them.
      #expect(!Marker("door_draft").files(in: folder).isEmpty)
      // Nor is any row of use without the code.
      let kept = try #require(
        try await stage.slice.read { slice in
          try slice.rows("SELECT draft_id FROM door_draft").first?.text("draft_id")
        })
      let draft = try #require(try await stage.slice.read { try $0.draft(kept) })
      let wrapped = try #require(draft.wrappedKey)
      let other = try #require(DoorCode(strangersCode))
      #expect(throws: (any Error).self) {
        try DraftKey(unwrapping: wrapped, under: other.secret, draft: kept)
      }
      // One revision cannot be put in another's place.
      let code = try #require(DoorCode(started.code))
      let key = try DraftKey(unwrapping: wrapped, under: code.secret, draft: kept)
      let content = try #require(draft.content)
      #expect(throws: (any Error).self) { try key.open(content, draft: kept, revision: 2) }
      #expect(throws: (any Error).self) { try key.open(content, draft: "other", revision: 1) }
    }
  }

  @Test func `drawing codes ends at a bound, and nothing is kept`() async throws {
    try await IntakeStage.with(drawingFrom: Constant()) { stage in
      _ = try await stage.startDraft()
      let refusal = await #expect(throws: Refusal.self) { try await stage.startDraft() }
      #expect(refusal?.code == "no-free-code" && refusal?.kind == .tryAgain)
      #expect(try await stage.count("door_draft") == 1)
    }
  }

  @Test func `a draft has an area that there is, and an officer says how it came`() async throws {
    try await IntakeStage.with { stage in
      let wrong: [(String, @Sendable (inout Request) -> Void)] = [
        ("unknown-area area", { $0.area = "atlantis" }),
        ("unknown-value language", { $0.language = "tlh" }),
        ("contradiction channel", { $0.channel = .paper }),
        ("contradiction channel", { $0.officer = "A. Officer" }),
        ("too-long officer", { $0.officer = String(repeating: "a", count: 201) }),
      ]
      for (expected, change) in wrong {
        let refusal = await #expect(throws: Refusal.self) { try await stage.startDraft(change) }
        #expect(refusal.map { "\($0.code) \($0.path)" } == expected)
      }
      let kept = try await stage.count("door_draft")
      #expect(kept == 0)
    }
  }
}
