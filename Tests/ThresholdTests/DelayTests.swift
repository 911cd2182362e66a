import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What is late is told to whoever applied, once for each deadline.
@Suite(.timeLimit(.minutes(1))) struct DelayTests {
  let reference = Fixture.reference()

  @Test func `a decision that is not there when its day is over owes a notice, once`() async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.go(to: Fixture.decideBy)
      #expect(try await place.owed().map(\.stage) == ["information"], "nobody was asked")
      for day in ["2026-04-09", "2026-04-30"] {
        try await place.go(to: day)
        let owed = try await place.owed("decide")
        #expect(owed.map(\.dueOn) == [Fixture.decideBy])
        #expect(owed[0].onBreach == "delay-notice" && owed[0].policyDigest == Fixture.plymouth)
      }
      let shown = try await place.assessment(reference)
      #expect(shown.delays.map(\.dueOn) == [Fixture.dueOn, Fixture.decideBy])
      #expect(shown.delays[1].toldOn.isEmpty && shown.delays[1].onBreach == "delay-notice")
      #expect(try await place.reading(reference, "decide").late)
    }
  }

  @Test func `a day that goes by while nobody runs is noticed at the next start, once`()
    async throws
  {
    try await Fixture.place(onDisk: true) { place in
      try await place.announce(reference, [complaint(0)])
      await place.kill("threshold")
      place.clock.advance(by: 40 * Fixture.day)
      for _ in 0..<2 {
        try await place.restart("threshold")
        try await place.timersToFire()
        #expect(try await place.owed("decide").map(\.dueOn) == [Fixture.decideBy])
      }
      #expect(try await place.readings(reference).count == 3)
    }
  }

  @Test func `that the applicant was told is put on record, announced and shown`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.go(to: "2026-04-10")
      let told = try await place.tell(reference, on: "2026-04-09")
      #expect(!told.repeated && told.delay.toldOn == "2026-04-09")
      #expect(told.delay.stage == "decide" && told.delay.dueOn == Fixture.decideBy)
      for day in ["", "2026-04-09"] {
        let again = try await place.tell(reference, on: day)
        #expect(again.repeated && again.delay == told.delay)
      }
      try await place.settle()
      let given = try await place.events(Recourse_Threshold_V1_DelayNoticeGiven.self)
      #expect(given.map(\.toldOn) == ["2026-04-09"] && given[0].dueOn == Fixture.decideBy)
      #expect(given[0].stage == "decide" && given[0].policyDigest == Fixture.plymouth)
      #expect(try await place.assessment(reference).delays.last == told.delay)
      #expect(try await place.audited("threshold.record-delay-notice") == ["Officer One"])
    }
  }

  @Test func `a notice that is not owed, or of a day that makes no sense, is refused`() async throws
  {
    try await Fixture.place { place in
      let unknown = try await refusal { try await place.tell(reference) }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      try await place.announce(reference, [complaint(0)])
      let early = try await refusal { try await place.tell(reference) }
      #expect(early.kind == .state && early.code == "no-such-delay" && early.path == "stage")
      try await place.go(to: "2026-04-10")
      let other = try await refusal { try await place.tell(reference, of: "appeal") }
      #expect(
        other.code == "no-such-delay" && other.message.contains("owed of: information, decide"))
      for (stage, day, code) in [
        ("decide", "2026-04-07", "date-before-due"), ("decide", "2026-04-11", "date-in-future"),
        ("decide", "May", "not-a-date"), ("lunch", "", "unknown-stage"),
      ] {
        let refused = try await refusal { try await place.tell(reference, of: stage, on: day) }
        #expect(refused.kind == .input && refused.code == code)
      }
      #expect(try await place.assessment(reference).delays.map(\.toldOn) == ["", ""])
      try await place.tell(reference)
      let another = try await refusal { try await place.tell(reference, on: "2026-04-09") }
      #expect(another.kind == .state && another.code == "already-told")
    }
  }

  @Test func `each deadline that is missed has a notice of its own, the first one first`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.go(to: "2026-04-09")
      try await place.change(reference, .extended, days: 3)
      try await place.go(to: "2026-04-20")
      let delays = try await place.assessment(reference).delays.filter { $0.stage == "decide" }
      #expect(delays.map(\.dueOn) == [Fixture.decideBy, "2026-04-13"])
      #expect(try await place.tell(reference).delay.dueOn == Fixture.decideBy)
      #expect(try await place.tell(reference).delay.dueOn == "2026-04-13")
      #expect(try await place.tell(reference).repeated)
    }
  }
}
