import CaseModel
import Foundation
import Messages
import PluginPackages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import AgencySimulators
@testable import Open311
@testable import WorkerKit

@Suite("Second reports at a GeoReport server", .timeLimit(.minutes(1)))
struct Open311PluginTests {
  /// Reports of other people, one each, an hour apart from 1 March.
  private static func others(_ count: Int) throws -> [SimulatedReport] {
    let start = try Date("2026-03-01T00:30:00Z", strategy: .iso8601)
    return (0..<count).map { number in
      SimulatedReport(
        id: "O-\(number)", at: start + TimeInterval(number) * 600,
        email: "other-\(number)@example.org")
    }
  }

  @Test(arguments: ["json", "xml"])
  func `who reports for the second time is told how to apply, by the server`(
    format: String
  ) async throws {
    let desk = GeoReportDesk([
      try .on("2026-01-05", id: "A"), try .on("2026-03-16", id: "B", email: "ONE@example.org "),
    ])
    try await Open311Stage.with(desk, ["format": format]) { stage in
      try await stage.tells("B")
      let words = try #require(stage.server.now.updates.values.first).words
      #expect(words.contains("ASB case review") && !words.contains("example.org"))
      let last = try #require(try await stage.place.events(key: "area/plymouth").last)
      let event = try Recourse_Intake_V1_SecondReportSignposted(
        serializedBytes: last.event.payload)
      #expect(event.reportedOn == "2026-03-16" && event.signpostedOn == "2026-03-20")
      #expect(event.days == 4 && event.source == "open311")
    }
  }

  @Test func `a second report is found across pages and windows, and a telephone number will do`()
    async throws
  {
    var reports = try Self.others(130)
    reports.append(
      try .on("2025-11-20", id: "A", email: "", phone: "+44 (0)1632 960001"))
    reports.append(try .on("2026-03-18", id: "B", email: "x@example.org", phone: "01632 960001"))
    try await Open311Stage.with(GeoReportDesk(reports)) { stage in
      let kept = try await stage.readUp()
      let told = try await stage.told(1)
      #expect(kept == 132 && told == ["B"])
    }
  }

  @Test func `a server without pages is read by windows, and nothing is left out`() async throws {
    var desk = GeoReportDesk(try Self.others(1_300))
    desk.hasPages = false
    try await Open311Stage.with(desk) { stage in
      let kept = try await stage.readUp()
      #expect(kept == 1_300)
    }
  }

  @Test func `the same reports again change nothing, and a third is not told of again`()
    async throws
  {
    let desk = GeoReportDesk([
      try .on("2026-03-17", id: "A"), try .on("2026-03-18", id: "B"),
      try .on("2026-03-19", id: "C"),
    ])
    try await Open311Stage.with(desk) { stage in
      try await stage.tells("B")
      // There is a day of overlap: C is read again.
      stage.place.clock.advance(by: 3_600)
      try await stage.keeps(3)
      try await stage.place.settle()
      #expect(stage.server.now.updates.count == 1)
    }
  }

  @Test func `without consent nothing of a report is kept, and none any more once it is gone`()
    async throws
  {
    let desk = GeoReportDesk([
      try .on("2026-03-18", id: "A", consents: false), try .on("2026-03-19", id: "B"),
      try .on("2026-03-20", id: "C", consents: false),
    ])
    try await Open311Stage.with(desk) { stage in
      // C is of noon, and it is not noon yet.
      try await stage.keeps(1)
      stage.server.change { $0.reports[1].consents = false }
      stage.place.clock.advance(by: 3_600)
      try await stage.keeps(0)
      #expect(stage.server.now.updates.isEmpty)
    }
  }

  @Test func `what is kept does not say who reported, and is forgotten after six months`()
    async throws
  {
    let desk = GeoReportDesk([try .on("2026-03-10", id: "A")])
    try await Open311Stage.with(desk) { stage in
      try await stage.keeps(1)
      let hash = try await stage.slice.read {
        try $0.row("SELECT hash FROM report_hash")?.text("hash")
      }
      #expect(hash?.count == 64 && hash?.contains("example") == false)
      // The six months that begin on 10 March end with 9 September; it is summer time.
      let over = try Date("2026-09-09T23:00:00Z", strategy: .iso8601)
      stage.place.clock.advance(by: over.timeIntervalSince(Open311Stage.now) - 60)
      try await stage.keeps(1)
      stage.place.clock.advance(by: 60)
      while try await stage.count(of: "report") > 0 { await Task.yield() }
      let hashes = try await stage.count(of: "report_hash")
      #expect(hashes == 0)
    }
  }

  @Test func `nobody who reported is in a slice, an event or what the server is told`() async throws
  {
    let (email, phone) = (Marker("quellenmarker"), Marker("1632960077"))
    let reports = try ["2026-03-17", "2026-03-18"].map { day in
      try SimulatedReport.on(
        day, id: "R-\(day)", email: "\(email)@example.org", phone: "0\(phone)")
    }
    try await Open311Stage.with(GeoReportDesk(reports), onDisk: true) { stage in
      try await stage.tells("R-2026-03-18")
      let folder = stage.place.outputDirectory.deletingLastPathComponent()
      let events = try await stage.place.events()
      let words = stage.server.now.updates.values.map(\.words)
      for marker in [email, phone] {
        #expect(marker.files(in: folder) == [])
        #expect(!events.contains { marker.isIn($0.event.payload) })
        #expect(!words.contains { marker.isIn($0) })
      }
    }
  }

  @Test func `a page for which there is no room is not taken, and is read again`() async throws {
    try await Open311Stage.with(GeoReportDesk([try .on("2026-03-18", id: "A")])) { stage in
      try await stage.keeps(1)
      let reading = ReadReports(
        source: try Source(Open311Stage.settings("http://x")), reportsLimit: 1)
      let page = RequestPage(requests: [
        ServiceRequest(
          id: "B", requestedAt: Open311Stage.now - 60,
          fields: ["email": "two@example.org", "contact_consent": "yes"])
      ])
      let place = ReadingPlace.window(from: Open311Stage.now - 120, now: Open311Stage.now)
      let slice = try stage.slice
      await #expect(throws: ReportsLimit.self) {
        try await slice.write { try reading.take(page, at: place, in: $0) }
      }
      try await stage.keeps(1)
    }
  }

  @Test func `a server that asks for patience is left alone for as long as it says`() async throws {
    let desk = GeoReportDesk([try .on("2026-03-18", id: "A")], fates: [.busy])
    try await Open311Stage.with(desk) { stage in
      try await stage.reading { $0.notBefore == Open311Stage.now + 30 && $0.attempts == 0 }
      stage.server.change { $0.fates = [] }
      stage.place.clock.advance(by: 30)
      try await stage.keeps(1)
    }
  }

  @Test(arguments: [GeoReportFate.malformed, .broken, .failing])
  func `what cannot be read is asked for again, later each time, and nothing is lost`(
    fate: GeoReportFate
  ) async throws {
    let desk = GeoReportDesk([try .on("2026-03-18", id: "A"), try .on("2026-03-19", id: "B")])
    try await Open311Stage.with(desk.failing(with: fate)) { stage in
      try await stage.reading { $0.attempts == 1 }
      stage.place.clock.advance(by: 30)
      try await stage.reading { $0.attempts == 2 }
      #expect(stage.server.now.updates.isEmpty)
      stage.server.change { $0.fates = [] }
      stage.place.clock.advance(by: 60)
      try await stage.keeps(2)
      try await stage.tells("B")
    }
  }

  @Test func `what stays unreadable is passed over after the last attempt, and put on record`()
    async throws
  {
    let desk = GeoReportDesk([try .on("2026-03-17", id: "A"), try .on("2026-03-18", id: "B")])
    try await Open311Stage.with(desk.failing(with: .malformed)) { stage in
      for attempts in 1..<ReadReports.attemptsLimit {
        try await stage.reading { $0.attempts == attempts }
        stage.place.clock.advance(by: ReadReports.pause(after: attempts - 1))
      }
      try await stage.keeps(1)
    }
  }

  @Test func `a plugin that is killed between two pages goes on where it was`() async throws {
    var reports = try Self.others(120)
    reports.append(try .on("2026-03-01", id: "A"))
    reports.append(try .on("2026-03-20", id: "B").moved(to: Open311Stage.now - 60))
    var desk = GeoReportDesk(reports)
    desk.pageLimit = 10
    try await Open311Stage.with(desk, onDisk: true) { stage in
      try await stage.reading { $0.place.page > 3 || $0.isDone }
      try await stage.place.restart("open311")
      try await stage.keeps(122)
      try await stage.tells("B")
    }
  }

  @Test func `the manifest asks for what the worker declares, and for its settings`() throws {
    let manifest = try PluginManifest(parsing: Open311Plugin.manifest)
    let settings = PluginSettings()
    let worker = try Open311Plugin.worker(settings)
    #expect(manifest.name.text == worker.name)
    #expect(manifest.asks == PluginAsks(own: worker.ownManifest(serving: [])))
    #expect(settings.askedNames == Set(manifest.settings.map(\.name)))
  }

  @Test(arguments: [
    ("endpoint", "endpoint"), ("area", "area"), ("service-codes", "service-codes"),
    ("consent-field", "consent-field"),
  ])
  func `without a setting that it needs the plugin is not ready`(
    setting: String, missing: String
  ) throws {
    #expect(
      try Source(Open311Stage.settings("http://x", [setting: ""])).missing == missing)
    #expect(try Source(Open311Stage.settings("http://x")).missing == nil)
  }

  @Test(arguments: [("poll-milliseconds", "often"), ("format", "yaml"), ("first-days", "0")])
  func `a setting that makes no sense is refused by its name`(
    name: String, value: String
  ) {
    #expect(throws: SettingError.self) {
      try Open311Plugin.worker(Open311Stage.settings("http://x", [name: value]))
    }
  }
}

extension GeoReportDesk {
  fileprivate func failing(with fate: GeoReportFate) -> GeoReportDesk {
    var desk = self
    desk.fates = [fate]
    return desk
  }
}

extension SimulatedReport {
  fileprivate func moved(to date: Date) -> SimulatedReport {
    var report = self
    report.at = date
    return report
  }
}
