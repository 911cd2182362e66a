import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// By when things are due in a case, counted from one day.
@Suite(.timeLimit(.minutes(1))) struct ClockTests {
  let reference = Fixture.reference()

  @Test func `on receipt it is acknowledged, and the clock for the decision starts`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let readings = try await place.readings(reference)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(readings.allSatisfy { $0.anchorOn == Fixture.receivedOn })
      #expect(readings.allSatisfy { $0.source == "recourse-default" && !$0.late && !$0.paused })
      #expect(readings[0].doneOn == Fixture.receivedOn && readings[0].dueOn == "2026-03-19")
      #expect(readings[1].doneOn.isEmpty && readings[1].dueOn == Fixture.dueOn)
      #expect(readings.map(\.nobodyAsked) == [false, true, false])
      #expect(readings[2].doneOn.isEmpty && readings[2].dueOn == Fixture.decideBy)
      try await place.decide(reference, met: false, reason: "Too few")
      let decided = try await place.reading(reference, "decide")
      #expect(decided.doneOn == Fixture.receivedOn && !decided.late)
      try await place.go(to: "2026-05-01")
      #expect(try await place.owed().isEmpty)
      #expect(try await !place.reading(reference, "decide").late)
    }
  }

  @Test(arguments: [
    ("2026-03-13T16:59:00Z", "2026-03-13", "2026-03-20", "2026-03-27"),
    ("2026-03-13T17:00:00Z", "2026-03-16", "2026-03-23", "2026-03-30"),
  ])
  func `what arrives after hours counts from the next working day, for every clock`(
    moment: String, anchor: String, information: String, decide: String
  ) async throws {
    let pack = TestPack.with(
      clocks: "stage: information, period: 5 workingDays, from: receipt",
      "stage: decide, period: 10 workingDays, from: acknowledgement",
      "stage: appeal, period: 10 workingDays, from: acknowledgement", closesAtHour: 17)
    let now = try Google_Protobuf_Timestamp(jsonString: "\"\(moment)\"").date
    try await Fixture.place(of: [pack], now: now) { place in
      try await place.receive(reference, under: pack, on: "2026-03-13", at: moment)
      #expect(try await place.ask(reference, ["city"]).requests[0].dueOn == information)
      let readings = try await place.readings(reference)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(readings.allSatisfy { $0.anchorOn == anchor })
      #expect(readings[1].dueOn == information && readings[2].dueOn == decide)
      #expect(readings[2].source == "test-plymouth")
      try await place.decide(reference, met: false, reason: "Too few")
      #expect(try await place.appeal(reference, on: "any").dueOn == decide)
      #expect(try await place.reading(reference, "appeal").anchorOn == anchor)
    }
  }

  @Test func `without a clock of a policy nothing runs`() async throws {
    let pack = TestPack.with()
    try await Fixture.place(of: [pack], lending: false) { place in
      try await place.receive(reference, under: pack)
      #expect(try await place.readings(reference).isEmpty)
      try await place.start(ClockMigrationTests.publisher)
      let refused = try await refusal { try await place.change(reference, .paused) }
      #expect(refused.kind == .state && refused.code == "no-clock" && refused.path == "stage")
    }
  }

  @Test func `an appeal has a clock of its own, and what is upheld is counted anew`() async throws {
    let pack = TestPack.with()
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack)
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.go(to: "2026-03-20")
      let appeal = try await place.appeal(reference, on: "any", made: "2026-03-18")
      let running = try await place.reading(reference, "appeal")
      #expect(running.anchorOn == "2026-03-18" && running.dueOn == "2026-04-10")
      #expect(appeal.dueOn == running.dueOn && running.doneOn.isEmpty)
      try await place.go(to: "2026-04-11")
      #expect(try await place.owed().map(\.stage) == ["appeal"])
      try await place.decideAppeal(reference)
      let done = try await place.reading(reference, "appeal")
      #expect(done.doneOn == "2026-04-11" && done.late)
      let anew = try await place.readings(reference).filter { $0.stage == "decide" }
      #expect(anew.map(\.anchorOn) == [Fixture.receivedOn, "2026-04-11"])
      #expect(anew[1].doneOn.isEmpty && anew[1].dueOn == "2026-05-01")
    }
  }

  @Test func `an appeal that is dismissed starts nothing`() async throws {
    let pack = TestPack.with()
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack)
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.appeal(reference, on: "any")
      try await place.decideAppeal(reference, 1, .dismissed)
      let readings = try await place.readings(reference)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide", "appeal"])
      #expect(readings.allSatisfy { !$0.doneOn.isEmpty })
    }
  }

  @Test func `a clock without known bank holidays hides nothing else`() async throws {
    // 22 December 2028, 10:00.
    try await Fixture.place(
      of: [TestPack.with()], now: Date(timeIntervalSince1970: 1_861_092_000)
    ) { place in
      try await place.receive(reference, under: .with(), on: "2028-12-22")
      let shown = try await place.assessment(reference)
      #expect(shown.clocks.map(\.stage) == ["acknowledge"] && shown.hasAssessment)
      #expect(
        try await place.audited("threshold.beyond-horizon") == ["threshold", "threshold"],
        "for answers, and for the decision")
    }
  }
}
