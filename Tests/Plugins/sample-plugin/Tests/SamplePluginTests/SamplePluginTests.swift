import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import SamplePlugin

/// The API is told of each application once, and what came of it is kept.
@Suite(.timeLimit(.minutes(1))) struct SamplePluginTests {
  /// Stands for Intake: it announces what the test says.
  static let intake = Worker(
    name: "intake", emits: [Recourse_Intake_V1_ApplicationReceived.self])

  @Test func `an application is told once, with the key of the API`() async throws {
    let api = try WebListener()
    defer { api.stop() }
    try await Self.inPlace(api) { place in
      try await Self.announce("3HM3-XBSM", in: place)
      try await place.settle()
      let request = try #require(await api.next())
      #expect(request.method == "POST")
      #expect(request.headers["authorization"] == "Bearer key-of-the-api")
      #expect(request.headers["idempotency-key"]?.isEmpty == false)
      let notice = try JSONDecoder().decode(Notice.self, from: Data(request.body))
      #expect(notice.reference == "3HM3-XBSM")
      #expect(notice.area == "plymouth")
      #expect(try await Self.state("3HM3-XBSM", in: place) == "sent")
      // The plugin ends without a word and begins again: nothing is told twice.
      try await place.restart(SamplePlugin.name)
      try await place.settle()
      #expect(api.requests.count == 1)
    }
  }

  @Test func `what the API refuses for good is not tried again`() async throws {
    let api = try WebListener { _ in .init(422) }
    defer { api.stop() }
    try await Self.inPlace(api) { place in
      try await Self.announce("3HM3-XBSM", in: place)
      try await place.settle()
      #expect(api.requests.count == 1)
      #expect(try await Self.state("3HM3-XBSM", in: place) == "refused")
    }
  }

  @Test func `without an address it does not start, and says so`() {
    #expect(throws: SettingError.self) { try SamplePlugin.worker(PluginSettings()) }
  }

  // MARK: - Stage

  static func inPlace(
    _ api: WebListener, _ body: (TestPlace) async throws -> Void
  ) async throws {
    let plugin = try SamplePlugin.worker(
      PluginSettings(["endpoint": api.url, "token": "key-of-the-api"]))
    let now = Date(timeIntervalSince1970: 1_773_652_320)
    try await TestPlace.with([intake, plugin], now: now, onDisk: true, body)
  }

  static func announce(_ reference: String, in place: TestPlace) async throws {
    var event = Recourse_Intake_V1_ApplicationReceived()
    event.caseReference = reference
    event.area = "plymouth"
    try await place.announce(event, key: EventKey(.case, reference), by: "intake")
  }

  static func state(_ reference: String, in place: TestPlace) async throws -> String? {
    try await place.context(of: SamplePlugin.name)?.slice.read { reader in
      try reader.row("SELECT state FROM notice WHERE reference = ?", .text(reference))?
        .optionalText("state")
    }
  }
}
