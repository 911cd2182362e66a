import Messages
import SwiftProtobuf
import Testing
import WorkerKit

@testable import recourse

/// What the demonstration takes out of a letter and a page, and the line of a letter on a case's file.
@Suite struct DemoWordsTests {
  private static let letter = """
    Your request
    ============

    Case reference: 3HM3-XBSM. Date: 16 March 2026.

    There will be a review: <the threshold> is met.

    More of this.

    Why
    ---

    Three count for Devon & Cornwall.

    - A list.
    """

  @Test func `a letter begins with its title, what was decided, and why`() throws {
    let beginning = try #require(LetterBeginning(text: Self.letter))
    #expect(beginning.title == "Your request")
    #expect(
      beginning.lines == [
        "There will be a review: <the threshold> is met.", "Three count for Devon & Cornwall.",
      ])
  }

  @Test(arguments: [
    "", "Words without a heading.", "Title\n=====\n\nReference.\n\nDecided.",
    "Title\n=====\n\nReference.\n\nWhy\n---\n\nBecause.",
  ])
  func `a letter without a reason has no such beginning`(text: String) {
    #expect(LetterBeginning(text: text) == nil)
  }

  @Test func `a letter stands in the page that has all of it, whatever the page's marks`() throws {
    let beginning = try #require(LetterBeginning(text: Self.letter))
    let page = """
      <main><h1>Your request</h1>
      <p>There will be a <strong>review</strong>: &lt;the threshold&gt; is met.</p>
      <h2>Why</h2><p>Three count for Devon &amp; Cornwall.</p></main>
      """
    #expect(beginning.stands(in: page))
    #expect(!beginning.stands(in: page.replacing("Three", with: "Two")))
    #expect(!beginning.stands(in: page.replacing("Your request", with: "")))
  }

  private static let page = """
    <p><strong>Not this</strong></p><p>It stands before the main part.</p>
    <main id="main"><h1>Your case</h1>
    <p><strong>The review has a day</strong></p>
    <p>The bodies meet on 23 March 2026.</p>
    <dl><div><dt>The bodies meet</dt>
    <dd><p>On 23 March 2026.</p></dd></div></dl>
    <ul><li><a href="/case/letters">Letters to you (3)</a></li></ul>
    <dl><div><dt>Reference</dt><dd><p>3HM3-XBSM</p></dd></div></dl></main>
    """

  @Test func `a case's page says where it is, what comes next, and how many letters there are`()
    throws
  {
    let page = try #require(CasePage(html: Self.page))
    #expect(page.standing == "The review has a day")
    #expect(page.explanation == "The bodies meet on 23 March 2026.")
    #expect(page.next == ["The bodies meet: On 23 March 2026."])
    #expect(page.letters == 3)
    #expect(page.facts == ["3HM3-XBSM"])
  }

  @Test(arguments: ["", "<main><h1>Follow your case</h1><p>You need the code.</p></main>"])
  func `another page is no case's`(html: String) { #expect(CasePage(html: html) == nil) }

  @Test(
    arguments: [
      (.sent, "sent on 16 March 2026"), (.delivered, "arrived on 17 March 2026"),
      (.held, "held, written on 15 March 2026 (no safe way)"), (.composing, "being written"),
      (.failed, "failed, written on 15 March 2026 (mailbox-refused)"),
      (.uncertain, "uncertain, written on 15 March 2026"),
    ] as [(Recourse_Correspondence_V1_NoticeState.Value, String)])
  func `a letter on a case's file has its kind, its way, its state and the day`(
    state: Recourse_Correspondence_V1_NoticeState.Value, fate: String
  ) {
    let notice = Recourse_Correspondence_V1_Notice.with {
      $0.kind = .thresholdMet
      $0.person = "applicant"
      $0.channel = .post
      $0.state = state
      $0.composedOn = "2026-03-15"
      if state == .sent || state == .delivered { $0.sentOn = "2026-03-16" }
      if state == .delivered { $0.deliveredOn = "2026-03-17" }
      if state == .held { $0.holdReason = .noSafeWay }
      if state == .failed { $0.failureCode = "mailbox-refused" }
    }
    #expect(notice.sentence == "Threshold met, to applicant, by post: \(fate)")
  }

  @Test func `what comes late is waited for, and what does not come is said`() async throws {
    var looks = 0
    let found = try await DemoStage.look("It does not come.", within: .seconds(60)) {
      looks += 1
      return looks == 3 ? looks : nil
    }
    #expect(found == 3)
    let failure = await #expect(throws: Failure.self) {
      try await DemoStage.look("It does not come.", within: .milliseconds(50)) { nil as Int? }
    }
    #expect(failure == .notShown("It does not come."))
    #expect(failure?.exit == .fault)
  }

  @Test func `the support provider listens as long as it is needed`() async throws {
    let web = WebCaller()
    let place = try await DemoSupport(.init()).withProvider { endpoint in
      let place = "\(endpoint)/referrals/none"
      let answer = try await web.send(
        WebRequest(url: place, headers: [("Authorization", "Bearer demo")]))
      #expect(answer.status == 404, "it has no such referral")
      return place
    }
    await #expect(throws: WebFault.self) { try await web.send(WebRequest(url: place)) }
  }
}
