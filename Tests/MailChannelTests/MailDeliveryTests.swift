import ChannelTesting
import Foundation
import MailChannel
import NoticeChannel
import Testing
import WorkerKit
import WorkerKitTesting

/// What a real mail server gets, and what Correspondence is told.
@Suite("Notices by e-mail", .timeLimit(.minutes(1)))
struct MailDeliveryTests {
  static let quick = Patience(first: .milliseconds(1), limit: .milliseconds(4))

  static func plugin(
    _ peer: MailPeer, _ settings: [String: String] = [:], patience: Patience = quick
  ) throws -> Worker {
    let all = [
      "server": peer.address, "from": "asb@council.example.org", "from-name": "Cyngor Môn",
      "mode": "live",
    ].merging(settings) { $1 }
    return try MailChannelPlugin.worker(PluginSettings(all), patience: patience)
  }

  @Test func `a notice is received as it was meant`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try Self.plugin(peer, ["reply-to": "help@example.org"])) { stage in
      var notice = StandInNotice()
      notice.subject =
        "Neges gan y cyngor am eich cais — tŷ " + String(repeating: "hir ", count: 30)
      notice.language = "cy"
      notice.text =
        "Annwyl Siân,\n.\n..dot\nFrom here\n" + String(repeating: "ŵ", count: 300) + "\n"
      notice.calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"
      try await stage.announce(notice)
      let message = try await peer.next()
      #expect(message.from == "asb@council.example.org" && message.to == [notice.address])
      #expect(message.greeting == "council.example.org")
      let headers = message.headers
      #expect(headers["subject"] == notice.subject)
      #expect(headers["from"]?.contains("Cyngor Môn") == true)
      // Whose it is stands in no header: the address alone.
      #expect(headers["to"] == notice.address)
      #expect(headers["reply-to"] == "help@example.org")
      #expect(headers["date"] == "Fri, 20 Mar 2026 09:46:40 +0000")
      #expect(headers["auto-submitted"] == "auto-generated")
      #expect(headers["content-language"] == "cy")
      let id = try #require(headers["message-id"])
      #expect(id.wholeMatch(of: /<[0-9a-f]{32}@council\.example\.org>/) != nil)
      #expect(message.types == ["text/plain", "text/html", "text/calendar"])
      #expect(message.method == "PUBLISH")
      let texts = message.texts.map { $0.replacing("\r\n", with: "\n") }
      #expect(texts[0] == notice.text)
      #expect(texts[1] == notice.html + "\n")
      #expect(try await stage.told(1, of: notice) == ["SENT"])
    }
  }

  @Test func `what the server cannot take now is tried again until it does`() async throws {
    let peer = try await MailPeer(["busy", "later", "accept"])
    try await ChannelStage.with(try Self.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      // The notice was asked for anew each time: it may be on hold by then.
      #expect(stage.correspondence.takes(of: notice) == 3)
    }
    // One was read and then not taken; one was taken.
    #expect(await peer.end().count == 2)
  }

  @Test(arguments: [
    ("no-mailbox", "mailbox-refused"), ("full", "mailbox-full"), ("unwanted", "mail-refused"),
  ])
  func `what the server does not want is not sent again`(fate: String, code: String) async throws {
    let peer = try await MailPeer([fate])
    try await ChannelStage.with(try Self.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED \(code)"])
      let next = StandInNotice(id: "notice-2")
      try await stage.announce(next)
      #expect(try await stage.told(1, of: next) == ["SENT"])
      #expect(stage.correspondence.takes(of: notice) == 1)
    }
    _ = await peer.end()
  }

  @Test func `a server that takes nothing for a day has not taken it`() async throws {
    let peer = try await MailPeer(Array(repeating: "busy", count: 500))
    let patience = Patience(
      first: .milliseconds(1), limit: .milliseconds(4), whole: .seconds(24 * 3_600))
    try await ChannelStage.with(try Self.plugin(peer, patience: patience)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      try await stage.until { stage.correspondence.takes(of: notice) >= 2 }
      stage.place.clock.advance(by: 24 * 3_600)
      #expect(try await stage.told(1, of: notice) == ["FAILED not-accepted-in-time"])
    }
    _ = await peer.end()
  }

  @Test func `what Correspondence refuses for now is asked for and told again`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try Self.plugin(peer)) { stage in
      let notice = StandInNotice()
      func refusal(_ kind: Refusal.Kind, _ code: String) -> Refusal {
        Refusal(kind, code: code, path: "", message: "Not now.")
      }
      stage.correspondence.refuse([
        refusal(.notAllowed, "not-approved"), refusal(.tooMany, "too-many"),
        refusal(.tryAgain, "busy"),
      ])
      try await stage.announce(notice)
      _ = try await peer.next()
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      #expect(stage.correspondence.takes(of: notice) == 4)
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `what is refused at midnight is told again`() async throws {
    let peer = try await MailPeer(["hold"])
    try await ChannelStage.with(try Self.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      _ = try await peer.next()
      stage.correspondence.refuse([
        Refusal(.input, code: "day-in-future", path: "on", message: "The day is still to come.")
      ])
      peer.answer()
      #expect(try await stage.told(1, of: notice) == ["SENT"])
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `while the server thinks about one the others leave, and what it says then holds`()
    async throws
  {
    for (word, told) in [("hold", "SENT"), ("hold-unwanted", "FAILED mail-refused")] {
      let peer = try await MailPeer([word])
      try await ChannelStage.with(try Self.plugin(peer)) { stage in
        let slow = StandInNotice()
        try await stage.announce(slow)
        _ = try await peer.next()
        let next = StandInNotice(id: "notice-2")
        try await stage.announce(next)
        try await stage.pass(until: next)
        #expect(try await stage.told(1, of: next) == ["SENT"])
        #expect(stage.correspondence.told(of: slow.id).isEmpty)
        peer.answer()
        #expect(try await stage.told(1, of: slow) == [told])
        #expect(stage.correspondence.takes(of: slow) == 1)
      }
      #expect(await peer.end().count == 2)
    }
  }

  @Test func `no more than the limit go on beside the others`() async throws {
    let peer = try await MailPeer(["hold"])
    var patience = Self.quick
    patience.besideLimit = 0
    try await ChannelStage.with(try Self.plugin(peer, patience: patience)) { stage in
      let slow = StandInNotice()
      try await stage.announce(slow)
      _ = try await peer.next()
      let next = StandInNotice(id: "notice-2")
      try await stage.announce(next)
      // It is not even asked for: the channel knows of it when its slice has it.
      try await stage.until {
        try await stage.value("SELECT COUNT(*) AS value FROM delivery") == 2
      }
      stage.place.clock.advance(by: 60)
      #expect(stage.correspondence.takes(of: next) == 0)
      peer.answer()
      #expect(try await stage.told(1, of: next) == ["SENT"])
      #expect(stage.correspondence.told(of: slow.id) == ["SENT"])
    }
    #expect(await peer.end().count == 2)
  }

  @Test func `a server with a certificate and a user gets both, and nothing without`() async throws
  {
    let certificate = try Certificate()
    let login = ["--user", "council", "--password", "geheim"]
    let peer = try await MailPeer(options: certificate.options + login)
    let settings = [
      "encryption": "required", "user": "council", "password": "geheim",
      "authorities": certificate.path,
    ]
    try await ChannelStage.with(try Self.plugin(peer, settings)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      let message = try await peer.next()
      #expect(message.encrypted && message.user == "council")
      #expect(try await stage.told(1, of: notice) == ["SENT"])
    }
    for wrong in [["password": "falsch"], ["authorities": ""], ["user": ""]] {
      let plugin = try Self.plugin(peer, settings.merging(wrong) { $1 })
      try await ChannelStage.with(plugin) { stage in
        let notice = StandInNotice()
        try await stage.announce(notice)
        // It waits: somebody may put the setting right.
        try await stage.until { stage.correspondence.takes(of: notice) >= 3 }
        #expect(stage.correspondence.told(of: notice.id).isEmpty)
      }
    }
    #expect(await peer.end().count == 1)
    withExtendedLifetime(certificate) {}
  }

  @Test func `a server that is encrypted from the first byte gets a notice`() async throws {
    let certificate = try Certificate()
    let peer = try await MailPeer(options: ["--implicit"] + certificate.options)
    let settings = [
      "server": "smtps://127.0.0.1:\(peer.port)", "authorities": certificate.path,
    ]
    try await ChannelStage.with(try Self.plugin(peer, settings)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await peer.next().encrypted)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
    }
    withExtendedLifetime(certificate) {}
  }

  @Test func `while it is tried those on the list are written to and nobody else`() async throws {
    let peer = try await MailPeer()
    let settings = ["mode": "test", "allow": "Tester@Example.ORG, trial.example.net"]
    try await ChannelStage.with(try Self.plugin(peer, settings)) { stage in
      for (place, (address, word)) in [
        ("tester@example.org", "SENT"), ("anybody@trial.example.net", "SENT"),
        ("else@example.org", "FAILED not-allowed-in-test-mode"),
        ("x@notrial.example.net", "FAILED not-allowed-in-test-mode"),
      ].enumerated() {
        let notice = StandInNotice(id: "notice-\(place)", address: address)
        try await stage.announce(notice)
        #expect(try await stage.told(1, of: notice) == [word])
      }
    }
    #expect(await peer.end().flatMap(\.to) == ["tester@example.org", "anybody@trial.example.net"])
  }

  @Test(arguments: [
    "", "nobody", "a@b@example.org", "a b@example.org", "a@example.org\r\nBcc: b@example.org",
    "sîan@example.org", "<a@example.org>",
  ])
  func `what is no address is never written to`(address: String) async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try Self.plugin(peer)) { stage in
      let notice = StandInNotice(address: address)
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED address-unusable"])
    }
    #expect(await peer.end().isEmpty)
  }

  @Test func `no subject brings another header with it`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try Self.plugin(peer)) { stage in
      var notice = StandInNotice()
      notice.subject = "Hello\r\nBcc: everybody@example.org"
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED message-unusable"])
    }
    #expect(await peer.end().isEmpty)
  }
}
