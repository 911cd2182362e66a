import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

extension Fixture {
  /// Fifteen working days after receipt, over Easter.
  static let decideBy = "2026-04-08"
}

extension TestPack {
  /// Council and police, and clocks as a document lists them.
  static func with(clocks: String..., closesAtHour: Int? = nil) -> TestPack {
    let lines = clocks.map { "\n  - {\($0)}" }.joined()
    return TestPack(
      rest: """
        bodies:
          - {key: city, name: City Council, kind: council}
          - {key: police, name: Police, kind: police}
        appeals:
          - {subject: handling, grounds: [any], handler: Somebody else}
        \(closesAtHour.map { "calendar: {closesAtHour: \($0)}" } ?? "")
        clocks:\(clocks.isEmpty ? " []" : lines)
        """)
  }
}

extension TestPlace {
  /// Announces an application that arrived at a moment.
  func receive(
    _ reference: CaseReference, under pack: TestPack, on day: String = Fixture.receivedOn,
    at moment: String? = nil, through channel: String = "WEB", awaitsConsent: Bool = false,
    consents: [String] = []
  ) async throws {
    let source = try #require(context(of: "source"))
    let arrival = try moment.map { try Google_Protobuf_Timestamp(jsonString: "\"\($0)\"") }
    try await source.slice.write { tx in
      try tx.emit(
        Recourse_Intake_V1_ApplicationReceived.with {
          $0.caseReference = reference.description
          $0.area = pack.area
          $0.receivedOn = day
          if let arrival { $0.receivedAt = arrival }
          $0.policyDigest = pack.digest
          $0.complaints = 1
          $0.channel = channel
          $0.awaitsConsent = awaitsConsent
        }, key: reference.key)
    }
    for purpose in consents { try await consent(reference, to: purpose) }
    try await source.slice.write { tx in
      var event = complaint(0, to: "city")
      event.caseReference = reference.description
      event.policyDigest = pack.digest
      try tx.emit(event, key: reference.key)
    }
    try await settle()
  }

  /// - Parameters:
  ///   - day: the day on which it was given; nil in events that do not say so.
  ///   - awaits: whether one is waited for with it; nil in events of before they said so.
  func consent(
    _ reference: CaseReference, to purpose: String, on day: String? = nil, awaits: Bool? = nil
  ) async throws {
    let at = try day.map(Self.moment)
    try await say(
      Recourse_Intake_V1_ConsentGiven.with {
        $0.caseReference = reference.description
        $0.purpose = purpose
        if let at { $0.at = at }
        if let awaits { $0.awaitsConsent = awaits }
      }, of: reference)
  }

  func refuse(
    _ reference: CaseReference, _ purpose: String, on day: String, awaits: Bool
  ) async throws {
    let at = try Self.moment(day)
    try await say(
      Recourse_Intake_V1_ConsentRefused.with {
        $0.caseReference = reference.description
        $0.purpose = purpose
        $0.at = at
        $0.awaitsConsent = awaits
      }, of: reference)
  }

  func withdraw(
    _ reference: CaseReference, _ purpose: String, on day: String, awaits: Bool = true
  ) async throws {
    let at = try Self.moment(day)
    try await say(
      Recourse_Intake_V1_ConsentWithdrawn.with {
        $0.caseReference = reference.description
        $0.purpose = purpose
        $0.at = at
        $0.awaitsConsent = awaits
      }, of: reference)
  }

  private func say<Event: EventMessage>(_ event: Event, of reference: CaseReference) async throws {
    let source = try #require(context(of: "source"))
    try await source.slice.write { try $0.emit(event, key: reference.key) }
    try await settle()
  }

  /// The beginning of a day in London.
  private static func moment(_ day: String) throws -> Google_Protobuf_Timestamp {
    let date = try #require(CalendarDate(day))
    return Google_Protobuf_Timestamp(seconds: LondonTime.startOfDay(date))
  }

  /// Moves the clock to ten o'clock of a day, and waits for what is due by then.
  func go(to day: String) async throws {
    let date = try #require(CalendarDate(day))
    let morning = Double(LondonTime.startOfDay(date)) + 10 * 3_600
    clock.advance(by: morning - clock.now.timeIntervalSince1970)
    try await timersToFire()
    try await settle()
  }

  func reading(
    _ reference: CaseReference, _ stage: String
  ) async throws -> Recourse_Threshold_V1_ClockReading {
    try #require(try await readings(reference).last { $0.stage == stage }, "\(stage)")
  }

  func readings(
    _ reference: CaseReference
  ) async throws -> [Recourse_Threshold_V1_ClockReading] {
    try await assessment(reference).clocks
  }

  @discardableResult
  func change(
    _ reference: CaseReference, _ change: Recourse_Threshold_V1_ClockChanged.Change,
    stage: String = "decide", days: UInt32 = 0, by officer: String = "Officer One",
    reason: String = "The applicant asked for time", key: String = ""
  ) async throws -> Recourse_Threshold_V1_ChangeClockResponse {
    try await putAtIntake(reference)
    return try await threshold.changeClock(
      .with {
        $0.caseReference = reference.description
        $0.stage = stage
        $0.change = change
        $0.workingDays = days
        $0.officer = officer
        $0.reason = reason
        $0.idempotencyKey = key
      })
  }

  @discardableResult
  func tell(
    _ reference: CaseReference, of stage: String = "decide", on day: String = ""
  ) async throws -> Recourse_Threshold_V1_RecordDelayNoticeResponse {
    try await threshold.recordDelayNotice(
      .with {
        $0.caseReference = reference.description
        $0.stage = stage
        $0.toldOn = day
        $0.officer = "Officer One"
      })
  }

  /// The notices that were owed, of all stages or of one.
  func owed(
    _ stage: String? = nil
  ) async throws -> [Recourse_Threshold_V1_DelayNoticeOwed] {
    try await settle()
    return try await events(Recourse_Threshold_V1_DelayNoticeOwed.self)
      .filter { stage == nil || $0.stage == stage }
  }
}
