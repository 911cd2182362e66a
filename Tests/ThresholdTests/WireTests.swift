import CaseModel
import Messages
import SwiftProtobuf
import Testing
import ThresholdRules
import WorkerKit

@testable import Threshold

@Suite struct WireTests {
  @Test func `a complaint on one day needs no second date`() throws {
    var event = complaint(4, hate: true)
    event.behaviourTo = ""
    event.householdKey = "h"
    let kept = try KeptComplaint(event)
    let day = try #require(CalendarDate("2026-03-01"))
    #expect(kept.facts.behaviour == day...day)
    #expect(kept.facts.index == 4 && kept.facts.hate && kept.facts.complainant == "k1")
    #expect(kept.facts.household == "h" && kept.madeTo == "COUNCIL")
  }

  @Test func `an event with a broken date names the field and not the text`() throws {
    var event = complaint(0)
    event.complaintFrom = "the day after"
    let error = try #require(throws: MalformedEvent.self) { try KeptComplaint(event) }
    #expect(error.field == "complaint_from" && !error.description.contains("day after"))
  }

  @Test func `a range that ends before it begins is malformed`() {
    var event = complaint(0)
    event.behaviourTo = "2026-02-28"
    #expect(throws: MalformedEvent(field: "behaviour_to")) { try KeptComplaint(event) }
  }

  @Test func `an application without a day or a reference is malformed`() {
    #expect(throws: MalformedEvent(field: "case_reference")) {
      try KeptApplication(Recourse_Intake_V1_ApplicationReceived())
    }
    let event = Recourse_Intake_V1_ApplicationReceived.with {
      $0.caseReference = Fixture.reference().description
    }
    #expect(throws: MalformedEvent(field: "received_on")) { try KeptApplication(event) }
  }

  @Test func `every route and outcome has its own number on the wire`() {
    let routes = RouteName.allCases.map(Recourse_Threshold_V1_RouteFinding.Route.init)
    #expect(routes == [.mandatory, .local, .discretionary])
    let outcomes = RouteOutcome.allCases.map(Recourse_Threshold_V1_Outcome.Value.init)
    #expect(outcomes == [.notMet, .personDecides, .met])
  }
}
