import Foundation
import Intake
import Messages
import Panel
import Support
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// A case that was handed in through the door, with every worker that its own person is told by, and a browser in front
/// of the portal.
struct FollowStage {
  let portal: PortalPlace
  let browser: Browser
  let reference: String
  let code: String

  /// Names that may stand in no page, address or answer.
  static let perpetrator = Marker("quellenmarker")

  static func with(
    _ options: PortalOptions = PortalOptions(), onDisk: Bool = false,
    _ change: (inout Recourse_Intake_V1_Application) -> Void = { _ in },
    _ body: (FollowStage) async throws -> Void
  ) async throws {
    let more = [PanelWorker.worker(), SupportWorker.worker()]
    try await PortalPlace.with(options, more: more, onDisk: onDisk) { portal in
      let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
      let started = try await door.startDraft(
        .with {
          $0.area = "plymouth"
          $0.language = "en"
          $0.channel = .web
        })
      var application = try example()
      change(&application)
      let receipt = try await door.submitDraft(
        .with { [application] in
          $0.session = started.session
          $0.application = application
        })
      try #require(receipt.faults.isEmpty, "\(receipt.faults.map { "\($0.code) \($0.path)" })")
      try await portal.place.settle()
      try await body(
        FollowStage(
          portal: portal, browser: portal.browser, reference: receipt.caseReference,
          code: started.code))
    }
  }

  static func example() throws -> Recourse_Intake_V1_Application {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/three-complaints.json")
    var application = try Recourse_Intake_V1_Application(
      jsonString: String(contentsOf: file, encoding: .utf8))
    application.clearReceivedAt()
    application.allegedPerpetrators = [.with { $0.name = "Quentin \(perpetrator)" }]
    return application
  }

  /// Signs in; the answer is the case's page.
  @discardableResult
  func signIn() async throws -> Browser.Answer {
    try await browser.fill(
      try await browser.get("/follow"), [("reference", reference), ("code", code)])
  }

  /// A page of the case, which has to be there and well-formed.
  func page(
    _ path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> HTMLPage {
    let answer = try await browser.get(path)
    #expect(answer.status == 200, "\(path)", sourceLocation: sourceLocation)
    return try answer.page(sourceLocation: sourceLocation)
  }

  /// Somebody signs that the threshold is met.
  /// - Parameter override: why words are kept that the guard stops at.
  func decide(reason: String = "Three complaints count.", override: String = "") async throws {
    let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: portal.place.client)
    _ = try await threshold.decide(
      .with {
        $0.caseReference = reference
        $0.met = true
        $0.officer = "A. Officer"
        $0.capacity = "Lead authority"
        $0.reason = reason
        $0.guardOverride = override
      })
    try await portal.place.settle()
  }

  /// Short names of what was announced of the case.
  func announced() async throws -> [String] {
    try await portal.place.events(key: "case/\(reference)").map {
      String($0.event.type.split(separator: ".").last ?? "")
    }
  }
}
