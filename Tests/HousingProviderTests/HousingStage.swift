import Foundation
import GRPCCore
import Intake
import Messages
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import HousingProvider

/// Intake and Threshold as they are, and the plugin between Threshold and real folders. Looks into the inboxes are made by
/// hand: the plugin's own come an hour apart.
struct HousingStage {
  static let body = "plymouth-community-homes"

  let place: TestPlace
  private let settings: ExchangeSettings
  private let stillness = Stillness()

  static func with(
    bodies: String = body, onDisk: Bool = false,
    _ body: (HousingStage) async throws -> Void
  ) async throws {
    let settings = PluginSettings(["bodies": bodies, "look-every-ms": "3600000"])
    let workers = [
      IntakeWorker.worker(), ThresholdWorker.worker(), try HousingProviderPlugin.worker(settings),
    ]
    let now = Date(timeIntervalSince1970: 1_774_000_000)  // 20 March 2026
    try await TestPlace.with(workers, now: now, onDisk: onDisk) { place in
      try await place.settle()
      try await body(HousingStage(place: place, settings: try ExchangeSettings(settings)))
    }
  }

  private init(place: TestPlace, settings: ExchangeSettings) {
    self.place = place
    self.settings = settings
  }

  var context: WorkerContext {
    get throws { try #require(place.context(of: "housing-provider")) }
  }

  func folder(_ body: String = Self.body) throws -> DropFolder {
    try settings.folder(of: body, context)
  }

  /// Sends an example application in, changed as a test wants it; gives its reference.
  func apply(
    _ change: (inout Recourse_Intake_V1_Application) -> Void = { _ in }
  ) async throws -> CaseReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/three-complaints.json")
    var application = try Recourse_Intake_V1_Application(
      jsonString: String(contentsOf: file, encoding: .utf8))
    change(&application)
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let response = try await intake.submit(
      .with { [application] in
        $0.application = application
        $0.submittedBy = .commandLine
      })
    try await place.settle()
    return try CaseReference(parsing: response.caseReference)
  }

  /// Has bodies asked, and waits until nothing moves.
  func ask(_ reference: CaseReference, _ bodies: [String] = [Self.body]) async throws {
    _ = try await threshold.requestInformation(
      .with {
        $0.caseReference = reference.description
        $0.bodies = bodies
        $0.officer = "A. Officer"
      })
    try await place.settle()
  }

  /// Looks into the inboxes until what lies there is still, and waits until nothing moves.
  func look() async throws {
    try await lookWithoutWaiting()
    try await place.settle()
  }

  /// Looks into the inboxes until what lies there is still.
  func lookWithoutWaiting() async throws {
    let look = LookIntoInboxes(settings: settings, stillness: stillness)
    for _ in 0..<Stillness.looks { try await look.look(context) }
  }

  /// How far bodies have answered, as Threshold says.
  func information(
    _ reference: CaseReference
  ) async throws -> [Recourse_Threshold_V1_InformationRequest] {
    try await assessment(reference).information
  }

  func assessment(
    _ reference: CaseReference
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    try await threshold.getAssessment(
      .with {
        $0.caseReference = reference.description
        $0.purpose = .caseWork
      })
  }

  /// Records that who applied takes back, or gives, their consent to sharing.
  func record(
    _ answer: Recourse_Intake_V1_RecordConsentRequest.Answer, of reference: CaseReference
  ) async throws {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    _ = try await intake.recordConsent(
      .with {
        $0.caseReference = reference.description
        $0.answer = answer
        $0.purpose = .shareWithRelevantBodies
        $0.wording = "2026-02"
        $0.officer = "A. Officer"
      })
    try await place.settle()
  }

  func names(_ place: DropFolder.Place, _ body: String = Self.body) throws -> [String] {
    let path = try folder(body).folder(place).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func text(
    _ name: String, in place: DropFolder.Place, _ body: String = Self.body
  ) throws -> String {
    try String(contentsOfFile: folder(body).path(name, in: place), encoding: .utf8)
  }

  /// Puts an answer into the inbox, as a body does.
  func drop(_ text: String, as name: String = "answer.csv", _ body: String = Self.body) throws {
    let folder = try folder(body)
    try folder.make()
    try Data(text.utf8).write(to: URL(filePath: folder.path(name, in: .inbox)))
  }

  var threshold: some Recourse_Threshold_V1_Threshold.ClientProtocol {
    Recourse_Threshold_V1_Threshold.Stub(wrapping: place.client)
  }
}
