import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// An application is acknowledged when the applicant knows that it is there, and not before.
@Suite(.timeLimit(.minutes(1))) struct AcknowledgementTests {
  let reference = Fixture.reference()
  /// As Gosport has it: decided so long after the acknowledgement.
  let following = TestPack.with(
    clocks: "stage: acknowledge, period: 3 workingDays, from: receipt",
    "stage: information, period: 5 workingDays, from: acknowledgement",
    "stage: decide, period: 10 workingDays, from: acknowledgement")

  @Test(arguments: ["WEB", "PHONE", "IN_PERSON", "ASSISTED"])
  func `who is there when it is put in has the reference then`(channel: String) async throws {
    try await Fixture.place(of: [following]) { place in
      try await place.receive(reference, under: following, through: channel)
      let done = try await place.reading(reference, "acknowledge")
      #expect(done.doneOn == Fixture.receivedOn && !done.late)
      #expect(try await place.acknowledge(reference).repeated)
      #expect(try await place.audited("threshold.record-acknowledged").isEmpty)
    }
  }

  @Test(arguments: [
    ("PAPER", Fixture.receivedOn), ("EMAIL", Fixture.receivedOn), ("PHONE", "2026-03-13"),
  ])
  func `what came on paper or was put in later is acknowledged on evidence, and is late without`(
    channel: String, day: String
  ) async throws {
    try await Fixture.place(of: [following]) { place in
      try await place.receive(reference, under: following, on: day, through: channel)
      #expect(try await place.reading(reference, "acknowledge").doneOn.isEmpty)
      try await place.go(to: "2026-03-20")
      let due = try await place.reading(reference, "acknowledge")
      #expect(due.late && due.doneOn.isEmpty)
      #expect(try await place.owed("acknowledge").map(\.dueOn) == [due.dueOn])
      #expect(try await place.acknowledge(reference).acknowledgedOn == "2026-03-20")
      let done = try await place.reading(reference, "acknowledge")
      #expect(done.late && done.doneOn == "2026-03-20" && done.dueOn == due.dueOn)
      #expect(try await place.audited("threshold.record-acknowledged") == ["Officer One"])
    }
  }

  @Test func `what is counted from it starts with it`() async throws {
    try await Fixture.place(of: [following]) { place in
      try await place.receive(reference, under: following, through: "PAPER")
      #expect(try await place.readings(reference).map(\.stage) == ["acknowledge"])
      try await place.go(to: "2026-03-18")
      try await place.acknowledge(reference, on: "2026-03-17")
      let readings = try await place.readings(reference)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(readings[0].doneOn == "2026-03-17" && !readings[0].late)
      #expect(readings.dropFirst().map(\.anchorOn) == ["2026-03-17", "2026-03-17"])
      #expect(readings.dropFirst().map(\.dueOn) == ["2026-03-24", "2026-03-31"])
    }
  }

  @Test func `a late acknowledgement moves nothing that is counted from it`() async throws {
    try await Fixture.place(of: [following]) { place in
      try await place.receive(reference, under: following, through: "PAPER")
      try await place.go(to: "2026-03-20")
      let started = try await place.readings(reference)
      #expect(started.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(started.dropFirst().allSatisfy { $0.anchorOn == "2026-03-19" }, "its last day")
      try await place.go(to: "2026-03-25")
      try await place.acknowledge(reference)
      #expect(try await place.readings(reference).dropFirst() == started.dropFirst())
    }
  }

  @Test func `answers that came before it end the stage that starts with it`() async throws {
    try await Fixture.place(of: [following]) { place in
      try await place.receive(reference, under: following, through: "PAPER")
      #expect(try await place.ask(reference, ["city"]).requests[0].dueOn == "2026-03-23")
      try await place.answer(reference, "city")
      try await place.go(to: "2026-03-18")
      try await place.acknowledge(reference)
      let information = try await place.reading(reference, "information")
      #expect(information.anchorOn == "2026-03-18" && information.doneOn == Fixture.receivedOn)
    }
  }

  @Test func `a day that makes no sense is refused, and the first evidence stands`() async throws {
    try await Fixture.place(of: [following]) { place in
      let unknown = try await refusal { try await place.acknowledge(reference) }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      try await place.receive(reference, under: following, through: "PAPER")
      for (day, code) in [
        ("2026-03-15", "date-before-receipt"), ("2026-03-17", "date-in-future"),
        ("May", "not-a-date"),
      ] {
        let refused = try await refusal { try await place.acknowledge(reference, on: day) }
        #expect(refused.kind == .input && refused.code == code)
        #expect(refused.path == "acknowledgedOn")
      }
      #expect(try await place.reading(reference, "acknowledge").doneOn.isEmpty)
      #expect(try await !place.acknowledge(reference).repeated)
      for day in ["", Fixture.receivedOn] {
        #expect(try await place.acknowledge(reference, on: day).repeated)
      }
      try await place.go(to: "2026-03-17")
      let other = try await refusal { try await place.acknowledge(reference, on: "2026-03-17") }
      #expect(other.kind == .state && other.code == "already-acknowledged")
    }
  }
}
