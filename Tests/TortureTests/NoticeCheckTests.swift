import CaseModel
import Testing

@testable import Torture

/// What a run says of the letters that are owed.
@Suite struct NoticeCheckTests {
  private func report(_ spoil: (inout RunHistory) -> Void) -> TortureReport {
    var history = Fixture.history
    spoil(&history)
    return TortureChecker.check(history)
  }

  @Test func `every notice that is owed is written once in a run that went well`() {
    let report = report { _ in }
    #expect(report.isAsExpected)
    // Four applications, two bodies each; three decisions, two meetings, one recommendation.
    #expect(report.written == 4 + 8 + 3 + 2 + 1)
  }

  @Test(arguments: 0..<18)
  func `one that is lost is missing, and may only be late`(index: Int) {
    let report = report { $0.notices.remove(at: index) }
    #expect(report.findings.map(\.kind) == [.missing])
    #expect(report.mayOnlyBeLate)
  }

  @Test func `one that is still to be written is missing`() {
    let report = report { history in
      let notice = history.notices[0]
      history.notices[0] = RunHistory.Notice(
        reference: notice.reference, kind: notice.kind, reader: notice.reader, isWritten: false)
    }
    #expect(report.findings.map(\.kind) == [.missing])
  }

  @Test(arguments: 0..<17)
  func `one that was written twice is found`(index: Int) {
    let report = report { $0.notices.append($0.notices[index]) }
    #expect(report.findings.map(\.kind) == [.duplicated])
    #expect(!report.mayOnlyBeLate)
  }

  @Test(arguments: [(1, 0), (2, 1)])
  func `one that left twice is found`(times: Int, findings: Int) {
    let report = report { history in
      let notice = history.notices[0]
      history.notices[0] = RunHistory.Notice(
        reference: notice.reference, kind: notice.kind, reader: notice.reader, timesSent: times)
    }
    #expect(report.findings.map(\.kind) == Array(repeating: .duplicated, count: findings))
  }

  @Test func `one to somebody else, or of which nobody knows why, is unexpected`() {
    #expect(report { $0.add(.outcome, to: 3) }.findings.map(\.kind) == [.unexpected])
    #expect(report { $0.add(.other, to: 0) }.findings.map(\.kind) == [.unexpected])
    let other = report { $0.add(.acknowledgement, to: 0, reader: "victims[1]") }
    #expect(other.findings.map(\.kind) == [.unexpected])
  }

  @Test func `a reminder is owed each time, and that something is late once`() {
    let day = CalendarDate(daysSince1970: 20_000)
    let late: (inout RunHistory) -> Void = { history in
      for escalates in [false, true] {
        history.add(
          .reminderOwed(
            index: 0, body: "council", awaited: .answer, dueBy: day, isOverdue: true,
            escalates: escalates), by: "panel", to: 0)
      }
    }
    #expect(report(late).findings.map(\.kind) == [.missing, .missing])
    let told = report {
      late(&$0)
      for _ in 0..<2 { $0.add(.recommendationReminder, to: 0, reader: "council") }
      $0.add(.followUp, to: 0)
    }
    #expect(told.isAsExpected)
  }

  @Test func `a delay that was found late owes the applicant a word`() {
    let day = CalendarDate(daysSince1970: 20_000)
    let late: (inout RunHistory) -> Void = {
      $0.add(
        .delayNoticeOwed(stage: "decide", dueBy: day, escalates: false), by: "threshold", to: 3)
    }
    #expect(report(late).findings.map(\.kind) == [.missing])
    let told = report {
      late(&$0)
      $0.add(.delay, to: 3)
    }
    #expect(told.isAsExpected)
  }
}
