import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// The stage in which bodies answer, and decisions that are counted from its end.
@Suite(.timeLimit(.minutes(1))) struct InformationClockTests {
  let reference = Fixture.reference()
  /// As Stockton has it: so long from when all information is there.
  let waiting = TestPack.with(clocks: "stage: decide, period: 3 workingDays, from: information")

  @Test func `it runs from receipt, whoever is asked and when, until all have answered`()
    async throws
  {
    try await Fixture.place(of: [.with()]) { place in
      try await place.receive(reference, under: .with())
      let waiting = try await place.reading(reference, "information")
      #expect(waiting.anchorOn == Fixture.receivedOn && waiting.dueOn == Fixture.dueOn)
      #expect(waiting.nobodyAsked && waiting.doneOn.isEmpty)
      try await place.go(to: "2026-03-18")
      try await place.ask(reference)
      let running = try await place.reading(reference, "information")
      #expect(running.anchorOn == Fixture.receivedOn && running.dueOn == Fixture.dueOn)
      #expect(!running.nobodyAsked)
      try await place.answer(reference, "city")
      #expect(try await place.reading(reference, "information").doneOn.isEmpty)
      try await place.go(to: "2026-03-20")
      try await place.answer(reference, "police", refused: .notHeld)
      let done = try await place.reading(reference, "information")
      #expect(done.doneOn == "2026-03-20" && !done.late)
      try await place.go(to: "2026-04-01")
      #expect(try await place.owed().isEmpty)
    }
  }

  @Test func `asked late it is late, and the bodies have as long as the policy gives them`()
    async throws
  {
    try await Fixture.place(of: [.with()]) { place in
      try await place.receive(reference, under: .with())
      try await place.go(to: "2026-04-15")
      var late = try await place.reading(reference, "information")
      #expect(late.late && late.nobodyAsked && late.dueOn == Fixture.dueOn)
      #expect(try await place.owed("information").map(\.dueOn) == [Fixture.dueOn])
      let request = try await place.ask(reference, ["city"]).requests[0]
      #expect(request.dueOn == "2026-04-29" && request.state == .requested)
      late = try await place.reading(reference, "information")
      #expect(late.late && !late.nobodyAsked && late.dueOn == Fixture.dueOn)
      #expect(late.anchorOn == Fixture.receivedOn && late.doneOn.isEmpty)
      try await place.answer(reference, "city")
      late = try await place.reading(reference, "information")
      #expect(late.late && late.doneOn == "2026-04-15" && late.dueOn == Fixture.dueOn)
      #expect(try await place.owed("information").count == 1)
    }
  }

  @Test func `more time that was given for a reason is the bodies' too`() async throws {
    try await Fixture.place(of: [.with()]) { place in
      try await place.receive(reference, under: .with())
      let extended = try await place.change(reference, .extended, stage: "information", days: 3)
      #expect(extended.clock.dueOn == "2026-04-02" && extended.clock.nobodyAsked)
      #expect(try await place.ask(reference, ["city"]).requests[0].dueOn == "2026-04-02")
    }
  }

  @Test func `it is done when the last answer came, whenever that is put on record`() async throws {
    try await Fixture.place(of: [.with()]) { place in
      try await place.receive(reference, under: .with())
      try await place.ask(reference, ["city", "police"])
      try await place.answer(reference, "city")
      try await place.go(to: "2026-03-27")
      try await place.answer(reference, "police", on: "2026-03-24")
      let done = try await place.reading(reference, "information")
      #expect(done.doneOn == "2026-03-24" && !done.late)
    }
  }

  @Test func `a decision that is counted from information waits for nobody who is asked late`()
    async throws
  {
    try await Fixture.place(of: [waiting]) { place in
      try await place.receive(reference, under: waiting)
      try await place.go(to: "2026-04-01")
      let decide = try await place.reading(reference, "decide")
      #expect(decide.anchorOn == Fixture.dueOn)
      try await place.ask(reference)
      try await place.answer(reference, "city")
      try await place.answer(reference, "police")
      #expect(try await place.reading(reference, "decide") == decide)
    }
  }

  @Test func `who is silent makes it late, and the decision ends it`() async throws {
    try await Fixture.place(of: [.with()]) { place in
      try await place.receive(reference, under: .with())
      try await place.ask(reference, ["city"])
      try await place.go(to: "2026-03-31")
      let owed = try await place.owed()
      #expect(owed.map(\.stage) == ["information"] && owed[0].dueOn == Fixture.dueOn)
      try await place.decide(reference, met: false, reason: "Too few")
      let done = try await place.reading(reference, "information")
      #expect(done.doneOn == "2026-03-31" && done.late)
    }
  }

  @Test func `whoever is asked after all have answered begins another round`() async throws {
    try await Fixture.place(of: [.with()]) { place in
      try await place.receive(reference, under: .with())
      try await place.ask(reference, ["city"])
      try await place.answer(reference, "city")
      try await place.go(to: "2026-04-01")
      let due = try await place.ask(reference, ["police"]).requests[0].dueOn
      let rounds = try await place.readings(reference).filter { $0.stage == "information" }
      #expect(rounds.map(\.anchorOn) == [Fixture.receivedOn, "2026-04-01"])
      #expect(rounds[1].dueOn == due && rounds[1].doneOn.isEmpty)
    }
  }

  @Test func `a decision is counted from the last of the answers`() async throws {
    try await Fixture.place(of: [waiting]) { place in
      try await place.receive(reference, under: waiting)
      #expect(try await place.readings(reference).map(\.stage) == ["acknowledge", "information"])
      try await place.ask(reference)
      try await place.go(to: "2026-03-20")
      try await place.answer(reference, "police", on: "2026-03-19")
      #expect(try await !place.readings(reference).contains { $0.stage == "decide" })
      try await place.answer(reference, "city", on: "2026-03-17")
      let decide = try await place.reading(reference, "decide")
      #expect(decide.anchorOn == "2026-03-19" && decide.dueOn == "2026-03-24")
      #expect(decide.source == "test-plymouth")
    }
  }

  @Test func `who is overdue counts as having answered on the last day`() async throws {
    try await Fixture.place(of: [waiting]) { place in
      try await place.receive(reference, under: waiting)
      try await place.ask(reference)
      try await place.answer(reference, "police")
      try await place.go(to: "2026-04-01")
      let decide = try await place.reading(reference, "decide")
      #expect(decide.anchorOn == Fixture.dueOn && decide.dueOn == "2026-04-02")
      try await place.answer(reference, "city")
      #expect(try await place.reading(reference, "decide").anchorOn == Fixture.dueOn)
    }
  }

  @Test func `where nobody is asked, it is counted from the day by which they would have answered`()
    async throws
  {
    try await Fixture.place(of: [waiting]) { place in
      try await place.receive(reference, under: waiting)
      try await place.go(to: Fixture.dueOn)
      #expect(try await place.readings(reference).map(\.stage) == ["acknowledge", "information"])
      try await place.go(to: "2026-03-31")
      let decide = try await place.reading(reference, "decide")
      #expect(decide.anchorOn == Fixture.dueOn && decide.dueOn == "2026-04-02")
    }
  }

  @Test func `where no policy says by when bodies answer, it is counted from receipt`()
    async throws
  {
    try await Fixture.place(of: [waiting], lending: false) { place in
      try await place.receive(reference, under: waiting)
      #expect(try await place.reading(reference, "decide").anchorOn == Fixture.receivedOn)
    }
  }

  @Test func `what comes in after the decision starts nothing`() async throws {
    try await Fixture.place(of: [waiting]) { place in
      try await place.receive(reference, under: waiting)
      try await place.ask(reference, ["city"])
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.answer(reference, "city")
      try await place.go(to: "2026-04-30")
      let readings = try await place.readings(reference)
      #expect(readings.map(\.stage) == ["acknowledge", "information"])
      #expect(try await place.owed().isEmpty)
    }
  }
}
