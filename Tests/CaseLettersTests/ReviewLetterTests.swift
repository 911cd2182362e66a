import CaseLetters
import CaseModel
import Letters
import Messages
import Policy
import SwiftProtobuf
import Testing

@Suite struct ReviewLetterTests {
  static func invitation(_ log: Log) throws -> Letter.Invitation {
    try log.facts().invitation(uid: "u", hours: 600..<720, place: "Hall 7", on: day("2026-03-25"))
  }

  static let blocked = Recourse_Panel_V1_PanelBlocked.with {
    $0.dueOn = "2026-05-01"
    $0.blockingBodies = ["livewest"]
  }

  @Test func `a meeting is invited to as it is planned`() throws {
    let letter = try Self.invitation(Log.received().scheduled(on: "2026-04-14"))
    #expect(letter.meeting.day == day("2026-04-14") && letter.meeting.begins == 600)
    #expect(letter.meeting.ends == 720 && letter.meeting.place == "Hall 7")
    #expect(letter.state == .planned && letter.sequence == 0 && letter.uid == "u")
  }

  @Test func `a meeting that is moved keeps its name and counts one further`() throws {
    let letter = try Self.invitation(Log.received().scheduled(on: "2026-04-14", "2026-04-21"))
    #expect(letter.state == .moved(from: day("2026-04-14")) && letter.sequence == 1)
    #expect(letter.meeting.day == day("2026-04-21") && letter.uid == "u")
  }

  @Test func `the same day again is no move, and a version of its own`() throws {
    let letter = try Self.invitation(Log.received().scheduled(on: "2026-04-14", "2026-04-14"))
    #expect(letter.state == .planned && letter.sequence == 1)
  }

  @Test func `a meeting that cannot be is taken back once, and planned anew`() throws {
    var log = try Log.received().scheduled(on: "2026-04-14")
    try log.add(Self.blocked)
    try log.add(Self.blocked)
    let cancelled = try Self.invitation(log)
    #expect(cancelled.state == .cancelled && cancelled.sequence == 1)
    #expect(cancelled.meeting.day == day("2026-04-14"))
    let anew = try Self.invitation(log.scheduled(on: "2026-04-28"))
    #expect(anew.state == .planned && anew.sequence == 2)
  }

  @Test func `where no meeting is fixed, or it has been held, nobody is invited`() throws {
    var log = try Log.received()
    try log.add(Self.blocked)
    #expect(try code { _ = try Self.invitation(log) } == .noMeetingYet)
    var held = try log.scheduled(on: "2026-04-14")
    try held.add(Recourse_Panel_V1_PanelHeld.with { $0.heldOn = "2026-04-14" })
    #expect(try code { _ = try Self.invitation(held) } == .noMeetingYet)
  }

  @Test func `a further review has an entry of its own`() throws {
    var log = try Log.received().scheduled(on: "2026-04-14")
    try log.add(Recourse_Panel_V1_PanelHeld.with { $0.heldOn = "2026-04-14" })
    try log.add(
      Recourse_Panel_V1_ReviewOpened.with {
        $0.openedOn = "2026-05-01"
        $0.dueOn = "2026-05-29"
        $0.round = 2
      })
    let letter = try Self.invitation(log.scheduled(on: "2026-05-20"))
    #expect(letter.uid == "u-2" && letter.sequence == 0 && letter.state == .planned)
  }

  @Test func `the outcome has what Panel says, and a day to answer by the procedure or a lent one`()
    throws
  {
    let review = Recourse_Panel_V1_GetReviewResponse.with {
      $0.heldOn = "2026-04-14"
      $0.reason = "Because."
      $0.recommendations = [
        .with {
          $0.body = "plymouth-city-council"
          $0.text = "Name one officer."
        }
      ]
    }
    let log = try Log.received()
    let letter = try log.facts(lender: Log.lender()).outcome(
      review, appeals: [], on: day("2026-04-15"))
    #expect(letter.metOn == day("2026-04-14") && letter.reason == "Because.")
    #expect(letter.recommendations == [.init(to: "plymouth-city-council", "Name one officer.")])
    // Twenty working days after the outcome, with a bank holiday between.
    #expect(
      letter.answersBy == Letter.Deadline(day("2026-05-14"), source: PolicyPack.defaultName))
    #expect(
      try log.facts().outcome(review, appeals: [], on: day("2026-04-15")).answersBy == nil)
  }

  @Test func `before the panel has met there is no outcome`() throws {
    let facts = try Log.received().facts()
    #expect(
      try code { _ = try facts.outcome(.init(), appeals: [], on: day("2026-04-15")) }
        == .noOutcomeYet)
  }
}
