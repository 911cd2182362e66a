import ChannelTesting
import Foundation
import Messages
import NoticeChannel
import PluginPackages
import Testing
import WorkerKitTesting

@testable import MailChannel
@testable import WorkerKit

@Suite("The plugin of e-mail", .timeLimit(.minutes(1)))
struct MailChannelPluginTests {
  @Test func `the manifest asks for what the worker declares, and for its settings`() throws {
    let manifest = try PluginManifest(parsing: MailChannelPlugin.manifest)
    let worker = try MailChannelPlugin.worker(PluginSettings())
    #expect(manifest.name.text == worker.name)
    #expect(manifest.asks == PluginAsks(own: worker.ownManifest(serving: [])))
  }

  @Test(arguments: [
    ([:], "the setting server is not set"),
    (["server": "smtp://h"], "the setting from is not set"),
    (["server": "smtp://h", "from": "nobody"], "the setting from is not an address"),
    (
      ["server": "smtp://h", "from": "a@b.example", "reply-to": "x"],
      "the setting reply-to is not an address"
    ),
    (
      ["server": "https://h", "from": "a@b.example"],
      "the setting server is not smtp://HOST or smtps://HOST, with :PORT or without"
    ),
    (
      ["server": "smtp://u:p@h", "from": "a@b.example"],
      "the setting server is not smtp://HOST or smtps://HOST, with :PORT or without"
    ),
  ])
  func `without what it needs the plugin is not ready, and says why`(
    settings: [String: String], why: String
  ) throws {
    #expect(try MailDesk(PluginSettings(settings), MailBounds()).objection == why)
  }

  @Test func `with all of it the plugin is ready`() throws {
    let settings = PluginSettings(["server": "smtp://h:587", "from": "a@b.example"])
    #expect(try MailDesk(settings, MailBounds()).objection == nil)
  }

  @Test(arguments: [
    ["mode": "sometimes"], ["encryption": "perhaps"], ["channels": "sms"],
    ["allow": "no address@"],
  ])
  func `a setting that makes no sense is refused by its name`(settings: [String: String]) throws {
    let error = #expect(throws: SettingError.self) {
      try MailChannelPlugin.worker(PluginSettings(settings))
    }
    #expect(error?.name == settings.keys.first)
  }

  @Test func `what it serves is told when it changes, and once`() async throws {
    let settings = PluginSettings(["server": "smtp://127.0.0.1:9", "from": "a@b.example"])
    try await ChannelStage.with(try MailChannelPlugin.worker(settings)) { stage in
      try await stage.until { !stage.correspondence.served.isEmpty }
      try await stage.place.settle()
      try await stage.place.restart("mail")
      try await stage.place.settle()
      #expect(stage.correspondence.served == [[.email]])
    }
  }

  @Test func `a notice that somebody else takes out is none of its own`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      try await stage.announce(notice, servedBy: "notify")
      try await stage.place.settle()
      #expect(stage.correspondence.takes(of: notice) == 0)
    }
    _ = await peer.end()
  }

  @Test func `a notice that was taken back does not leave, and nothing is told of it`() async throws
  {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      let notice = StandInNotice()
      stage.correspondence.hold()
      try await stage.announce(notice)
      try await stage.until { stage.correspondence.takes(of: notice) != 0 }
      stage.correspondence.takeBack(notice)
      stage.correspondence.release()
      let next = StandInNotice(id: "notice-2")
      try await stage.announce(next)
      #expect(try await stage.told(1, of: next) == ["SENT"])
      #expect(stage.correspondence.told(of: notice.id).isEmpty)
    }
    #expect(await peer.end().count == 1)
  }

  @Test func `nothing of a notice is kept, and no name of a file says anything`() async throws {
    let peer = try await MailPeer()
    try await ChannelStage.with(try MailDeliveryTests.plugin(peer)) { stage in
      var notice = StandInNotice(address: "quellenmarker@example.org")
      notice.subject = "Quellenmarker"
      notice.text = "Quellenmarker"
      notice.name = "Quellenmarker"
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      try await stage.place.settle()
      let files = stage.files()
      #expect(files.keys.contains { $0.contains("mail.sqlite") })
      #expect(files.keys.contains { $0.contains("output/begun/") })
      for (path, bytes) in files {
        for word in ["uellenmarker", notice.id] where !path.contains("sqlite") {
          #expect(!path.contains(word) && bytes.range(of: Data(word.utf8)) == nil, "\(path)")
        }
        #expect(bytes.range(of: Data("uellenmarker".utf8)) == nil, "\(path)")
      }
    }
    _ = await peer.end()
  }
}
