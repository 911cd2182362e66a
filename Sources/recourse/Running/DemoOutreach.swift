import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

/// The poster of the demonstration: it has a code, which an application that names a material tells, and Outreach counts.
struct DemoOutreach: Sendable {
  private static let plugin = DemoPlugin(name: Connection.outreachName)

  /// Adds the plugin to a system that does not run yet.
  func prepare(_ directory: DataDirectory) async throws {
    try await Self.plugin.add(to: directory)
  }

  /// Returns when the plugin is ready, which `up` does not wait for.
  func waitUntilReady(in stage: DemoStage) async throws {
    try await Self.plugin.waitUntilReady(in: stage)
  }

  /// Gives a poster its code.
  func putUp(_ connection: Connection) async throws -> OutreachMaterial {
    try await connection.outreachMaterials.addMaterial(
      .with {
        $0.material.title = "Poster in stairwells"
        $0.material.kind = .poster
        $0.material.channel = .housingAssociation
        $0.idempotencyKey = "demo-poster"
      }, options: Connection.limit()
    ).material
  }

  /// The application, with the poster's code where it names a material.
  func telling(
    _ poster: OutreachMaterial, in application: Recourse_Intake_V1_Application
  ) -> Recourse_Intake_V1_Application {
    guard !application.heardVia.material.isEmpty else { return application }
    var application = application
    application.heardVia.material = poster.code
    return application
  }

  /// What there is of the month of a day, YYYY-MM-DD.
  func effect(of day: String, _ connection: Connection) async throws -> EffectResponse {
    let head = try await connection.head()
    return try await connection.outreachEffect.getEffect(
      .with {
        $0.from = String(day.prefix(7))
        $0.to = String(day.prefix(7))
        $0.atLeastPosition = head
      }, options: Connection.limit())
  }
}

extension DemoJourney {
  /// Puts the poster up, and has the application tell its code.
  func putUpPoster(
    for application: Recourse_Intake_V1_Application, _ connection: Connection
  ) async throws -> Recourse_Intake_V1_Application {
    let poster = try await outreach.putUp(connection)
    story.tell(
      "Posted",
      "A poster in stairwells says what the right is; it has a code, as text and as a QR code.")
    return outreach.telling(poster, in: application)
  }

  /// Tells what was counted, and nothing of who it was.
  func tellEffect(
    of submitted: Recourse_Intake_V1_SubmitResponse, _ connection: Connection
  ) async throws -> EffectResponse {
    let effect = try await outreach.effect(of: submitted.receivedOn, connection)
    let number = effect.months.reduce(0) { $0 + $1.applications }
    try expect(number == 1, otherwise: "Outreach has not counted the application.")
    story.tell(
      "Counted",
      "In \(effect.from) outreach has counted \(number) application\(number == 1 ? "" : "s"), with the "
        + "channel and the poster's code that were told, and not whose they were. Numbers by poster are "
        + "made when the year to March is over; those below \(effect.leastShown) are withheld.")
    return effect
  }
}
