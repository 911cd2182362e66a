import Correspondence
import Foundation
import Messages
import Panel
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// "Write to me between ten at night and two": from the form to the rule that keeps to it.
@Suite(.timeLimit(.minutes(3))) struct NightHoursTests {
  private typealias Service = Recourse_Correspondence_V1_Correspondence

  private static let courier = Worker(
    name: "courier",
    calls: [
      Service.Method.ServeChannels.descriptor, Service.Method.TakeNotice.descriptor,
      Service.Method.RecordDelivery.descriptor,
    ])

  @Test func `hours over midnight are taken at application, and nothing goes before them`()
    async throws
  {
    let more = [PanelWorker.worker(), CorrespondenceWorker.worker(), Self.courier]
    try await PortalPlace.with(more: more) { portal in
      let place = portal.place
      let courier = Service.Stub(wrapping: try #require(place.context(of: "courier")).client)
      _ = try await courier.serveChannels(.with { $0.channels = [.sms] })
      try await place.settle()
      let reference = try await Self.apply(portal)
      try await place.settle()
      // It is 09:46 in London.
      #expect(try await Self.acknowledgement(of: reference, portal) == .waiting)
      place.clock.advance(by: 11 * 3_600)
      try await place.settle()
      #expect(try await Self.acknowledgement(of: reference, portal) == .waiting, "at 20:46")
      place.clock.advance(by: 3 * 3_600)
      while try await Self.acknowledgement(of: reference, portal) != .ready {
        try await place.settle()
        await Task.yield()
      }
    }
  }

  /// Through the form that asks for the hours, to the receipt.
  private static func apply(_ portal: PortalPlace) async throws -> String {
    let browser = portal.browser
    _ = try await browser.sendForm("/apply", [("area", "plymouth")])
    let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
    let token = String(browser.cookie.dropFirst("session=".count))
    let content = try DraftFixture.draft(main: ["safe-ways": "SMS"]).json
    let kept = try await door.getDraft(.with { $0.session = token })
    _ = try await door.saveDraft(
      .with {
        $0.session = token
        $0.content = content
        $0.follows = kept.revision
      })
    let hours = try await browser.fill(
      try await browser.get("/apply/question/phone-times"),
      [("phone-from", "22"), ("phone-until", "2:00")])
    #expect(try hours.page().faults == [])
    let receipt = try await browser.fill(try await browser.get("/apply/check"), [])
    #expect(receipt.path == "/apply/receipt")
    return try #require(try receipt.page().all("strong").first?.text)
  }

  private static func acknowledgement(
    of reference: String, _ portal: PortalPlace
  ) async throws -> Recourse_Correspondence_V1_NoticeState.Value? {
    try await Service.Stub(wrapping: portal.place.client)
      .listNotices(.with { $0.caseReference = reference }).notices
      .first { $0.kind == .acknowledgement }?.state
  }
}
