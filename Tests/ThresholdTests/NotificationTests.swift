import CaseModel
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// s.104(3): an application is passed to every relevant body, and there is evidence of it.
@Suite struct NotificationTests {
  let reference = Fixture.reference()
  static let bodies = [
    "plymouth-city-council", "devon-and-cornwall-police", "nhs-devon-icb",
    "plymouth-community-homes", "livewest", "sovereign", "guinness", "anchor",
  ]

  @Test func `every body of the pack that exists on the day is owed a notification`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, expecting: 3, [])
      let owed = try await place.events(
        Recourse_Threshold_V1_NotificationOwed.self, key: reference.key.description)
      #expect(owed.map(\.body) == Self.bodies)
      #expect(try await place.events(Recourse_Threshold_V1_BodyNotified.self).isEmpty)
    }
  }

  @Test func `of a procedure for several councils the one of the place is told and asked`()
    async throws
  {
    let pack = TestPack(
      area: "devon",
      rest: """
        parts:
          - {area: plymouth, name: Plymouth, bodies: [city]}
          - {area: exmouth, name: Exmouth, bodies: [town, homes]}
        bodies:
          - {key: town, name: Town Council, kind: council}
          - {key: city, name: City Council, kind: council}
          - {key: police, name: Police, kind: police}
          - {key: homes, name: Homes, kind: housing-provider}
        clocks:
          - {stage: information, period: 5 workingDays, from: receipt}
        """)
    try await Fixture.place(of: [pack]) { place in
      try await place.announce(reference, under: pack, forArea: "plymouth", [complaint(0)])
      let owed = try await place.events(Recourse_Threshold_V1_NotificationOwed.self)
      #expect(owed.map(\.body) == ["city", "police"])
      try await place.ask(reference)
      try await place.settle()
      let asked = try await place.events(Recourse_Threshold_V1_InformationRequested.self)
      #expect(asked.map(\.body) == ["city", "police"])
    }
  }

  @Test func `a body counts as told when somebody records the evidence`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let response = try await place.recordNotified(reference, "livewest")
      #expect(response.notifiedOn == Fixture.receivedOn && !response.repeated)
      let notified = try await place.events(Recourse_Threshold_V1_BodyNotified.self)
      #expect(notified.map(\.body) == ["livewest"])
      #expect(notified.map(\.notifiedOn) == [Fixture.receivedOn])
      let shown = try await place.assessment(reference).notifications
      #expect(shown.map(\.body) == Self.bodies)
      #expect(shown.filter { !$0.notifiedOn.isEmpty }.map(\.body) == ["livewest"])
    }
  }

  @Test func `recording it again changes nothing`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.recordNotified(reference, "livewest")
      place.clock.advance(by: 86_400)
      let again = try await place.recordNotified(reference, "livewest")
      #expect(again.repeated && again.notifiedOn == Fixture.receivedOn)
      #expect(try await place.events(Recourse_Threshold_V1_BodyNotified.self).count == 1)

      let other = try await refusal {
        try await place.recordNotified(reference, "livewest", on: "2026-03-17")
      }
      #expect(other.code == "already-notified")
    }
  }

  @Test func `a body that is not owed one is refused with those that are`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.recordNotified(reference, "livewest")
      let refused = try await refusal {
        try await place.recordNotified(reference, "nhs-devon-ccg")
      }
      #expect(refused.kind == .input && refused.code == "not-owed" && refused.path == "body")
      #expect(refused.message.contains("devon-and-cornwall-police"))
      #expect(!refused.message.contains("livewest") && !refused.message.contains("ccg"))
    }
  }

  @Test(arguments: [
    ("2026-03-17", "date-in-future"), ("2026-03-15", "date-before-receipt"),
    ("2026-02-30", "not-a-date"),
  ])
  func `a day on which nobody can have been told is refused`(
    day: String, code: String
  ) async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let refused = try await refusal {
        try await place.recordNotified(reference, "livewest", on: day)
      }
      #expect(refused.code == code && refused.path == "notifiedOn")
      #expect(try await place.events(Recourse_Threshold_V1_BodyNotified.self).isEmpty)
    }
  }

  @Test func `evidence about a case that is not known is refused`() async throws {
    try await Fixture.place { place in
      let refused = try await refusal { try await place.recordNotified(reference, "livewest") }
      #expect(refused.code == "unknown-case")
    }
  }
}
