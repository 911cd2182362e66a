import Attachments
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite(.timeLimit(.minutes(3))) struct AttachmentTests {
  @Test func `a file of a draft is the case's once it is handed in`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let kept = try await stage.add(
        "He shouted at 3 am.", named: "My diary.TXT", in: draft.session)
      #expect(
        kept
          == .with {
            $0.attachmentID = kept.attachmentID
            $0.name = "My diary.txt"
            $0.mediaType = "text/plain"
            $0.bytes = 19
            $0.addedOn = "2026-06-30"
          })
      #expect(try await stage.listed(in: draft.session) == [kept])
      #expect(
        try await stage.read(kept.attachmentID, in: draft.session).1
          == Data("He shouted at 3 am.".utf8))

      let reference = try await stage.handIn(draft.session).caseReference
      #expect(try await stage.ownCase(in: draft.session).attachments == [kept])
      #expect(try await stage.listed(of: reference) == [kept])
      let session = try await stage.openCase(reference, draft.code)
      let (record, bytes) = try await stage.read(kept.attachmentID, in: session)
      #expect(record == kept)
      #expect(bytes == Data("He shouted at 3 am.".utf8))

      let later = try await stage.add("And again.", in: session)
      #expect(try await stage.ownCase(in: session).attachments == [kept, later])
      try await stage.remove(kept.attachmentID, in: session)
      try await stage.remove(kept.attachmentID, in: session)
      #expect(try await stage.ownCase(in: session).attachments == [later])
      #expect(try await stage.count("attachment_part") == 1)
      #expect(
        await stage.refusalCode { try await stage.read(kept.attachmentID, in: session) }
          == "unknown-attachment")
    }
  }

  @Test func `a large picture comes back as it was kept, without its place`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let sent = try IntakeStage.fixture("telephone.jpg")
      let kept = try await stage.add(sent, named: "IMG_1.HEIC", in: draft.session, partBytes: 100)
      #expect(kept.name == "IMG_1.HEIC.jpg")
      #expect(kept.mediaType == "image/jpeg")
      let (_, bytes) = try await stage.read(kept.attachmentID, in: draft.session)
      #expect(bytes == Data(try CleanFile(cleaning: [UInt8](sent)).bytes))
      #expect(bytes.range(of: Data("MARKER".utf8)) == nil)

      let text = Data(repeating: 0x41, count: FileBounds.fileBytesLimit)
      let large = try await stage.add(text, in: draft.session)
      #expect(try await stage.read(large.attachmentID, in: draft.session).1 == text)
      #expect(
        await stage.refusalCode { try await stage.add(text + [0x41], in: draft.session) }
          == "too-large")
    }
  }

  @Test func `neither a file nor its name can be read in the slice while it is a draft's`()
    async throws
  {
    try await IntakeStage.with(onDisk: true) { stage in
      let draft = try await stage.startDraft()
      let kept = try await stage.add(
        "What the marker says", named: "Marker of a name.txt", in: draft.session)
      let dump = try await stage.slice.read { slice in
        try slice.rows("SELECT file_key, name, request_digest FROM attachment").map {
          try $0.blob("file_key") + $0.blob("name") + $0.blob("request_digest")
        } + slice.rows("SELECT sealed FROM attachment_part").map { try $0.blob("sealed") }
      }
      #expect(dump.count == 2)
      for bytes in dump {
        #expect(bytes.range(of: Data("arker".utf8)) == nil)
      }
      #expect(try await stage.recorded("intake.add-attachment").count == 1)
      let words = try await stage.recorded("intake.add-attachment").joined()
      #expect(!words.contains { $0.contains("Marker") })
      // Nothing in the slice opens it without the code or the session.
      #expect(
        await stage.refusalCode {
          try await stage.read(kept.attachmentID, by: "A. Officer", because: "To see")
        } == "unknown-attachment")
    }
  }

  @Test func `a file is somebody's own`() async throws {
    try await IntakeStage.with { stage in
      let one = try await stage.startDraft()
      let other = try await stage.startDraft()
      let kept = try await stage.add("Mine", in: one.session)
      #expect(try await stage.listed(in: other.session).isEmpty)
      #expect(
        await stage.refusalCode { try await stage.read(kept.attachmentID, in: other.session) }
          == "unknown-attachment")
      try await stage.remove(kept.attachmentID, in: other.session)
      #expect(try await stage.listed(in: one.session) == [kept])
      #expect(
        await stage.refusalCode { try await stage.add("x", in: "nobody's") } == "session-ended")
    }
  }

  @Test func `sent again under its key it is the same file, and another one is refused`()
    async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let first = try await stage.add("Mine", key: "one", in: draft.session)
      #expect(try await stage.add("Mine", key: "one", in: draft.session) == first)
      #expect(
        await stage.refusalCode { try await stage.add("Other", key: "one", in: draft.session) }
          == "idempotency-key-reused")
      // Somebody else's key is theirs.
      let other = try await stage.startDraft()
      let theirs = try await stage.add("Mine", key: "one", in: other.session)
      #expect(theirs.attachmentID != first.attachmentID)
      #expect(try await stage.count("attachment") == 2)
    }
  }

  @Test(arguments: [
    ("script.pdf", "active-file"), ("locked.pdf", "locked-file"), ("make.py", "unknown-type"),
  ])
  func `a file that cannot be taken is refused with its reason, and nothing is kept`(
    name: String, code: String
  ) async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let bytes = try IntakeStage.fixture(name)
      #expect(
        await stage.refusalCode { try await stage.add(bytes, named: "x.png", in: draft.session) }
          == code)
      #expect(
        await stage.refusalCode { try await stage.add("", in: draft.session) } == "empty-file")
      #expect(try await stage.count("attachment") == 0)
    }
  }

  @Test func `ten files are taken and no more, and forty megabytes`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      for number in 0..<FileBounds.filesLimit {
        try await stage.add(Data("\(number)".utf8), key: "\(number)", in: draft.session)
      }
      #expect(
        await stage.refusalCode { try await stage.add("x", in: draft.session) } == "too-many-files")
      let kept = try await stage.listed(in: draft.session)
      // The tenth, sent again because its answer was lost, is the same.
      #expect(
        try await stage.add("9", key: "9", in: draft.session).attachmentID
          == kept.last?.attachmentID)
      try await stage.remove(kept[3].attachmentID, in: draft.session)
      let back = try await stage.add("x", in: draft.session)
      #expect(
        try await stage.listed(in: draft.session).map(\.attachmentID).contains(back.attachmentID))

      let other = try await stage.startDraft()
      let large = Data(repeating: 0x41, count: FileBounds.fileBytesLimit)
      for _ in 0..<4 { try await stage.add(large, in: other.session) }
      #expect(await stage.refusalCode { try await stage.add("x", in: other.session) } == "too-much")
    }
  }

  @Test func `the files of all drafts together have a bound`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      try await stage.add(Data("x".utf8), in: draft.session)
      try await stage.slice.write {
        try $0.execute(
          "UPDATE attachment SET bytes = ?", .integer(AttachmentBounds.draftsBytesLimit))
      }
      let other = try await stage.startDraft()
      #expect(await stage.refusalCode { try await stage.add("y", in: other.session) } == "no-room")
      let own = try await stage.ownCase()
      try await stage.add(Data("y".utf8), in: own.session)
    }
  }

  @Test func `files go with a draft that nobody returned to`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      try await stage.add(Data("x".utf8), in: draft.session)
      let own = try await stage.ownCase()
      try await stage.add(Data("y".utf8), in: own.session)
      try await stage.pass(Double(DoorBounds.draftDaysKept + 2) * 86_400)
      #expect(try await stage.count("attachment") == 1)
      #expect(try await stage.count("attachment_part") == 1)
      #expect(try await stage.listed(of: own.reference).count == 1)
    }
  }

  @Test func `a case that was withdrawn takes no more files`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let kept = try await stage.add("x", in: own.session)
      _ = try await stage.withdraw(in: own.session)
      #expect(await stage.refusalCode { try await stage.add("y", in: own.session) } == "withdrawn")
      #expect(try await stage.listed(in: own.session) == [kept])
    }
  }

  @Test func `an officer reads a file with a reason, and it is on record who did`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let kept = try await stage.add("For the panel", in: own.session)
      let id = kept.attachmentID
      for (officer, reason) in [("", "Panel"), ("A. Officer", " ")] {
        #expect(
          await stage.refusalCode { try await stage.read(id, by: officer, because: reason) }
            == "missing")
      }
      let (record, bytes) = try await stage.read(id, by: "A. Officer", because: "For the panel")
      #expect(record == kept)
      #expect(bytes == Data("For the panel".utf8))
      #expect(
        try await stage.recorded("intake.open-attachment")
          == [["A. Officer", own.reference, id]])
      let told = try await stage.recorded("intake.read-attachment")
      #expect(told.map { $0[2] } == ["case-work of \(id): attachment.name, bytes"])

      let reads = Recourse_Worker_V1_CaseReads.Stub(wrapping: stage.place.client)
      let account = try await reads.list(
        .with { $0.caseReference = own.reference }, metadata: ["recourse-target": "intake"])
      #expect(account.reads.first?.purpose == "case-work")
      #expect(account.reads.first?.fields == ["attachment.name", "bytes"])
      #expect(account.reads.first?.times == 1)
    }
  }

  @Test func `files are there after a restart, of a draft and of a case`() async throws {
    try await IntakeStage.with(onDisk: true) { stage in
      let draft = try await stage.startDraft()
      let drafted = try await stage.add("x", in: draft.session)
      let own = try await stage.ownCase()
      let kept = try await stage.add("y", in: own.session)
      try await stage.place.restart("intake")
      #expect(try await stage.read(drafted.attachmentID, in: draft.session).1 == Data("x".utf8))
      #expect(try await stage.read(kept.attachmentID, in: own.session).1 == Data("y".utf8))
      let opened = try await stage.openDraft(draft.code)
      #expect(try await stage.read(drafted.attachmentID, in: opened.session).1 == Data("x".utf8))
    }
  }
}
