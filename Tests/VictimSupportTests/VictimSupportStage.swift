import AgencySimulators
import CaseModel
import Foundation
import GRPCCore
import Hummingbird
import Intake
import Logging
import Messages
import NIOCore
import Policy
import PolicyDocuments
import Support
import SwiftProtobuf
import Synchronization
import Testing
import VictimSupport
import WebServing
import WorkerKit
import WorkerKitTesting

/// Intake, Support and the plugin as they are, a simulated provider, and a worker that announces what Threshold would.
struct VictimSupportStage: Sendable {
  static let now = Date(timeIntervalSince1970: 1_774_000_000)  // 20 March 2026

  let place: TestPlace

  struct NoProvider: Error {}

  /// - Parameter fates: of the referrals, as the simulator knows them.
  static func with(
    _ fates: String..., body: @escaping @Sendable (VictimSupportStage) async throws -> Void
  ) async throws {
    let (addresses, listening) = AsyncStream<String>.makeStream()
    let options = SimulatorOptions(fates: fates) { line in
      let start = "listens at "
      if line.hasPrefix(start) { listening.yield(String(line.dropFirst(start.count))) }
    }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        defer { listening.finish() }
        try await AgencySimulator.victimSupport.run(options)
        return false
      }
      group.addTask {
        for await address in addresses {
          try await with(providerAt: address, body)
          return true
        }
        throw NoProvider()
      }
      defer { group.cancelAll() }
      while let isDone = try await group.next() {
        if isDone { return }
      }
    }
  }

  /// With a provider of the test's own, under `v1`.
  static func with(
    provider router: Router<BasicRequestContext>, _ body: (VictimSupportStage) async throws -> Void
  ) async throws {
    let (ports, serving) = AsyncStream<Int>.makeStream()
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { serving.yield($0.localAddress?.port ?? 0) },
      logger: quiet)
    let server = Task {
      try await WebServing.run(application, leavingWithin: .milliseconds(100), logger: quiet)
    }
    defer { server.cancel() }
    var found = ports.makeAsyncIterator()
    let port = try #require(await found.next())
    try await with(providerAt: "http://127.0.0.1:\(port)/v1/", body)
  }

  /// With a provider at an address.
  static func with(
    providerAt address: String, _ body: (VictimSupportStage) async throws -> Void
  ) async throws {
    let plugin = try VictimSupportPlugin.worker(
      PluginSettings([
        "endpoint": address, "token": "a-key", "agencies": "victim-support",
        "poll-milliseconds": "20",
      ]), pauses: Pauses(first: .milliseconds(1), limit: .milliseconds(4)))
    let workers = [announcer, IntakeWorker.worker(), SupportWorker.worker(), plugin]
    try await TestPlace.with(workers, now: now) { place in
      // The packs are in, and Support knows whom the plugin stands for.
      try await place.settle()
      try await body(VictimSupportStage(place: place))
    }
  }

  private static let announcer = Worker(
    name: "announcer",
    emits: [
      Recourse_Threshold_V1_PolicyPackPublished.self, Recourse_Threshold_V1_ThresholdAssessed.self,
    ],
    onStart: { context in
      try await context.slice.write { tx in
        for document in [BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth] {
          let pack = try PolicyDocument.parse(document)
          let published = Recourse_Threshold_V1_PolicyPackPublished.with {
            $0.digest = pack.digest
            $0.name = pack.name
            $0.version = pack.version
            $0.document = document
          }
          try tx.emit(published, key: EventKey(.system, "policy"))
        }
      }
    })

  /// Sends in an application of somebody who consents to be referred to Victim Support, and has it assessed.
  func apply() async throws -> CaseReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/three-complaints.json")
    var application = try Recourse_Intake_V1_Application(
      jsonString: String(contentsOf: file, encoding: .utf8))
    application.consents = [
      .with {
        $0.purpose = .supportReferral
        $0.recipient = "victim-support"
        $0.given = true
        $0.wording = "2026-01"
        $0.at = Google_Protobuf_Timestamp(seconds: 1_773_652_200)
      }
    ]
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let response = try await intake.submit(
      .with { [application] in
        $0.application = application
        $0.submittedBy = .commandLine
      })
    let reference = try CaseReference(parsing: response.caseReference)
    let context = try #require(place.context(of: "announcer"))
    try await context.slice.write { tx in
      try tx.emit(
        Recourse_Threshold_V1_ThresholdAssessed.with {
          $0.caseReference = reference.description
          $0.outcome = .met
          $0.assessedOn = "2026-03-20"
        }, key: reference.key)
    }
    return reference
  }

  /// The applicant takes their consent back.
  func withdraw(_ reference: CaseReference) async throws {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    _ = try await intake.recordConsent(
      .with {
        $0.caseReference = reference.description
        $0.answer = .withdrawn
        $0.purpose = .supportReferral
        $0.recipient = "victim-support"
        $0.officer = "A. Officer"
      })
  }

  /// Waits until Support has announced so many events of a case; gives their short names.
  func announced(_ count: Int, of reference: CaseReference) async throws -> [String] {
    while true {
      let names = try await place.events(key: reference.key.description)
        .filter { $0.producer.worker == "support" }
        .map { String($0.event.type.split(separator: ".").last ?? "") }
      if names.count >= count { return names }
      await Task.yield()
    }
  }

  /// What Support says of a case.
  func support(
    _ reference: CaseReference
  ) async throws -> Recourse_Support_V1_GetSupportResponse {
    let head = try await place.logHead()
    let client = Recourse_Support_V1_Support.Stub(wrapping: place.client)
    return try await client.getSupport(
      .with {
        $0.caseReference = reference.description
        $0.atLeastPosition = head
      })
  }
}
