import CaseModel
import Policy
import Testing

@testable import Letters

/// What was recommended, to whom it was, and what became of it, in letters.
@Suite struct FollowUpNoticeTests {
  private func text(_ source: some NoticeSource) -> String {
    source.envelope(in: .english, from: Letter.Sender(source.pack)).text()
      .replacing("\n", with: " ")
  }

  private func followUp(_ items: Letter.FollowUpNotice.Item...) throws -> String {
    text(NoticeSample.followUp(try NoticeSample.pack("plymouth"), items))
  }

  @Test func `whoever takes part reads what was asked, said and done, in the words of the body`()
    throws
  {
    let all = try followUp(.done, .declined, .underWay)
    for words in [
      "Recommendation 1: Plymouth City Council", "“Name one officer whom the victim can ring.”",
      "On 20 April 2026 it said yes to all of this.", "It was done on 18 May 2026.",
      "“The number is on the website.”", "On 20 April 2026 it said no to this.",
      "“The lease does not allow it.”", "it said yes to a part of this.",
      "It should have been done by 15 May 2026.", "“Somebody is being trained.”",
    ] { #expect(all.contains(words), "\(words)") }
  }

  @Test func `that a body has not answered in time is said`() throws {
    #expect(
      try followUp(.overdue).contains("It should have answered by 14 May 2026. It has not."))
    let open = Letter.FollowUpNotice.Item.test { $0.dueOn = day("2026-06-01") }
    #expect(try followUp(open).contains("We asked it to answer by 1 June 2026."))
    #expect(try followUp(.test()).contains("It has not answered yet."))
  }

  @Test func `more is promised only while something is waited for`() throws {
    let promise = "We write to you again"
    #expect(try followUp(.accepted).contains(promise) && followUp(.overdue).contains(promise))
    #expect(!(try followUp(.done, .notDone, .declined).contains(promise)))
  }

  @Test func `a body is told what it is asked, that it need not do it, and by when it answers`()
    throws
  {
    let pack = try NoticeSample.pack("plymouth")
    let letter = text(NoticeSample.recommendation(pack))
    for words in [
      "To: Plymouth City Council.", "“Name one officer whom the victim can ring.”",
      "The panel asks for it by 29 May 2026.", "have regard to it (section 104(7))",
      "You need not do it.", "Please answer by 14 May 2026", "This letter has no personal details",
    ] { #expect(letter.contains(words), "\(words)") }
  }

  @Test func `a reminder says what is waited for, and after the day that it is late`() throws {
    let pack = try NoticeSample.pack("plymouth")
    func reminder(_ awaited: FollowUpAwaited, on today: String) -> String {
      text(
        NoticeSample.recommendation(
          pack, .init(of: awaited, dueOn: day("2026-05-14")), on: today))
    }
    #expect(reminder(.answer, on: "2026-05-14").contains("Please answer by 14 May 2026."))
    #expect(reminder(.answer, on: "2026-05-15").contains("Your answer was due by 14 May 2026."))
    #expect(!reminder(.action, on: "2026-05-14").contains("We do not know that it was done."))
    #expect(reminder(.action, on: "2026-05-15").contains("We do not know that it was done."))
  }
}
