import ChannelTesting
import Foundation
import Messages
import NoticeChannel
import PluginPackages
import Testing
import WorkerKitTesting

@testable import NotifyChannel
@testable import WorkerKit

/// Against the stand-in, which looks at every token.
@Suite("Notices by GOV.UK Notify", .timeLimit(.minutes(1)))
struct NotifyChannelTests {
  private static let notices = [
    StandInNotice(.email, id: "by-email"),
    StandInNotice(.sms, id: "by-sms", address: "+447700900123"),
    StandInNotice(.post, id: "by-post", address: "1 Example Terrace\nPlymouth\nPL1 1AA"),
  ]

  @Test(arguments: notices)
  func `a notice is sent, and that it arrived comes back`(notice: StandInNotice) async throws {
    try await NotifyStage.with("delivered") { stage, said in
      try await stage.announce(notice)
      #expect(try await stage.told(2, of: notice) == ["SENT", "DELIVERED"])
      #expect(said.ofNotices == ["notice 1: taken"])
    }
  }

  @Test(arguments: ["permanent-failure", "temporary-failure", "technical-failure"])
  func `that it did not arrive comes back with why`(fate: String) async throws {
    try await NotifyStage.with(fate) { stage, _ in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(2, of: notice) == ["SENT", "FAILED \(fate)"])
    }
  }

  @Test func `one of which nothing more is said stays sent, and is asked about no longer`()
    async throws
  {
    try await NotifyStage.with("silent") { stage, said in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      let open = "SELECT COUNT(*) AS value FROM delivery WHERE state = 'OPEN'"
      try await stage.until { try await stage.value(open) != 0 }
      let limit = NotifyChannelPlugin.followLimit / .seconds(1)
      said.advance(by: limit)
      stage.place.clock.advance(by: limit)
      try await stage.until { try await stage.value(open) == 0 }
      #expect(stage.correspondence.told(of: notice.id) == ["SENT"])
    }
  }

  @Test(arguments: [("refused", "notice-refused"), ("team-only", "not-allowed-in-test-mode")])
  func `what Notify does not take is not sent again`(fate: String, code: String) async throws {
    try await NotifyStage.with(fate) { stage, said in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED \(code)"])
      #expect(said.ofNotices == ["notice 1: not taken"])
    }
  }

  @Test func `where Notify is busy, or fails, it is sent once in the end`() async throws {
    try await NotifyStage.with("busy", "failing", "delivered") { stage, said in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(2, of: notice) == ["SENT", "DELIVERED"])
      #expect(
        said.ofNotices == [
          "notice 1: too many at once", "notice 2: failed", "notice 3: taken",
        ])
    }
  }

  @Test func `what Notify took without saying so is asked about, and not sent again`() async throws
  {
    try await NotifyStage.with("lost") { stage, said in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(2, of: notice) == ["SENT", "DELIVERED"])
      #expect(said.ofNotices == ["notice 1: taken, and failed"])
    }
  }

  @Test func `killed between the answer and the commit: Notify is asked, and has it`() async throws
  {
    try await NotifyStage.with("silent") { stage, said in
      let notice = StandInNotice()
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      try await stage.place.settle()
      try await stage.forgetTheAnswer()
      try await stage.place.restart("notify")
      #expect(try await stage.told(2, of: notice) == ["SENT", "SENT"])
      #expect(said.ofNotices == ["notice 1: taken"])
    }
  }

  @Test func `killed before sending: Notify has nothing, and gets it once`() async throws {
    try await NotifyStage.with("silent") { stage, said in
      let notice = StandInNotice()
      stage.correspondence.hold()
      try await stage.announce(notice)
      try await stage.until { stage.correspondence.takes(of: notice) != 0 }
      await stage.place.kill("notify")
      stage.correspondence.release()
      try await stage.place.restart("notify")
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      #expect(said.ofNotices == ["notice 1: taken"])
    }
  }

  @Test(arguments: [
    "stand-in-5e5a0d0e-7f0c-4c6e-9d57-0d9a3c1f2b10-00000000-3b7d-4f58-8a21-6d4e2c9b7a53",
    "stand-in-00000000-7f0c-4c6e-9d57-0d9a3c1f2b10-0f9a6c1e-3b7d-4f58-8a21-6d4e2c9b7a53",
    "no key",
  ])
  func `with a wrong key nothing is sent and nothing fails: it waits`(key: String) async throws {
    try await NotifyStage.with("delivered", settings: ["api-key": key]) { stage, said in
      let notice = StandInNotice()
      try await stage.announce(notice)
      try await stage.until { stage.correspondence.takes(of: notice) >= 3 }
      #expect(stage.correspondence.told(of: notice.id).isEmpty)
      #expect(said.ofNotices.isEmpty)
    }
  }

  @Test func `a token is what Notify describes`() throws {
    let key = try #require(
      NotifyKey(
        "a-name-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"))
    let parts = key.token(at: Date(timeIntervalSince1970: 1_774_000_000.9)).split(separator: ".")
    #expect(parts.count == 3)
    #expect(parts[0] == "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9")
    let claims = try #require(Data(base64Encoded: String(parts[1]) + "=="))
    #expect(
      String(decoding: claims, as: UTF8.self)
        == #"{"iss":"26785a09-ab16-4eb0-8407-a37497a57506","iat":1774000000}"#)
    #expect(NotifyKey("") == nil && NotifyKey(String(repeating: "a", count: 80)) == nil)
  }

  @Test func `nothing of a notice is in an address, or kept`() async throws {
    let listener = try WebListener { _ in WebListener.Answer(201, body: "{}") }
    defer { listener.stop() }
    let key = "stand-in-5e5a0d0e-7f0c-4c6e-9d57-0d9a3c1f2b10-0f9a6c1e-3b7d-4f58-8a21-6d4e2c9b7a53"
    let plugin = try NotifyStage.plugin(at: listener.url, key: key)
    try await ChannelStage.with(plugin) { stage in
      var notice = StandInNotice(address: "quellenmarker@example.org")
      notice.subject = "Quellenmarker"
      notice.text = "Quellenmarker"
      try await stage.announce(notice)
      let request = try #require(await listener.next())
      #expect(request.target == "/v2/notifications/email")
      let body = try #require(
        try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
      #expect(
        Set(body.keys) == ["email_address", "template_id", "personalisation", "reference"])
      #expect(body["template_id"] as? String == "template-1")
      let words = try #require(body["personalisation"] as? [String: String])
      #expect(words == ["subject": "Quellenmarker", "body": "Quellenmarker"])
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      #expect(!listener.requests.contains { $0.target.contains("uellenmarker") })
      for (path, bytes) in stage.files() {
        for word in ["uellenmarker", "6d4e2c9b7a53"] {
          #expect(bytes.range(of: Data(word.utf8)) == nil, "\(path)")
        }
      }
    }
  }

  @Test(arguments: ["1 Example Terrace", "a\nb\nc\nd\ne\nf\ng\nh"])
  func `an address that no letter of Notify can have is not written to`(
    address: String
  ) async throws {
    try await NotifyStage.with("delivered") { stage, said in
      var notice = StandInNotice(.post, address: address)
      notice.name = ""
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED address-unusable"])
      #expect(said.ofNotices.isEmpty)
    }
  }

  // MARK: Settings

  @Test func `the manifest asks for what the worker declares, and for its settings`() throws {
    let manifest = try PluginManifest(parsing: NotifyChannelPlugin.manifest)
    let worker = try NotifyChannelPlugin.worker(PluginSettings())
    #expect(manifest.name.text == worker.name)
    #expect(manifest.asks == PluginAsks(own: worker.ownManifest(serving: [])))
  }

  @Test(arguments: [
    ([:], "the setting api-key is not set"), (["api-key": "k"], "no template is set"),
    (
      ["api-key": "k", "template-sms": "t", "channels": "email"],
      "a channel is set that has no template"
    ),
  ])
  func `without what it needs the plugin is not ready, and says why`(
    settings: [String: String], why: String
  ) throws {
    #expect(try NotifyService(PluginSettings(settings)).objection == why)
  }

  @Test func `what has a template is served, or what is chosen of it`() throws {
    let settings = ["api-key": "k", "template-sms": "t", "template-letter": "u"]
    #expect(try NotifyService(PluginSettings(settings)).ways == [.sms, .post])
    let chosen = settings.merging(["channels": "post"]) { $1 }
    #expect(try NotifyService(PluginSettings(chosen)).ways == [.post])
    let none = settings.merging(["channels": "none"]) { $1 }
    #expect(try NotifyService(PluginSettings(none)).ways.isEmpty)
  }
}
