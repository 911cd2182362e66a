import CaseModel
import Foundation
import GRPCCore
import Intake
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import AgencySimulators
@testable import Open311

/// Intake and the plugin as they are, and a server that people report to.
struct Open311Stage: Sendable {
  static let now = Date(timeIntervalSince1970: 1_774_000_000)  // 20 March 2026, 09:46:40

  let place: TestPlace
  let server: GeoReportServer

  struct NoServer: Error {}

  /// - Parameters:
  ///   - desk: what the server has.
  ///   - settings: beside those that every test needs.
  static func with(
    _ desk: GeoReportDesk, _ settings: [String: String] = [:], onDisk: Bool = false,
    body: @escaping @Sendable (Open311Stage) async throws -> Void
  ) async throws {
    let (addresses, listening) = AsyncStream<String>.makeStream()
    let server = GeoReportServer(
      desk,
      SimulatorOptions { line in
        let start = "listens at "
        if line.hasPrefix(start) { listening.yield(String(line.dropFirst(start.count))) }
      })
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        defer { listening.finish() }
        try await server.run()
        return false
      }
      group.addTask {
        for await address in addresses {
          let plugin = try Open311Plugin.worker(self.settings(address, settings))
          try await TestPlace.with(
            [publisher, IntakeWorker.worker(), plugin], now: now, onDisk: onDisk
          ) { place in
            try await body(Open311Stage(place: place, server: server))
          }
          return true
        }
        throw NoServer()
      }
      defer { group.cancelAll() }
      while let isDone = try await group.next() {
        if isDone { return }
      }
    }
  }

  static func settings(_ address: String, _ more: [String: String] = [:]) -> PluginSettings {
    PluginSettings(
      [
        "endpoint": address, "area": "plymouth", "service-codes": "asb",
        "consent-field": "contact_consent", "email-field": "email", "phone-field": "phone",
        "api-key": "a-key", "poll-milliseconds": "20",
      ].merging(more) { $1 })
  }

  private static let publisher = Worker(
    name: "publisher", emits: [Recourse_Threshold_V1_PolicyPackPublished.self],
    onStart: { context in
      try await context.slice.write { tx in
        for document in [BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth] {
          let pack = try PolicyDocument.parse(document)
          try tx.emit(
            Recourse_Threshold_V1_PolicyPackPublished.with {
              $0.digest = pack.digest
              $0.name = pack.name
              $0.version = pack.version
              $0.document = document
            }, key: EventKey(.system, "policy"))
        }
      }
    })

  var slice: Slice {
    get throws { try #require(place.context(of: "open311")).slice }
  }

  /// Waits until the server is read up to now; gives how many reports are kept.
  @discardableResult
  func readUp() async throws -> Int {
    try await reading { $0.isDone && $0.place.until == place.clock.now }
    return try await count(of: "report")
  }

  /// Expects so many reports to be kept once the server is read up to now.
  func keeps(_ count: Int, at location: SourceLocation = #_sourceLocation) async throws {
    let kept = try await readUp()
    #expect(kept == count, sourceLocation: location)
  }

  /// Expects that the reporter of one report was told, and nobody else.
  func tells(_ report: String, at location: SourceLocation = #_sourceLocation) async throws {
    let told = try await told(1)
    #expect(told == [report], sourceLocation: location)
  }

  /// How many rows a table of the plugin's slice has.
  func count(of table: String) async throws -> Int {
    try await slice.read {
      try $0.row("SELECT COUNT(*) AS count FROM \(table)")?.int("count") ?? 0
    }
  }

  /// Waits until the reading stands so.
  func reading(_ isSo: @Sendable (Reading) -> Bool) async throws {
    while true {
      if let reading = try await slice.read({ try $0.reading() }), isSo(reading) { return }
      await Task.yield()
    }
  }

  /// Waits until so many reporters were told and Intake knows; gives the reports, in the order of their ids.
  func told(_ count: Int) async throws -> [String] {
    while true {
      let signposts = try await place.events(key: "area/plymouth").filter {
        $0.event.type == Recourse_Intake_V1_SecondReportSignposted.protoMessageName
      }
      if signposts.count >= count { break }
      await Task.yield()
    }
    return server.now.updates.values.map(\.report).sorted()
  }
}

extension SimulatedReport {
  /// A report at noon of a day.
  static func on(
    _ day: String, id: String, email: String = "one@example.org", phone: String = "",
    consents: Bool = true
  ) throws -> SimulatedReport {
    SimulatedReport(
      id: id, at: try Date("\(day)T12:00:00Z", strategy: .iso8601), email: email, phone: phone,
      consents: consents)
  }
}
