import CaseModel
import Messages
import PanelRules
import SwiftProtobuf
import Testing
import WorkerKit

@testable import Panel

@Suite struct WireTests {
  @Test func `a line is read into a body and its days`() throws {
    let line = Recourse_Panel_V1_AvailabilityLine.with {
      $0.line = 7
      $0.body = "a"
      $0.from = "2026-03-17"
      $0.to = "2026-03-17"
    }
    let read = ReadLine(line, knowing: ["a", "b"])
    let day = try #require(CalendarDate("2026-03-17"))
    #expect(try read.content.get() == Availability(body: "a", days: day...day))
    let result = Recourse_Panel_V1_AvailabilityResult(read, position: 12)
    #expect(result.accepted && result.line == 7 && result.logPosition == 12)
  }

  @Test func `a line that is refused has no position`() {
    let read = ReadLine(Recourse_Panel_V1_AvailabilityLine(), knowing: ["b", "a"])
    let result = Recourse_Panel_V1_AvailabilityResult(read, position: 12)
    #expect(!result.accepted && result.logPosition == 0)
    #expect(result.code == "unknown-body" && result.message.contains("a, b"))
  }

  @Test func `a decision that is not met is no reason for a review`() throws {
    let decision = try MetDecision(Recourse_Threshold_V1_ThresholdDecided())
    #expect(decision == nil)
  }

  @Test func `an event with a broken field names it and not its text`() throws {
    let decided = Recourse_Threshold_V1_ThresholdDecided.with {
      $0.met = true
      $0.caseReference = Fixture.reference().description
      $0.decidedOn = "yesterday"
    }
    let error = try #require(throws: MalformedEvent.self) { try MetDecision(decided) }
    #expect(error.field == "decided_on" && !error.description.contains("yesterday"))
    #expect(throws: MalformedEvent(field: "case_reference")) {
      try Receipt(Recourse_Intake_V1_ApplicationReceived())
    }
  }

  @Test func `an explanation has a sentence for each body that never can`() {
    let block = Block(
      bodies: ["a", "b"],
      reason: Reason(
        .bodyNeverAvailable,
        [.init("body", "a"), .init("from", "2026-03-17"), .init("due", "2026-04-15")]))
    #expect(
      block.explanation(in: .english)
        == "a has no day on which it can sit from 17 March 2026 to 15 April 2026. "
        + "b has no day on which it can sit from 17 March 2026 to 15 April 2026.")
  }
}
