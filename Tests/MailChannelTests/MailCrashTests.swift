import ChannelTesting
import Foundation
import MailChannel
import NoticeChannel
import Testing
import WorkerKit
import WorkerKitTesting

/// What becomes of a message whose sender is killed: a mail server cannot be asked.
@Suite("Mail and killed workers", .timeLimit(.minutes(1)))
struct MailCrashTests {
  @Test func `killed before sending: it is sent once, and known to be sent`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      stage.correspondence.hold()
      try await stage.announce(notice)
      try await stage.until { stage.correspondence.takes(of: notice) != 0 }
      await stage.place.kill("mail")
      stage.correspondence.release()
      try await stage.place.restart("mail")
      #expect(try await stage.told(1, of: notice) == ["SENT"])
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `killed between sending and the answer: uncertain, and never sent again by itself`()
    async throws
  {
    let peer = try await MailPeer(["hold"])
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      _ = try await peer.next()
      await stage.place.kill("mail")
      peer.answer()
      try await stage.place.restart("mail")
      #expect(try await stage.told(1, of: notice) == ["UNCERTAIN"])
      // Another one goes its way, and this one stays where it is over another start.
      let next = StandInNotice(id: "notice-2")
      try await stage.announce(next)
      #expect(try await stage.told(1, of: next) == ["SENT"])
      try await stage.place.settle()
      try await stage.place.restart("mail")
      try await stage.place.settle()
      #expect(stage.correspondence.told(of: notice.id) == ["UNCERTAIN"])
    }
    #expect(await peer.end().count == 2)
  }

  @Test func `killed while one goes on beside the others: uncertain, and never sent again`()
    async throws
  {
    let peer = try await MailPeer(["hold"])
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      _ = try await peer.next()
      let next = StandInNotice(id: "notice-2")
      try await stage.announce(next)
      try await stage.pass(until: next)
      #expect(try await stage.told(1, of: next) == ["SENT"])
      await stage.place.kill("mail")
      try await stage.place.restart("mail")
      #expect(try await stage.told(1, of: notice) == ["UNCERTAIN"])
    }
    #expect(await peer.end().count == 2)
  }

  @Test func `killed between the answer and the commit: uncertain, and never sent again by itself`()
    async throws
  {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      try await stage.place.settle()
      try await stage.forgetTheAnswer()
      try await stage.place.restart("mail")
      #expect(try await stage.told(2, of: notice) == ["SENT", "UNCERTAIN"])
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `a connection that is lost after the text: uncertain, and never sent again by itself`()
    async throws
  {
    let peer = try await MailPeer(["lost"])
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["UNCERTAIN"])
      try await stage.place.settle()
      try await stage.place.restart("mail")
      try await stage.place.settle()
      #expect(stage.correspondence.told(of: notice.id) == ["UNCERTAIN"])
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `a person has it sent again: under another key`() async throws {
    let peer = try await MailPeer(["lost", "accept"])
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      var notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["UNCERTAIN"])
      notice.attempt = 2
      try await stage.announce(notice)
      #expect(try await stage.told(2, of: notice) == ["UNCERTAIN", "SENT"])
    }
    let ids = await peer.end().compactMap { $0.headers["message-id"] }
    #expect(ids.count == 2 && Set(ids).count == 2)
  }

  @Test func `where the marks of what was begun are lost, nobody knows`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      try await stage.place.settle()
      try FileManager.default.removeItem(
        at: stage.place.outputDirectory.appending(path: "begun"))
      try await stage.forgetTheAnswer()
      try await stage.place.restart("mail")
      #expect(try await stage.told(2, of: notice) == ["SENT", "UNCERTAIN"])
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `the same event twice is one message`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      try await stage.place.settle()
      #expect(stage.correspondence.told(of: notice.id) == ["SENT"])
    }
    #expect(await peer.end().count == 1)
  }
}
