import AgencySimulators
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

/// The bodies of the demonstration that exchange files: the police and the housing providers to which the application's
/// complaints were made, each acted by a simulator, and the plugin through which they are asked.
struct DemoExchange: Sendable {
  private struct Body: Sendable {
    let key: String
    let agency: AgencySimulator
  }

  private static let plugin = DemoPlugin(name: "housing-provider")
  /// Milliseconds between two looks into an inbox: nobody waits for a demonstration.
  private static let lookEvery = 20

  private let bodies: [Body]

  init(_ application: Recourse_Intake_V1_Application) {
    var bodies: [Body] = []
    for complaint in application.complaints where Self.isFolder(complaint.body) {
      let agency: AgencySimulator? =
        switch complaint.madeTo {
        case .police: .police
        case .housingProvider: .housingProvider
        default: nil
        }
      guard let agency, !bodies.contains(where: { $0.key == complaint.body }) else { continue }
      bodies.append(Body(key: complaint.body, agency: agency))
    }
    self.bodies = bodies
  }

  /// A key of a body as packs have them; a form may have anything.
  private static func isFolder(_ key: String) -> Bool {
    key.wholeMatch(of: /[a-z0-9-]{1,100}/) != nil
  }

  /// Adds the plugin to a system that does not run yet.
  func prepare(_ directory: DataDirectory) async throws {
    guard !bodies.isEmpty else { return }
    try await Self.plugin.add(
      to: directory,
      settings: [
        "bodies": bodies.map(\.key).joined(separator: ","),
        "look-every-ms": "\(Self.lookEvery)",
      ])
  }

  /// Returns when the plugin is ready, which `up` does not wait for.
  func waitUntilReady(in stage: DemoStage) async throws {
    guard !bodies.isEmpty else { return }
    try await Self.plugin.waitUntilReady(in: stage)
  }

  /// Has the bodies asked, and waits until each has answered by a file.
  /// - Returns: their keys; none where there is nobody to ask, or not everybody has consented.
  func run(
    _ submitted: Recourse_Intake_V1_SubmitResponse, in stage: DemoStage,
    _ connection: Connection
  ) async throws -> [String] {
    guard !bodies.isEmpty, submitted.awaited.isEmpty else { return [] }
    let folder = stage.directory.outputDirectory(of: Self.plugin.name)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for body in bodies {
        let options = SimulatorOptions(
          folder: folder.appending(path: body.key, directoryHint: .isDirectory),
          fates: ["confirmed"], interval: .milliseconds(Self.lookEvery), tell: { _ in })
        group.addTask { try await body.agency.run(options) }
      }
      defer { group.cancelAll() }
      try await ask(submitted.caseReference, connection)
      try await answers(about: submitted.caseReference, connection)
    }
    return bodies.map(\.key)
  }

  private func ask(_ reference: String, _ connection: Connection) async throws {
    _ = try await connection.threshold.requestInformation(
      .with {
        $0.caseReference = reference
        $0.bodies = bodies.map(\.key)
        $0.officer = DemoJourney.officer
        $0.idempotencyKey = "demo-information"
      }, options: Connection.limit())
  }

  /// Returns when the log has an answer of each.
  private func answers(about reference: String, _ connection: Connection) async throws {
    let request = Recourse_Bus_V1_ReadRequest.with {
      $0.types = [Recourse_Threshold_V1_InformationReturned.protoMessageName]
      $0.follow = true
    }
    try await connection.eventLog.read(request, options: Connection.limit(Self.answerLimit)) {
      var open = Set(bodies.map(\.key))
      for try await page in $0.messages {
        for logged in page.events {
          let event = try Recourse_Threshold_V1_InformationReturned(
            serializedBytes: logged.event.payload)
          if event.caseReference == reference { open.remove(event.body) }
        }
        if open.isEmpty { return }
      }
    }
  }

  /// How long all bodies together may take.
  private static let answerLimit: Duration = .seconds(60)
}
