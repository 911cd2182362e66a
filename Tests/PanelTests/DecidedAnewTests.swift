import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// What a decision does that follows an appeal.
@Suite struct DecidedAnewTests {
  let reference = Fixture.reference()

  @Test func `met after it was not met opens the review then`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference, met: false)
      place.clock.advance(by: 14 * Fixture.day)
      try await place.announceDecided(reference, on: "2026-03-30", number: 2)
      let opened = try await place.events(Recourse_Panel_V1_ReviewOpened.self)
      #expect(opened.map(\.openedOn) == ["2026-03-30"])
      // 20 working days after that decision; Good Friday and Easter Monday lie between.
      #expect(opened.map(\.dueOn) == ["2026-04-29"])
      #expect(try await place.review(reference).explanation.contains("anew") == false)
    }
  }

  @Test func `met again leaves the review that is open as it is`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let first = try await place.review(reference)
      place.clock.advance(by: 14 * Fixture.day)
      try await place.announceDecided(reference, on: "2026-03-30", number: 2)
      #expect(try await place.review(reference) == first)
      #expect(try await place.events(Recourse_Panel_V1_ReviewOpened.self).count == 1)
    }
  }

  @Test func `not met after it was met keeps the review, and says so`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let first = try await place.review(reference)
      try await place.announceDecided(reference, met: false, on: "2026-03-17", number: 2)
      let kept = try await place.review(reference)
      #expect(kept.state == first.state && kept.dueOn == first.dueOn)
      #expect(
        kept.explanation.hasPrefix(
          "It was decided anew on 17 March 2026 that the threshold is not met; the review that was "
            + "opened before is kept."))
      #expect(try await place.audited("panel.keep-review") == 1)
      // It is as owed as before: it can be held, and is overdue when it is.
      place.clock.advance(by: 31 * Fixture.day)
      try await place.settle()
      #expect(try await place.breach(reference) != nil)
      try await place.hold(reference, on: "2026-04-16")
      #expect(try await place.review(reference).state == .held)
    }
  }

  @Test func `met once more takes that back`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let first = try await place.review(reference)
      try await place.announceDecided(reference, met: false, number: 2)
      try await place.announceDecided(reference, number: 3)
      #expect(try await place.review(reference) == first)
    }
  }

  @Test func `not met twice opens nothing`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference, met: false)
      try await place.announceDecided(reference, met: false, number: 2)
      #expect(try await refusal { try await place.review(reference) }.code == "no-review")
      #expect(try await place.audited("panel.keep-review") == 0)
    }
  }
}
