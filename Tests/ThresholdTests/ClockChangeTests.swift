import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A deadline is moved by a named person, with a reason, and never in silence.
@Suite(.timeLimit(.minutes(1))) struct ClockChangeTests {
  let reference = Fixture.reference()

  @Test func `it stands still, runs again and is given more time`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.go(to: "2026-03-18")
      let paused = try await place.change(reference, .paused).clock
      #expect(paused.paused && paused.dueOn.isEmpty && !paused.late)
      try await place.go(to: "2026-05-01")
      #expect(try await place.owed("decide").isEmpty, "while it stands still nothing is late")
      // From 18 March to 30 April: 30 working days but for Easter and May.
      let resumed = try await place.change(reference, .resumed).clock
      #expect(!resumed.paused && resumed.dueOn == "2026-05-21" && resumed.daysAdded == 30)
      let extended = try await place.change(reference, .extended, days: 2).clock
      #expect(extended.dueOn == "2026-05-26" && extended.daysAdded == 32)
      #expect(try await place.reading(reference, "decide") == extended)
      try await place.settle()
      let events = try await place.events(Recourse_Threshold_V1_ClockChanged.self)
      #expect(events.map(\.change) == [.paused, .resumed, .extended])
      #expect(events.map(\.dueOn) == ["", "2026-05-21", "2026-05-26"])
      #expect(events.map(\.changedOn) == ["2026-03-18", "2026-05-01", "2026-05-01"])
      try await place.go(to: "2026-05-27")
      #expect(try await place.owed("decide").map(\.dueOn) == ["2026-05-26"])
    }
  }

  @Test func `who changed it stands in one place, and neither name nor reason leaves`() async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.change(
        reference, .paused, by: "Zebedee Marker", reason: "Quokka words", key: "k")
      #expect(
        try await place.change(
          reference, .paused, by: "Zebedee Marker", reason: "Quokka words", key: "k"
        ).repeated)
      try await place.settle()
      for logged in try await place.events(key: reference.key.description) {
        for marker in ["Zebedee", "Quokka"] {
          #expect(logged.event.payload.range(of: Data(marker.utf8)) == nil)
        }
      }
      let names = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows(
          """
          SELECT name FROM stage_clock_change AS change
          JOIN officer ON officer.officer_key = change.officer_key
          """
        ).map { try $0.text("name") }
      }
      #expect(names == ["Zebedee Marker"])
      #expect(try await place.audited("threshold.change-clock") == ["Zebedee Marker"])
    }
  }

  @Test func `what may not be done to a clock is refused, and nothing is changed`() async throws {
    let pack = TestPack.with(clocks: "stage: decide, period: 5 workingDays, from: receipt")
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack)
      func code(_ call: () async throws -> some Any) async throws -> String {
        try await refusal(call).code
      }
      #expect(try await code { try await place.change(reference, .paused) } == "not-pausable")
      #expect(try await code { try await place.change(reference, .resumed) } == "not-paused")
      #expect(
        try await code { try await place.change(reference, .extended, days: 61) }
          == "extension-out-of-range")
      #expect(try await code { try await place.change(reference, .unspecified) } == "missing")
      #expect(
        try await code { try await place.change(reference, .paused, days: 2) } == "unexpected")
      #expect(
        try await code { try await place.change(reference, .paused, by: " ") } == "missing")
      #expect(
        try await code { try await place.change(reference, .paused, reason: "") } == "missing")
      #expect(
        try await code { try await place.change(reference, .paused, stage: "lunch") }
          == "unknown-stage")
      let done = try await refusal {
        try await place.change(reference, .paused, stage: "acknowledge")
      }
      #expect(
        done.code == "no-clock" && done.message.contains("those that do: information, decide"))
      #expect(
        try await code { try await place.change(Fixture.reference(2), .paused) } == "unknown-case")
      #expect(try await place.reading(reference, "decide").dueOn == "2026-03-23")
      try await place.settle()
      #expect(try await place.events(Recourse_Threshold_V1_ClockChanged.self).isEmpty)
    }
  }

  @Test func `a deadline is not moved to another one that has gone by`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.go(to: "2026-04-15")
      let gone = try await refusal { try await place.change(reference, .extended, days: 4) }
      #expect(gone.kind == .state && gone.code == "already-gone" && gone.path == "workingDays")
      #expect(gone.message.contains("2026-04-14"))
      #expect(try await place.reading(reference, "decide").dueOn == Fixture.decideBy)
      #expect(try await place.owed("decide").count == 1)
      #expect(
        try await place.change(reference, .extended, days: 5).clock.dueOn == "2026-04-15")
      #expect(try await !place.reading(reference, "decide").late)
      try await place.go(to: "2026-04-16")
      #expect(
        try await place.owed("decide").map(\.dueOn) == [Fixture.decideBy, "2026-04-15"])
    }
  }
}
