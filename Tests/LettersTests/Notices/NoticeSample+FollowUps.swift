import CaseModel
import Policy

@testable import Letters

extension NoticeSample {
  static let followUps = [
    NoticeSample("follow-up") { pack, _ in
      followUp(pack, [.accepted, .underWay, .overdue, .declined])
    },
    NoticeSample("follow-up-settled", under: "south-wales") { pack, _ in
      followUp(pack, [.done, .notDone])
    },
    NoticeSample("recommendation") { pack, _ in recommendation(pack) },
    NoticeSample("recommendation-without-days", under: "south-wales") { pack, _ in
      recommendation(pack, answerDueOn: nil, askedBy: nil)
    },
    NoticeSample("recommendation-reminder-answer") { pack, _ in
      recommendation(pack, .init(of: .answer, dueOn: day("2026-05-14")), on: "2026-05-07")
    },
    NoticeSample("recommendation-reminder-action") { pack, _ in
      recommendation(pack, .init(of: .action, dueOn: day("2026-05-29")), on: "2026-06-01")
    },
  ]

  static func recommendation(
    _ pack: PolicyPack, _ reminder: Letter.RecommendationNotice.Reminder? = nil,
    answerDueOn: String? = "2026-05-14", askedBy: String? = "2026-05-29",
    on today: String = "2026-04-15"
  ) -> Letter.RecommendationNotice {
    Letter.RecommendationNotice(
      to: "plymouth-city-council", number: 1, "Name one officer whom the victim can ring.",
      madeOn: day("2026-04-14"), answerDueOn: answerDueOn.map(day), askedBy: askedBy.map(day),
      reminder: reminder, caseReference: reference, pack: pack, on: day(today))
  }

  static func followUp(
    _ pack: PolicyPack, _ items: [Letter.FollowUpNotice.Item]
  ) -> Letter.FollowUpNotice {
    Letter.FollowUpNotice(items, caseReference: reference, pack: pack, on: day("2026-05-20"))
  }
}

extension Letter.FollowUpNotice.Item {
  /// - Parameter change: what this one has besides having been made.
  static func test(
    _ change: (inout Letter.FollowUpNotice.Item) -> Void = { _ in }
  ) -> Letter.FollowUpNotice.Item {
    var item = Letter.FollowUpNotice.Item(
      to: "plymouth-city-council", "Name one officer whom the victim can ring.")
    change(&item)
    return item
  }

  static let overdue = test {
    $0.dueOn = day("2026-05-14")
    $0.isOverdue = true
  }
  static let accepted = test {
    $0.answer = .accepted
    $0.answeredOn = day("2026-04-20")
    $0.doBy = day("2026-05-29")
    $0.dueOn = day("2026-05-29")
  }
  static let declined = test {
    $0.answer = .notAccepted
    $0.answeredOn = day("2026-04-20")
    $0.reason = "The lease does not allow it."
  }
  static let underWay = test {
    $0.answer = .acceptedInPart
    $0.answeredOn = day("2026-04-20")
    $0.reason = "On weekdays only."
    $0.doBy = day("2026-05-15")
    $0.dueOn = day("2026-05-15")
    $0.isOverdue = true
    $0.action = .underWay
    $0.reportedOn = day("2026-05-10")
    $0.report = "Somebody is being trained."
  }
  static let done = test {
    $0.answer = .accepted
    $0.answeredOn = day("2026-04-20")
    $0.doBy = day("2026-05-29")
    $0.action = .done
    $0.reportedOn = day("2026-05-18")
    $0.evidence = "The number is on the website."
  }
  static let notDone = test {
    $0.answer = .accepted
    $0.answeredOn = day("2026-04-20")
    $0.doBy = day("2026-05-29")
    $0.action = .notDone
    $0.reportedOn = day("2026-05-18")
    $0.report = "The post was cut."
  }
}
