import CaseModel
import PanelRules
import Testing

@Suite struct ReminderPlanTests {
  private static func day(_ text: String) -> CalendarDate { PanelDateTests.day(text) }

  private static func plan(_ dueOn: String) -> ReminderPlan {
    ReminderPlan(dueOn: day(dueOn), calendar: .englandAndWales)
  }

  @Test func `the first comes five working days before the last day`() {
    let first = Self.plan("2026-04-29").first(today: Self.day("2026-03-16"))
    #expect(first == .init(step: 0, on: Self.day("2026-04-22")) && !first.isOverdue)
    // Good Friday and Easter Monday are no working days.
    let easter = Self.plan("2026-04-08").first(today: Self.day("2026-03-16"))
    #expect(easter.on == Self.day("2026-03-30"))
  }

  @Test(arguments: ["2026-04-22", "2026-04-28", "2026-05-20"])
  func `where there is no time for it the first comes when it is overdue`(today: String) {
    let first = Self.plan("2026-04-29").first(today: Self.day(today))
    #expect(first == .init(step: 1, on: Self.day("2026-04-30")) && first.isOverdue)
  }

  @Test func `what was missed while nothing ran is not made up for`() {
    let next = Self.plan("2026-04-29").next(after: 1, today: Self.day("2026-06-01"))
    #expect(next == .init(step: 2, on: Self.day("2026-06-15")))
  }

  @Test func `beyond the known bank holidays reminders go on`() {
    let plan = Self.plan("2028-12-29")
    #expect(plan.next(after: 0, today: Self.day("2028-12-22"))?.on == Self.day("2028-12-30"))
    #expect(
      plan.next(after: 1, today: Self.day("2028-12-30"))?.on
        == Self.day("2028-12-30").adding(days: 14))
  }

  @Test func `whenever it begins, reminders come ever later and end`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let due = Self.day("2026-01-01").adding(days: Int.random(in: 0..<1_000, using: &generator))
      var today = due.adding(days: Int.random(in: -60..<60, using: &generator))
      let plan = ReminderPlan(dueOn: due, calendar: .englandAndWales)
      var reminder: ReminderPlan.Reminder? = plan.first(today: today)
      var count = 0
      while let one = reminder {
        count += 1
        #expect(count <= ReminderPlan.overdueLimit + 1)
        #expect(one.isOverdue == (one.on > due), "\(one) of \(due)")
        #expect(one.step == 0 || count == one.step || count == one.step + 1)
        // It may be noticed late.
        today = max(today, one.on).adding(days: Int.random(in: 0..<3, using: &generator))
        let next = plan.next(after: one.step, today: today)
        if let next, one.isOverdue { #expect(next.on > today, "\(next) on \(today)") }
        reminder = next
      }
      #expect(count >= ReminderPlan.overdueLimit)
    }
  }
}
