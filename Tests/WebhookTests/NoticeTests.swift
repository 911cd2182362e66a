import Foundation
import Messages
import PluginPackages
import SwiftProtobuf
import Testing

@testable import Webhook
@testable import WorkerKit

@Suite struct NoticeTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func notice(of type: String, _ payload: Data, key: EventKey) -> KeptNotice {
    KeptNotice(
      position: 17, key: key, event: EncodedEvent(type: type, payload: payload),
      occurredAt: Date(timeIntervalSince1970: 1_774_000_000))
  }

  @Test func `an event that this program does not know travels as it is`() throws {
    let notice = notice(of: "org.example.v1.Heard", Data([8, 1]), key: EventKey(.system, "x"))
    let webhook = WebhookNotices(name: "a", events: [notice.event.type], url: "http://x/")
    let body = try NoticeRequest(notice, webhook, "d-1").body()
    #expect(
      String(decoding: body, as: UTF8.self) == """
        {"delivery":"d-1","encoded":"CAE=","event":"org.example.v1.Heard",\
        "occurredAt":"2026-03-20T09:46:40Z","position":"17"}
        """)
  }

  @Test func `an event that this program knows travels as JSON`() throws {
    let event = Recourse_Support_V1_ReferralMade.with {
      $0.caseReference = "4F7K-2M9X"
      $0.agency = "victim-support"
    }
    let notice = notice(
      of: Recourse_Support_V1_ReferralMade.protoMessageName, try event.serializedBytes(),
      key: EventKey(.case, "4F7K-2M9X"))
    let webhook = WebhookNotices(name: "a", events: [notice.event.type], url: "http://x/")
    let body = try NoticeRequest(notice, webhook, "d-1").body()
    #expect(
      String(decoding: body, as: UTF8.self) == """
        {"case":"4F7K-2M9X","delivery":"d-1","event":"recourse.support.v1.ReferralMade",\
        "occurredAt":"2026-03-20T09:46:40Z","position":"17",\
        "data":{"caseReference":"4F7K-2M9X","agency":"victim-support"}}
        """)
  }

  @Test func `every event that is declared is known, but what tells of notices`() throws {
    var declared: Set<String> = []
    let protos = Self.folder.appending(path: "proto/recourse")
    for package in try FileManager.default.contentsOfDirectory(atPath: protos.path) {
      let file = protos.appending(path: "\(package)/v1/events.proto")
      guard package != "webhook", let text = try? String(contentsOf: file, encoding: .utf8)
      else { continue }
      var hasKey = false
      for line in text.split(separator: "\n") {
        if line.hasPrefix("//"), line.contains("Key: ") { hasKey = true }
        guard line.hasPrefix("message ") else { continue }
        if hasKey { declared.insert("recourse.\(package).v1.\(line.split(separator: " ")[1])") }
        hasKey = false
      }
    }
    #expect(NoticeEvents.all.map { $0.protoMessageName }.sorted() == declared.sorted())
  }

  @Test func `the manifest to begin from is one, and asks for what its worker declares`() throws {
    let manifest = try PluginManifest(parsing: WebhookPlugin.manifest)
    guard case .webhook(let webhook) = manifest.source else {
      Issue.record("it is no webhook")
      return
    }
    let notices = WebhookNotices(
      name: manifest.name.text, events: webhook.events, url: webhook.url,
      attempts: webhook.attempts)
    let worker = try WebhookPlugin.worker(notices, PluginSettings())
    #expect(manifest.asks == PluginAsks(own: worker.ownManifest(serving: [])))
    #expect(manifest.setting("secret")?.isSecret == true)
  }

  @Test func `pauses double up to their limit, and twelve attempts take about twelve hours`() {
    let pauses = Pauses()
    #expect(pauses.after(1) == .seconds(30))
    #expect(pauses.after(2) == .seconds(60))
    #expect(pauses.after(100) == .seconds(4 * 3_600))
    let whole = (1...11).reduce(Duration.zero) { $0 + pauses.after($1) }
    #expect((.seconds(11 * 3_600) ... .seconds(13 * 3_600)).contains(whole))
  }

  @Test func `the README shows the example that is tested`() throws {
    let readme = try String(
      contentsOf: Self.folder.appending(path: "Plugins/Webhook/README.md"), encoding: .utf8)
    let example = try String(
      contentsOf: Self.folder.appending(path: "Tests/WebhookTests/SignatureExample.swift"),
      encoding: .utf8)
    let code = example.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    #expect(readme.contains(code.joined(separator: "\n")))
  }
}
