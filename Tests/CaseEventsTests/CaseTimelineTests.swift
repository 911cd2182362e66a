import CaseEvents
import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing

@Suite struct CaseTimelineTests {
  /// An event in the log, of a type or from the table.
  private func logged(
    _ position: UInt64, _ type: String, worker: String = "intake", occurredAt: Double = 1_000,
    recordedAt: Double = 1_001
  ) throws -> Recourse_Bus_V1_LoggedEvent {
    let announced = Announced.all.first { $0.type.hasSuffix(".\(type)") }
    let payload: Data = try announced?.event.serializedBytes() ?? Data()
    return .with {
      $0.position = position
      $0.producer.worker = worker
      $0.event.type = announced?.type ?? type
      $0.event.payload = payload
      $0.event.occurredAt = Google_Protobuf_Timestamp(
        date: Date(timeIntervalSince1970: occurredAt))
      $0.recordedAt = Google_Protobuf_Timestamp(date: Date(timeIntervalSince1970: recordedAt))
    }
  }

  @Test func `entries are in the log's order, each once`() throws {
    let timeline = CaseTimeline([
      try logged(9, "ThresholdAssessed"), try logged(4, "ApplicationReceived"),
      try logged(7, "ConsentGiven"), try logged(9, "ThresholdAssessed"),
    ])
    #expect(timeline.entries.map(\.position) == [4, 7, 9])
    #expect(
      timeline.entries.map(\.shortType) == [
        "ApplicationReceived", "ConsentGiven", "ThresholdAssessed",
      ])
  }

  @Test func `an entry says who announced it, and both times`() throws {
    let event = try logged(
      3, "PanelHeld", worker: "panel", occurredAt: 1_774_000_000, recordedAt: 1_774_000_002)
    let entry = try #require(CaseTimeline([event]).entries.first)
    #expect(entry.worker == "panel")
    #expect(entry.type == "recourse.panel.v1.PanelHeld")
    #expect(entry.occurredAt == Date(timeIntervalSince1970: 1_774_000_000))
    #expect(entry.recordedAt == Date(timeIntervalSince1970: 1_774_000_002))
    #expect(entry.fact == .panelHeld(on: .test(25), recommendations: 2))
  }

  @Test func `the status follows from the entries, whatever order they came in`() throws {
    let events = [
      try logged(6, "ReviewOpened"), try logged(1, "ApplicationReceived"),
      try logged(5, "ThresholdDecided"), try logged(3, "ThresholdAssessed"),
    ]
    #expect(CaseTimeline(events).status == .panelScheduling)
    #expect(CaseTimeline(events.filter { $0.position < 6 }).status == .metMandatory)
    #expect(CaseTimeline([]).status == nil)
  }

  @Test func `where the appeals stand is told beside the status`() throws {
    let events = [
      try logged(1, "ApplicationReceived"), try logged(2, "ThresholdDecided"),
      try logged(3, "AppealMade"),
    ]
    #expect(CaseTimeline(events).status == .metMandatory)
    #expect(CaseTimeline(events).appealStatus == .received)
    #expect(CaseTimeline(events.dropLast()).appealStatus == nil)
  }

  @Test func `what cannot be read has its line and leaves the status as it is`() throws {
    let timeline = CaseTimeline([
      try logged(1, "ApplicationReceived"), try logged(2, "recourse.future.v1.Unheard"),
    ])
    #expect(timeline.entries.count == 2)
    #expect(timeline.entries.last?.fact == .unreadable(type: "recourse.future.v1.Unheard"))
    #expect(timeline.entries.last?.shortType == "Unheard")
    #expect(timeline.status == .received)
  }
}
