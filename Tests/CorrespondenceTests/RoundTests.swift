import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// What is owed in a case is written in rounds.
@Suite(.timeLimit(.minutes(1))) struct RoundTests {
  @Test func `what is owed at submission is written with two questions and one commit`()
    async throws
  {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      await stage.place.kill("correspondence")
      let reference = try await stage.apply()
      let before = try await stage.asked()
      // All of it is in the log when it is read.
      try await stage.place.restart("correspondence")
      try await stage.place.settle()
      let notices = try await stage.notices(reference)
      #expect(notices.count { $0.kind == .acknowledgement } == 1)
      #expect(notices.count { $0.kind == .bodyNotification } == 8)
      let after = try await stage.asked()
      #expect(after.checks - before.checks == 1)
      #expect(after.contacts - before.contacts == 1)
      let rounds = try await stage.rounds(of: reference)
      #expect(rounds.map(\.state) == ["confirmed"])
      #expect(rounds.map(\.attempts) == [0])
    }
  }

  @Test func `while Intake is away all cases wait together, and none of their notices is lost`()
    async throws
  {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      await stage.place.kill("correspondence")
      var references: [CaseReference] = []
      for _ in 0..<16 { references.append(try await stage.submit()) }
      try await stage.place.settle()
      await stage.place.kill("intake")
      try await stage.place.restart("correspondence")
      // As many as make them rest, and one for all.
      while try await stage.attempts() <= Bounds.awayStreakLimit { await Task.yield() }
      for _ in 0..<50 { _ = try await stage.attempts() }
      #expect(try await stage.attempts() < references.count)
      try await stage.place.restart("intake")
      try await stage.place.settle()
      for reference in references {
        let notices = try await stage.notices(reference)
        #expect(Set(notices.map { "\($0.kind) \($0.person) \($0.body)" }).count == notices.count)
        #expect(notices.count { $0.kind == .acknowledgement && $0.state == .ready } == 1)
        #expect(notices.count { $0.kind == .bodyNotification } == 8)
      }
    }
  }

  @Test func `what waits for Threshold keeps nothing else waiting`() async throws {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      let reference = try await stage.apply()
      await stage.place.kill("correspondence")
      try await stage.decide(reference)
      try await stage.sit(from: "2026-03-24")
      await stage.place.kill("threshold")
      try await stage.place.restart("correspondence")
      while try await stage.notices(reference, .invitation).isEmpty { await Task.yield() }
      #expect(try await stage.written(reference, .thresholdMet).isEmpty)
      try await stage.place.restart("threshold")
      try await stage.place.settle()
      #expect(try await stage.notices(reference, .thresholdMet).map(\.person) == ["applicant"])
    }
  }

  @Test func `where Threshold is away no other case waits`() async throws {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      var references: [CaseReference] = []
      for _ in 0...Bounds.awayStreakLimit { references.append(try await stage.apply()) }
      await stage.place.kill("correspondence")
      for reference in references { try await stage.decide(reference) }
      await stage.place.kill("threshold")
      try await stage.place.restart("correspondence")
      // Each is tried for itself and put off for itself, more of them than make a whole kind rest.
      while try await stage.attempts() < references.count { await Task.yield() }
      let pause = WriteNotices.assessmentPause / .seconds(1)
      #expect(
        try await stage.earliestRetry() >= CorrespondenceStage.now.addingTimeInterval(pause))
      let other = try await stage.submit()
      while try await stage.written(other, .acknowledgement).isEmpty { await Task.yield() }
    }
  }

  @Test func `a round that a person gives up does not end the case`() async throws {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      await stage.place.kill("correspondence")
      let reference = try await stage.apply()
      await stage.place.kill("intake")
      try await stage.place.restart("correspondence")
      while try await stage.attempts() == 0 { await Task.yield() }
      let worker = Recourse_Worker_V1_Worker.Stub(wrapping: stage.place.client)
      _ = try await worker.settleEffect(
        .with {
          $0.kind = OweNotices.effect
          $0.key = "\(reference)/1"
          $0.outcome = .abandon
          $0.grounds.actor = "Officer One"
          $0.grounds.reason = "A trial"
        }, metadata: ["recourse-target": "correspondence"])
      try await stage.place.restart("intake")
      try await stage.place.settle()
      #expect(try await stage.written(reference).isEmpty)
      // What happens next has what is still owed written, too.
      try await stage.decide(reference)
      #expect(try await stage.notices(reference, .acknowledgement).count == 1)
      #expect(try await stage.notices(reference, .thresholdMet).count == 1)
    }
  }

  @Test func `questions keep within Intake's bounds, and too long a letter is asked nobody`() {
    let short = [(name: "text", text: "x")]
    let long = [(name: "text", text: String(repeating: "x", count: IntakeCalls.textLimit))]
    let tooLong = [
      (name: "text", text: String(repeating: "x", count: IntakeCalls.textLimit + 1))
    ]
    let many = Array(repeating: short[0], count: IntakeCalls.partsLimit)
    func places(_ letters: [[(name: String, text: String)]], people: Int = 0) -> [[Int]] {
      IntakeCalls.questions(letters, peopleCount: people).map(\.letters)
    }
    #expect(places([]) == [])
    #expect(places([short, [], short]) == [[0, 2]])
    #expect(places([short, long, short]) == [[0], [1], [2]])
    #expect(places([tooLong, short, tooLong]) == [[1]])
    #expect(places([many, short]) == [[0], [1]])
    #expect(places([many + short]) == [])
    #expect(places([], people: IntakeCalls.peopleLimit + 1) == [[], []])
    let people = IntakeCalls.questions([short], peopleCount: IntakeCalls.peopleLimit + 1)
    #expect(people.map(\.people) == [0..<IntakeCalls.peopleLimit, IntakeCalls.peopleLimit..<65])
  }
}

extension CorrespondenceStage {
  /// When the first of the rounds that did not happen is tried again.
  fileprivate func earliestRetry() async throws -> Date {
    let slice = try #require(place.context(of: "correspondence")).slice
    return try await slice.read { slice in
      try #require(
        try slice.row(
          "SELECT next_at FROM kit_effect WHERE state = 'intended' AND attempts > 0 ORDER BY next_at"
        )
      ).moment("next_at")
    }
  }

  /// Notices that are written: one that is still to be is listed too.
  fileprivate func written(
    _ reference: CaseReference, _ kind: Recourse_Correspondence_V1_NoticeKind? = nil
  ) async throws -> [Notice] {
    try await notices(reference, kind).filter { $0.state != .composing }
  }

  /// How many durable records Intake has of what it was asked about letters.
  fileprivate func asked() async throws -> (checks: Int, contacts: Int) {
    let slice = try #require(place.context(of: "intake")).slice
    return try await slice.read { slice in
      func count(_ action: String) throws -> Int {
        try slice.row("SELECT COUNT(*) AS count FROM kit_audit WHERE action = ?", .text(action))?
          .int("count") ?? 0
      }
      return (try count("intake.check-text"), try count("intake.pass-on-contact"))
    }
  }

  /// Sends an application in, and waits for nothing.
  fileprivate func submit() async throws -> CaseReference {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let application = try Recourse_Intake_V1_Application.example()
    let response = try await intake.submit(
      .with {
        $0.application = application
        $0.submittedBy = .commandLine
      })
    return try CaseReference(parsing: response.caseReference)
  }

  /// The rounds of a case.
  fileprivate func rounds(
    of reference: CaseReference
  ) async throws -> [(state: String, attempts: Int)] {
    let slice = try #require(place.context(of: "correspondence")).slice
    return try await slice.read { slice in
      try slice.rows(
        """
        SELECT state, attempts FROM kit_effect WHERE kind = ? AND effect_key LIKE ?
        ORDER BY effect_key
        """, .text(OweNotices.effect), .text("\(reference)/%")
      ).map { (try $0.text("state"), try $0.int("attempts")) }
    }
  }

  /// How many rounds of all cases failed.
  fileprivate func attempts() async throws -> Int {
    let slice = try #require(place.context(of: "correspondence")).slice
    return try await slice.read { slice in
      try slice.row(
        "SELECT COALESCE(SUM(attempts), 0) AS count FROM kit_effect WHERE kind = ?",
        .text(OweNotices.effect))?.int("count") ?? 0
    }
  }
}
