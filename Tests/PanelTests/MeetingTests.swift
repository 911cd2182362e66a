import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

@Suite struct MeetingTests {
  let reference = Fixture.reference()

  @Test func `a meeting is announced with each recommendation by its body`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let response = try await place.hold(reference) {
        $0.recommendations.append(
          .with {
            $0.body = "livewest"
            $0.text = "Change the locks"
          })
      }
      #expect(response.logPosition == (try await place.logHead()) && !response.repeated)
      let held = try await place.events(Recourse_Panel_V1_PanelHeld.self)
      #expect(held.map(\.heldOn) == [Fixture.decidedOn] && held.map(\.recommendations) == [2])
      let made = try await place.events(Recourse_Panel_V1_RecommendationMade.self)
      #expect(made.map(\.index) == [0, 1] && made.map(\.body) == [Fixture.council, "livewest"])
      let review = try await place.review(reference)
      #expect(review.state == .held && review.heldOn == Fixture.decidedOn)
      #expect(review.recommendations.map(\.text) == ["Visit weekly", "Change the locks"])
      #expect(review.reason == "Everybody agreed" && review.blockingBodies.isEmpty)
    }
  }

  @Test func `what the panel wrote stays in the slice`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference) {
        $0.reason = "Quokka reason"
        $0.recommendations[0].text = "Quokka text"
      }
      for logged in try await place.events() {
        #expect(logged.event.payload.range(of: Data("Quokka".utf8)) == nil)
      }
    }
  }

  @Test func `a panel may recommend nothing, and says so`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference) {
        $0.recommendations = []
        $0.none = true
      }
      #expect(
        try await place.events(Recourse_Panel_V1_PanelHeld.self).map(\.recommendations) == [0])
      #expect(try await place.events(Recourse_Panel_V1_RecommendationMade.self).isEmpty)
    }
  }

  @Test func `a command that is repeated gives its first result`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let first = try await place.hold(reference) { $0.idempotencyKey = "k" }
      let again = try await place.hold(reference) {
        $0.idempotencyKey = "k"
        $0.atLeastPosition = first.logPosition
      }
      #expect(again.repeated && again.logPosition == first.logPosition)
      #expect(try await place.events(Recourse_Panel_V1_PanelHeld.self).count == 1)
    }
  }

  @Test func `a review is held once`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference)
      let refused = try await refusal { try await place.hold(reference) }
      #expect(refused.kind == .state && refused.code == "already-held")
    }
  }

  @Test func `a review that is held gets no day any more`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference)
      try await place.addAvailability([
        (Fixture.council, "2026-03-17", "2026-04-30"), (Fixture.police, "2026-03-17", "2026-04-30"),
      ])
      #expect(try await place.events(Recourse_Panel_V1_PanelScheduled.self).isEmpty)
      #expect(try await place.review(reference).state == .held)
    }
  }

  struct Wrong: Sendable {
    let code: String
    let path: String
    let change: @Sendable (inout Recourse_Panel_V1_HoldRequest) -> Void
  }

  static let wrongs = [
    Wrong(code: "missing", path: "recommendations") { $0.recommendations = [] },
    Wrong(code: "recommendations-and-none", path: "none") { $0.none = true },
    Wrong(code: "missing", path: "reason") { $0.reason = " \n" },
    Wrong(code: "missing", path: "recommendations[0].text") { $0.recommendations[0].text = "" },
    Wrong(code: "unknown-body", path: "recommendations[0].body") {
      $0.recommendations[0].body = "parish-choir"
    },
    Wrong(code: "not-a-date", path: "heldOn") { $0.heldOn = "" },
    Wrong(code: "date-in-future", path: "heldOn") { $0.heldOn = "2026-03-17" },
    Wrong(code: "date-before-decision", path: "heldOn") { $0.heldOn = "2026-03-15" },
    Wrong(code: "too-long", path: "reason") {
      $0.reason = String(repeating: "x", count: MeetingLimits.text + 1)
    },
    Wrong(code: "too-many", path: "recommendations") {
      $0.recommendations = Array(
        repeating: $0.recommendations[0], count: MeetingLimits.recommendations + 1)
    },
    Wrong(code: "unknown-case", path: "caseReference") {
      $0.caseReference = Fixture.reference(9).description
    },
  ]

  @Test func `a record that makes no sense is refused by path, and nothing is kept`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      for wrong in Self.wrongs {
        let refused = try await refusal { try await place.hold(reference, wrong.change) }
        #expect(refused.code == wrong.code && refused.path == wrong.path)
        #expect(!refused.message.contains("choir") && !refused.message.contains("xx"))
      }
      #expect(try await place.events(Recourse_Panel_V1_PanelHeld.self).isEmpty)
    }
  }
}
