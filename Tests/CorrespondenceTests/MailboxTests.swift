import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// Where bodies are written to is said in the installation, beside the procedure.
@Suite(.timeLimit(.minutes(1))) struct MailboxTests {
  private static let police = "devon-and-cornwall-police"
  private static let council = "plymouth-city-council"
  private static let address = "asb@police.example"

  @Test func `what was held for want of a mailbox goes when one is said, and nothing else does`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let held = try await stage.notification(reference, to: Self.police)
      #expect(held.state == .held && held.holdReason == .noSafeWay)
      let handed = try await stage.notification(reference, to: "livewest")
      try await stage.settle(handed, as: .sent)

      let response = try await stage.setMailbox(of: Self.police, to: Self.address)
      #expect(response.notices == 1 && response.mailbox.address == Self.address)
      #expect(response.mailbox.area == "plymouth" && response.mailbox.setOn == "2026-03-20")
      let ready = try await stage.notification(reference, to: Self.police)
      #expect(ready.state == .ready && ready.channel == .email)
      let taken = try await stage.take(ready)
      #expect(taken.address == Self.address && taken.name == "Devon & Cornwall Police")
      #expect(try await stage.notification(reference, to: "livewest").state == .sent)
      #expect(try await stage.notification(reference, to: "sovereign").state == .held)
      try await stage.record(ready, .sent)

      // Said again, nothing goes again.
      #expect(try await stage.setMailbox(of: Self.police, to: "new@police.example").notices == 0)
      #expect(try await stage.notification(reference, to: Self.police).state == .sent)
      let announced = try await stage.events(
        Recourse_Correspondence_V1_NoticeReady.self, of: reference)
      #expect(announced.filter { $0.body == Self.police }.count == 1)
    }
  }

  @Test func `what comes later goes there at once, also in place of the procedure's own`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      try await stage.setMailbox(of: Self.police, to: Self.address)
      try await stage.setMailbox(of: Self.council, to: "new@council.example")
      let reference = try await stage.apply()
      for (body, address) in [
        (Self.police, Self.address), (Self.council, "new@council.example"),
      ] {
        let notice = try await stage.notification(reference, to: body)
        #expect(notice.state == .ready)
        #expect(try await stage.take(notice).address == address)
      }
    }
  }

  @Test func `one that is ready when its mailbox is taken back does not leave`() async throws {
    try await CorrespondenceStage.with { stage in
      try await stage.setMailbox(of: Self.police, to: Self.address)
      let reference = try await stage.apply()
      let ready = try await stage.notification(reference, to: Self.police)
      #expect(try await stage.setMailbox(of: Self.police, to: "").mailbox.address.isEmpty)
      #expect(await refusal { _ = try await stage.take(ready) } == "not-ready")
      let held = try await stage.notification(reference, to: Self.police)
      #expect(held.state == .held && held.holdReason == .noSafeWay)
      // Of a body whose procedure has one, that counts again.
      try await stage.setMailbox(of: Self.council, to: "new@council.example")
      let back = try await stage.setMailbox(of: Self.council, to: "")
      #expect(back.mailbox.address == "asb@council.example" && back.mailbox.setOn.isEmpty)
    }
  }

  @Test func `the list has every body, and says who has said where it is written to`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      try await stage.setMailbox(of: Self.police, to: Self.address)
      let all = try await stage.service.listMailboxes(.init()).mailboxes
      #expect(all.count == 8 && all.allSatisfy { $0.area == "plymouth" })
      let known = all.filter { !$0.address.isEmpty }
      #expect(known.map(\.body) == [Self.council, Self.police])
      #expect(known.map(\.address) == ["asb@council.example", Self.address])
      #expect(known.map(\.setOn) == ["", "2026-03-20"])
      let none = try await stage.service.listMailboxes(.with { $0.area = "elsewhere" })
      #expect(none.mailboxes.isEmpty)
    }
  }

  @Test func `who said so is on record, and everything that was said before stays`() async throws {
    try await CorrespondenceStage.with { stage in
      try await stage.setMailbox(of: Self.police, to: Self.address)
      try await stage.setMailbox(of: Self.police, to: "")
      let context = try #require(stage.place.context(of: "correspondence"))
      let rows = try await context.slice.read { slice in
        try slice.rows("SELECT address, officer, reason, set_on FROM body_mailbox ORDER BY number")
          .map { [try $0.optionalText("address") ?? "", try $0.text("officer")] }
      }
      #expect(rows == [[Self.address, "Officer One"], ["", "Officer One"]])
      for logged in try await stage.place.events() {
        #expect(logged.event.payload.range(of: Data(Self.address.utf8)) == nil)
      }
    }
  }

  @Test(arguments: [
    ("nobody", "asb@police.example", "", "unknown-body"),
    ("devon-and-cornwall-police", "asb@police.example", "elsewhere", "unknown-body"),
    ("devon-and-cornwall-police", "police.example", "", "not-a-mailbox"),
    ("devon-and-cornwall-police", "asb@police", "", "not-a-mailbox"),
    ("devon-and-cornwall-police", "A <asb@police.example>", "", "not-a-mailbox"),
    ("devon-and-cornwall-police", "asb@police.example\r\nBcc: a@b.example", "", "not-a-mailbox"),
  ])
  func `what is no body or no address is refused`(
    body: String, address: String, area: String, code: String
  ) async throws {
    try await CorrespondenceStage.with { stage in
      let refused = await refusal {
        try await stage.setMailbox(of: body, to: address, in: area)
      }
      #expect(refused == code)
    }
  }

  @Test func `an address has a bound, and is taken up to it`() async throws {
    try await CorrespondenceStage.with { stage in
      let domain = "@police.example"
      let room = Checked.mailboxBytesLimit - domain.count
      try await stage.setMailbox(
        of: Self.police, to: String(repeating: "p", count: room) + domain)
      let refused = await refusal {
        try await stage.setMailbox(
          of: Self.police, to: String(repeating: "p", count: room + 1) + domain)
      }
      #expect(refused == "not-a-mailbox")
    }
  }
}

extension CorrespondenceStage {
  @discardableResult
  func setMailbox(
    of body: String, to address: String, in area: String = ""
  ) async throws -> Recourse_Correspondence_V1_SetMailboxResponse {
    let response = try await service.setMailbox(
      .with {
        $0.body = body
        $0.address = address
        $0.area = area
        $0.officer = "Officer One"
        $0.reason = "Agreed in March"
      })
    try await place.settle()
    return response
  }

  func notification(_ reference: CaseReference, to body: String) async throws -> Notice {
    try #require(
      try await notices(reference, .bodyNotification).first { $0.body == body })
  }
}
