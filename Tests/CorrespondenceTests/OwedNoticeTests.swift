import CaseModel
import Testing

@testable import CorrespondenceRules

/// Which event owes which notice to whom: every row of the table.
@Suite struct OwedNoticeTests {
  private static let day = CalendarDate(daysSince1970: 20_532)
  private static let which = RecommendationPlace(round: 1, index: 2)

  static let rows: [(NoticeOccasion, [OwedNotice])] = [
    (.received(awaitsConsent: false), [OwedNotice(.acknowledgement, to: .applicant)]),
    (
      .received(awaitsConsent: true),
      [
        OwedNotice(.acknowledgement, to: .applicant), OwedNotice(.consentRequest, to: .awaited),
      ]
    ),
    (.notificationOwed(body: "livewest"), [OwedNotice(.bodyNotification, to: .body("livewest"))]),
    (
      .informationRequested(body: "livewest", on: day),
      [OwedNotice(.informationRequest, to: .body("livewest"), about: "\(day)")]
    ),
    (
      .informationChased(body: "livewest", on: day),
      [OwedNotice(.informationChaser, to: .body("livewest"), about: "\(day)")]
    ),
    (
      .decided(met: true, number: 1), [OwedNotice(.thresholdMet, to: .participants, about: "1")]
    ),
    (
      .decided(met: false, number: 2),
      [OwedNotice(.thresholdNotMet, to: .participants, about: "2")]
    ),
    (
      .deferred(on: day), [OwedNotice(.thresholdDeferred, to: .participants, about: "\(day)")]
    ),
    (
      .delayed(stage: "decide", dueOn: day),
      [OwedNotice(.delay, to: .applicant, about: "decide \(day)")]
    ),
    (
      .panelScheduled(on: day, revision: 2),
      [OwedNotice(.invitation, to: .panel, about: "\(day) 2")]
    ),
    (.panelBlocked(), []),
    (
      .panelBlocked(panelOn: day), [OwedNotice(.invitation, to: .panel, about: "\(day) cancelled")]
    ),
    (.panelHeld(on: day), [OwedNotice(.outcome, to: .participants, about: "\(day)")]),
    (.appealMade(number: 1), [OwedNotice(.appealAcknowledgement, to: .applicant, about: "1")]),
    (.appealDecided(number: 1), [OwedNotice(.appealOutcome, to: .applicant, about: "1")]),
    (
      .recommended(body: "livewest", which: which),
      [OwedNotice(.recommendation, to: .body("livewest"), about: "1 2")]
    ),
    (
      .answered(which: which, revision: 3),
      [OwedNotice(.followUp, to: .participants, about: "answer 1 2 3")]
    ),
    (
      .acted(which: which, revision: 1),
      [OwedNotice(.followUp, to: .participants, about: "action 1 2 1")]
    ),
    (
      .reminderOwed(
        body: "livewest", which: which, awaited: .answer, dueOn: day, isOverdue: false, number: 1),
      [
        OwedNotice(
          .recommendationReminder, to: .body("livewest"), about: "1 2 answer \(day) 1")
      ]
    ),
    (
      .reminderOwed(
        body: "livewest", which: which, awaited: .action, dueOn: day, isOverdue: true, number: 2),
      [
        OwedNotice(
          .recommendationReminder, to: .body("livewest"), about: "1 2 action \(day) 2"),
        OwedNotice(.followUp, to: .participants, about: "late 1 2 action \(day)"),
      ]
    ),
    (.withdrawn(underPressure: false), [OwedNotice(.withdrawal, to: .applicant)]),
    (
      .withdrawn(underPressure: true, panelOn: day),
      [
        OwedNotice(.withdrawal, to: .applicant),
        OwedNotice(.invitation, to: .panel, about: "\(day) cancelled"),
      ]
    ),
    (
      .withdrawn(underPressure: false, told: ["police", "livewest"]),
      [
        OwedNotice(.withdrawal, to: .applicant),
        OwedNotice(.withdrawal, to: .body("police"), about: "police"),
        OwedNotice(.withdrawal, to: .body("livewest"), about: "livewest"),
      ]
    ),
  ]

  @Test(arguments: rows)
  func `what happens owes what it must to whom it must`(
    occasion: NoticeOccasion, owed: [OwedNotice]
  ) {
    #expect(occasion.owed == owed)
  }

  @Test func `only a withdrawal that was pressed for is looked at first`() {
    for (occasion, _) in Self.rows {
      if case .withdrawn(underPressure: true, _, _) = occasion {
        #expect(occasion.needsLook == .review)
      } else {
        #expect(occasion.needsLook == nil)
      }
    }
  }

  @Test func `three kinds are evidence for Threshold`() {
    let evidence = Self.rows.flatMap(\.1).compactMap(\.evidence)
    #expect(
      Set(evidence) == [.acknowledged, .notified(body: "livewest"), .toldOfDelay(stage: "decide")])
  }

  @Test func `who takes part has said yes to something and no to nothing`() {
    typealias Word = TakingPart.Word
    let words = [
      Word("applicant", .sharing, isYes: false), Word("victims[0]", .authority, isYes: true),
      Word("victims[1]", .authority, isYes: true), Word("victims[1]", .sharing, isYes: false),
      Word("victims[2]", .sharing, isYes: true), Word("victims[3]", .authority, isYes: false),
      Word("victims[3]", .sharing, isYes: true),
    ]
    #expect(
      TakingPart.find(words, applicant: "applicant") == ["applicant", "victims[0]", "victims[2]"])
  }

  @Test func `nobody is ever told who is complained of`() {
    for reader in [NoticeReader.person, .body] {
      #expect(reader.protected.contains(.allegedPerpetrator))
    }
    #expect(NoticeReader.person.protected.contains(.otherVictims))
    #expect(NoticeReader.body.protected.contains(.applicantSide))
  }
}
