import Foundation
import HTTPTypes
import Hummingbird
import Messages
import NIOCore
import PluginPackages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import VictimSupport
@testable import WorkerKit

@Suite("Referrals to a support provider", .timeLimit(.minutes(1)))
struct VictimSupportPluginTests {
  @Test func `a referral is handed over, and what the provider says comes back`() async throws {
    try await VictimSupportStage.with("closed") { stage in
      let reference = try await stage.apply()
      let names = try await stage.announced(3, of: reference)
      #expect(names == ["ReferralMade", "ReferralAnswered", "ReferralAnswered"])
      let support = try await stage.support(reference)
      let referral = try #require(support.referrals.first)
      #expect(support.referrals.count == 1 && !support.offered)
      #expect(referral.state == .sent && referral.servedBy == "victim-support")
      #expect(referral.answer == .closed && referral.answeredOn == "2026-03-20")
      let files =
        FileManager.default
        .enumerator(atPath: stage.place.outputDirectory.path)?.allObjects ?? []
      #expect(files.isEmpty)
    }
  }

  @Test func `who is declined is told how to reach support without a referral`() async throws {
    try await VictimSupportStage.with("declined:no-capacity") { stage in
      let reference = try await stage.apply()
      let names = try await stage.announced(3, of: reference)
      #expect(names == ["ReferralMade", "ReferralAnswered", "SupportOffered"])
      let referral = try #require(try await stage.support(reference).referrals.first)
      #expect(referral.answer == .declined && referral.reason == .noCapacity)
    }
  }

  @Test func `that nobody was reached is told`() async throws {
    try await VictimSupportStage.with("no-contact") { stage in
      let reference = try await stage.apply()
      _ = try await stage.announced(2, of: reference)
      #expect(try await stage.support(reference).referrals.first?.answer == .noContact)
    }
  }

  @Test func `a referral that the provider does not take in counts as declined`() async throws {
    try await VictimSupportStage.with("refused") { stage in
      let reference = try await stage.apply()
      let names = try await stage.announced(3, of: reference)
      #expect(names == ["ReferralMade", "ReferralAnswered", "SupportOffered"])
      #expect(try await stage.support(reference).referrals.first?.reason == .notDelivered)
    }
  }

  @Test(arguments: ["accepted", "forgetful"])
  func `the provider is told of a withdrawal until it confirms that it knows`(
    fate: String
  ) async throws {
    try await VictimSupportStage.with(fate) { stage in
      let reference = try await stage.apply()
      _ = try await stage.announced(2, of: reference)
      try await stage.withdraw(reference)
      let names = try await stage.announced(3, of: reference)
      #expect(names == ["ReferralMade", "ReferralAnswered", "WithdrawalAcknowledged"])
      let referral = try #require(try await stage.support(reference).referrals.first)
      #expect(referral.consentWithdrawn && referral.acknowledgedOn == "2026-03-20")
      #expect(referral.acknowledgementDueOn == "2026-03-27" && !referral.acknowledgementOverdue)
    }
  }

  @Test func `a withdrawal that comes before the referral has left keeps it here`() async throws {
    // Nobody listens: the referral waits.
    try await VictimSupportStage.with(providerAt: "http://127.0.0.1:9") { stage in
      let reference = try await stage.apply()
      _ = try await stage.announced(1, of: reference)
      try await stage.withdraw(reference)
      let names = try await stage.announced(3, of: reference)
      #expect(names == ["ReferralMade", "ReferralAnswered", "SupportOffered"])
      let referral = try #require(try await stage.support(reference).referrals.first)
      #expect(referral.reason == .notDelivered)
      // Nobody has anything to confirm.
      #expect(referral.consentWithdrawn && referral.acknowledgementDueOn.isEmpty)
    }
  }

  @Test func `the provider gets the least that it needs, and nothing of what happened`()
    async throws
  {
    let (bodies, arrived) = AsyncStream<Data>.makeStream()
    let router = Router()
    router.post("v1/referrals") { request, _ in
      #expect(request.headers[.authorization] == "Bearer a-key")
      arrived.yield(Data(try await request.body.collect(upTo: 100_000).readableBytesView))
      return Response(status: .created)
    }
    try await VictimSupportStage.with(provider: router) { stage in
      let reference = try await stage.apply()
      var letters = bodies.makeAsyncIterator()
      let letter = try #require(await letters.next())
      let object = try JSONSerialization.jsonObject(with: letter) as? [String: Any]
      #expect(
        Set(try #require(object).keys) == [
          "referral", "agency", "name", "safeContact", "language", "adjustments", "consent",
        ])
      let text = String(decoding: letter, as: UTF8.self)
      for wanted in ["Applicant One", "+44 1632 960001", "Large print"] {
        #expect(text.contains(wanted), "\(wanted) is missing")
      }
      for unwanted in ["Neighbour A", "Music", "1 Example Terrace", reference.description] {
        #expect(!text.contains(unwanted), "\(unwanted) is in the letter")
      }
    }
  }

  @Test func `the manifest asks for what the worker declares, and for its settings`() throws {
    let manifest = try PluginManifest(parsing: VictimSupportPlugin.manifest)
    let worker = try VictimSupportPlugin.worker(PluginSettings())
    #expect(manifest.name.text == worker.name)
    #expect(manifest.asks == PluginAsks(own: worker.ownManifest(serving: [])))
  }

  @Test(arguments: [
    ([:], "endpoint"), (["endpoint": "http://x/"], "token"),
    (["endpoint": "http://x/", "token": "k"], "agencies"),
  ])
  func `without a setting that it needs the plugin is not ready`(
    settings: [String: String], missing: String
  ) throws {
    #expect(try Provider(PluginSettings(settings), Pauses()).missing == missing)
  }

  @Test func `a setting that makes no sense is refused by its name`() {
    #expect(throws: SettingError.self) {
      try VictimSupportPlugin.worker(PluginSettings(["poll-milliseconds": "often"]))
    }
  }
}
