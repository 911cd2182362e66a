import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

@Suite struct SchedulingTests {
  let reference = Fixture.reference()
  let council = Fixture.council
  let police = Fixture.police

  @Test func `a day is set at once where availability is there before the review`() async throws {
    try await Fixture.place { place in
      try await place.addAvailability([
        (council, "2026-03-20", "2026-04-30"), (police, "2026-03-21", "2026-03-24"),
      ])
      try await place.announceDecided(reference)
      let scheduled = try await place.events(Recourse_Panel_V1_PanelScheduled.self)
      try #require(scheduled.count == 1)
      // The 21st is a Saturday.
      #expect(scheduled[0].panelOn == "2026-03-23" && scheduled[0].dueOn == Fixture.dueOn)
      #expect(scheduled[0].revision == 1)
      #expect(try await place.events(Recourse_Panel_V1_PanelBlocked.self).isEmpty)
      let review = try await place.review(reference)
      #expect(review.state == .scheduled && review.panelOn == "2026-03-23")
    }
  }

  @Test func `a review without a day says who is in the way, until they are not`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      var review = try await place.review(reference)
      #expect(review.state == .blocked && review.blockingBodies == [council, police])
      #expect(review.explanation.contains(council) && review.explanation.contains(police))
      #expect(review.explanation.contains("15 April 2026"))

      let results = try await place.addAvailability([(council, "2026-03-17", "2026-04-30")])
      #expect(results[0].logPosition > 0)
      review = try await place.review(reference)
      #expect(review.state == .blocked && review.blockingBodies == [police])

      try await place.addAvailability([(police, "2026-04-02", "2026-04-07")])
      review = try await place.review(reference)
      #expect(review.state == .scheduled && review.panelOn == "2026-04-02")
      #expect(review.blockingBodies.isEmpty && review.explanation.isEmpty)
      let blocked = try await place.events(Recourse_Panel_V1_PanelBlocked.self)
      #expect(blocked.map(\.blockingBodies) == [[council, police], [police]])
    }
  }

  @Test func `the same bodies in the way are announced once`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.addAvailability([(council, "2026-06-01", "2026-06-30")])
      #expect(try await place.events(Recourse_Panel_V1_PanelBlocked.self).count == 1)
    }
  }

  @Test func `bank holidays and weekends are no days for a panel`() async throws {
    try await Fixture.place { place in
      try await place.addAvailability([
        (council, "2026-04-03", "2026-04-06"), (police, "2026-04-03", "2026-04-06"),
      ])
      try await place.announceDecided(reference)
      // Good Friday to Easter Monday.
      #expect(try await place.review(reference).state == .blocked)
    }
  }

  @Test func `nobody is called to a panel on the day itself, or into the past`() async throws {
    try await Fixture.place { place in
      let whole = [
        (council, "2026-03-01", "2026-04-30"), (police, "2026-03-01", "2026-04-30"),
      ]
      try await place.addAvailability(whole)
      try await place.announceDecided(reference)
      #expect(try await place.review(reference).panelOn == "2026-03-17")

      let later = Fixture.reference(2)
      place.clock.advance(by: 3 * Fixture.day)
      try await place.announceDecided(later)
      #expect(try await place.review(later).panelOn == "2026-03-20")
    }
  }

  @Test func `a day that is set is not moved by what comes later`() async throws {
    try await Fixture.place { place in
      try await place.addAvailability([
        (council, "2026-03-25", "2026-03-25"), (police, "2026-03-17", "2026-04-30"),
      ])
      try await place.announceDecided(reference)
      try await place.addAvailability([(council, "2026-03-18", "2026-03-18")])
      #expect(try await place.review(reference).panelOn == "2026-03-25")
      #expect(try await place.events(Recourse_Panel_V1_PanelScheduled.self).count == 1)
    }
  }

  @Test func `the order of the lines makes no difference`() async throws {
    let lines = [
      (council, "2026-04-08", "2026-04-09"), (police, "2026-03-17", "2026-04-30"),
      (council, "2026-03-18", "2026-03-18"),
    ]
    for lines in [lines, lines.reversed()] {
      try await Fixture.place { place in
        try await place.announceDecided(reference)
        try await place.addAvailability(lines)
        #expect(try await place.review(reference).panelOn == "2026-03-18")
      }
    }
  }

  @Test func `a line that cannot be taken is answered and the rest goes on`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let results = try await place.addAvailability([
        (council, "2026-03-18", "2026-03-20"), ("parish-choir", "2026-03-18", "2026-03-20"),
        (police, "2026-02-30", "2026-03-20"), (police, "2026-03-20", "soon"),
        (police, "2026-03-20", "2026-03-19"), (police, "2026-03-19", "2026-03-19"),
      ])
      #expect(results.map(\.line) == [1, 2, 3, 4, 5, 6])
      #expect(results.map(\.accepted) == [true, false, false, false, false, true])
      #expect(
        results.map(\.code) == [
          "", "unknown-body", "not-a-date", "not-a-date", "ends-before-it-begins", "",
        ])
      #expect(results.map(\.path) == ["", "body", "from", "to", "to", ""])
      #expect(!results[1].message.contains("choir") && results[1].message.contains(council))
      #expect(try await place.review(reference).panelOn == "2026-03-19")
    }
  }

  @Test func `an empty file brings nothing about`() async throws {
    try await Fixture.place { place in
      let head = try await place.logHead()
      let results = try await place.addAvailability([])
      #expect(results.isEmpty)
      #expect(try await place.logHead() == head)
    }
  }

  @Test func `more lines than the limit are refused as a whole`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let line = (council, "2026-03-18", "2026-03-20")
      let lines = Array(repeating: line, count: PanelService.linesLimit + 1)
      let refused = try await refusal { try await place.addAvailability(lines) }
      #expect(refused.code == "too-many-lines")
      #expect(try await place.review(reference).blockingBodies == [council, police])
    }
  }
}
