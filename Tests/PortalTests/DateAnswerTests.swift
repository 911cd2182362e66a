import CaseModel
import Testing

@testable import Portal

/// Dates as people remember them.
@Suite struct DateAnswerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let from: String
    var to = ""
    var isAbout = false
    /// First and last day, or the fault.
    let becomes: String

    var testDescription: String { "\(from) \(to)\(isAbout ? " about" : "")" }

    var answer: DateAnswer {
      func parts(_ text: String) -> DateAnswer.Parts {
        let all = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return all.count == 3
          ? DateAnswer.Parts(day: all[0], month: all[1], year: all[2]) : DateAnswer.Parts()
      }
      return DateAnswer(from: parts(from), to: parts(to), isAbout: isAbout)
    }
  }

  static let rows = [
    Row(from: "9/1/2026", becomes: "2026-01-09 2026-01-09"),
    Row(from: "9/1/26", becomes: "2026-01-09 2026-01-09"),
    Row(from: "9/Jan/2026", becomes: "2026-01-09 2026-01-09"),
    Row(from: "9/ionawr/2026", becomes: "2026-01-09 2026-01-09"),
    Row(from: "/2/2026", becomes: "2026-02-01 2026-02-28"),
    Row(from: "/3/2026", becomes: "2026-03-01 2026-03-20"),
    Row(from: "9/1/2026", isAbout: true, becomes: "2026-01-06 2026-01-12"),
    Row(from: "19/3/2026", isAbout: true, becomes: "2026-03-16 2026-03-20"),
    Row(from: "9/1/2026", to: "11/1/2026", becomes: "2026-01-09 2026-01-11"),
    Row(from: "/12/2025", to: "/1/2026", becomes: "2025-12-01 2026-01-31"),
    Row(from: "", becomes: "missing"),
    Row(from: "31/2/2026", becomes: "notADate"),
    Row(from: "9/13/2026", becomes: "notADate"),
    Row(from: "9/1/", becomes: "notADate"),
    Row(from: "9//2026", becomes: "notADate"),
    Row(from: "-1/1/2026", becomes: "notADate"),
    Row(from: "٩/1/2026", becomes: "notADate"),
    Row(from: "21/3/2026", becomes: "inTheFuture"),
    Row(from: "/4/2026", becomes: "inTheFuture"),
    Row(from: "31/12/1999", becomes: "tooEarly"),
    Row(from: "9/1/2026", to: "8/1/2026", becomes: "wrongOrder"),
    Row(from: "9/1/2026", to: "99/1/2026", becomes: "lastDayNotADate"),
    Row(from: "9/1/2026", to: "21/3/2026", becomes: "inTheFuture"),
  ]

  @Test(arguments: rows)
  func `a date is read as it was meant, or refused`(_ row: Row) throws {
    let today = try #require(CalendarDate("2026-03-20"))
    let became: String
    do throws(DateAnswer.Fault) {
      let range = try row.answer.range(until: today)
      became = "\(range.lowerBound) \(range.upperBound)"
    } catch {
      became = "\(error)"
      // What is said never repeats what was typed.
      for language in Language.allCases {
        #expect(!error.message(Say(language: language)).contains("31/"))
      }
    }
    #expect(became == row.becomes)
  }
}
