import CaseModel
import Policy
import Testing

@testable import Letters

/// What each letter has to say.
@Suite struct NoticeFactsTests {
  static let sender = Letter.Sender(.exmouth(), followAt: NoticeSample.followAt)

  static func text(_ source: any NoticeSource, from sender: Letter.Sender = sender) -> String {
    source.envelope(in: .english, from: sender).text()
  }

  static func acknowledgement(
    clocks: [Clock], deadlines: [Clock.Stage: Letter.Deadline] = [:],
    ways: [Letter.SafeWay] = [], lender: PolicyPack? = nil
  ) -> Letter.Acknowledgement {
    Letter.Acknowledgement(
      caseReference: NoticeSample.reference, receivedOn: day("2026-04-02"),
      pack: .exmouth(clocks: clocks), lender: lender, deadlines: deadlines, ways: ways,
      on: day("2026-04-07"))
  }

  @Test func `an acknowledgement counts days from receipt by the procedure's clocks`() {
    let text = Self.text(
      Self.acknowledgement(clocks: [
        Clock(.decide, Period(2, .workingDays), from: .receipt),
        Clock(.information, Period(1, .weeks), from: .acknowledgement),
        Clock(.panel, Period(20, .workingDays), from: .decision),
      ]))
    // Easter lies between.
    #expect(text.contains("- We decide about the threshold: by 8 April 2026."))
    #expect(text.contains("- The bodies send what they know: by 14 April 2026."))
    #expect(
      text.contains(
        "a panel meets: 20 working days at most, counted from this: the decision."))
    #expect(text.contains("- We tell you the outcome: we do not know yet by when."))
    #expect(!text.contains("we aim for"))
  }

  @Test func `a lent clock is an aim, and said to be`() throws {
    let lender = try NoticeSample.pack(PolicyPack.defaultName)
    let text = Self.text(Self.acknowledgement(clocks: [], lender: lender))
    #expect(text.contains("We decide about the threshold: we aim for 27 April 2026."))
    #expect(text.contains("Where we say “we aim for”, our procedure gives no time."))
  }

  @Test func `what is known of a clock goes before what the pack says`() {
    let text = Self.text(
      Self.acknowledgement(
        clocks: [Clock(.decide, Period(2, .workingDays), from: .receipt)],
        deadlines: [.decide: Letter.Deadline(day("2026-04-20"), source: "exmouth")]))
    #expect(text.contains("We decide about the threshold: by 20 April 2026."))
  }

  @Test func `safe ways are said by kind, and that there is none is said`() {
    let all = Self.text(Self.acknowledgement(clocks: [], ways: Letter.SafeWay.allCases))
    for way in ["By email.", "By text message.", "By post.", "We may leave a message."] {
      #expect(all.contains(way))
    }
    #expect(
      Self.text(Self.acknowledgement(clocks: []))
        .contains("We do not know yet which way is safe for you."))
  }

  @Test(arguments: NoticeSample.all)
  func `every letter to a person has whom to ring in danger, and who helps`(sample: NoticeSample)
    throws
  {
    let source = try sample.source()
    guard !source.isForBody else { return }
    let text = Self.text(source)
    #expect(text.contains("Who can help you"))
    #expect(text.contains("call 999") && text.contains("101"))
  }

  @Test(arguments: NoticeSample.all)
  func `no letter has the case's code, and only those that say how to follow name the page`(
    sample: NoticeSample
  ) throws {
    let text = Self.text(try sample.source())
    let kinds: Set<Letter.Notice.Kind> = [
      .acknowledgement, .consentRequest, .outcome, .followUp,
    ]
    // Who is asked whether another may act for them has not applied, and has nothing to follow.
    let follows = try kinds.contains(sample.source().kind) && sample.name != "consent-to-act"
    #expect(text.contains(NoticeSample.followAt) == follows)
  }

  @Test(
    arguments: NoticeSample.all.filter { $0.name.contains("body") || $0.name.hasPrefix("info") })
  func `a letter to a body names it, names nobody, and says where the rest is`(sample: NoticeSample)
    throws
  {
    let text = Self.text(try sample.source())
    #expect(text.contains("To: "))
    #expect(text.contains("This letter has no personal details"))
    #expect(!text.contains("your code"))
  }

  @Test func `a body that must answer is told so, and one that may`() throws {
    let pack = try NoticeSample.pack("plymouth")
    let must = Self.text(NoticeSample.information(pack, to: "livewest", on: "2026-03-18"))
    #expect(must.contains("You must answer as far as you hold it in the exercise of public"))
    let may = Self.text(
      NoticeSample.information(pack, to: "livewest", isMandatory: false, on: "2026-03-18"))
    #expect(may.contains("You may answer, and need not.") && !may.contains("You must"))
    for text in [must, may] { #expect(text.contains("Schedule 4, paragraph 7")) }
  }

  @Test func `a reminder says when it was asked, and after the day that it is late`() throws {
    let pack = try NoticeSample.pack("plymouth")
    func chaser(_ today: String) -> String {
      Self.text(
        NoticeSample.information(pack, to: "livewest", chasedOn: [today], on: today))
    }
    #expect(chaser("2026-03-30").contains("On 18 March 2026 we asked you for information"))
    #expect(chaser("2026-03-30").contains("Please answer by 30 March 2026."))
    #expect(chaser("2026-03-31").contains("It was due by 30 March 2026."))
  }

  @Test func `an invitation says when, where, how and by when, and can be moved or taken back`() {
    let pack = PolicyPack.exmouth()
    let text = Self.text(NoticeSample.invitation(pack))
    for words in [
      "It meets on 14 April 2026.", "It begins at 10.00 and ends at about 12.30.",
      "Where: Council House, Armada Way.", "You come yourself.", "You join by phone or video.",
      "Somebody whom you choose speaks for you.", "Please tell us by 7 April 2026.",
      "come 2 working days before", "An interpreter, sign language, or Welsh.",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    let moved = Self.text(NoticeSample.invitation(pack, .moved(from: day("2026-04-02"))))
    #expect(moved.contains("It was to meet on 2 April 2026. It now meets on 14 April 2026."))
    let cancelled = Self.text(NoticeSample.invitation(pack, .cancelled))
    #expect(cancelled.contains("It does not meet on 14 April 2026"))
    #expect(!cancelled.contains("Council House"))
  }

  @Test func `only the ways that there are can be chosen, and no place is told of no room`() {
    let pack = PolicyPack.exmouth()
    let remote = Letter.Invitation(
      to: Letter.Invitation.Meeting(on: day("2026-04-14"), place: "Hall 7"),
      ways: [.remotely, .statement], caseReference: "R", pack: pack, uid: "u", sequence: 0,
      on: day("2026-03-25"))
    let text = Self.text(remote)
    #expect(!text.contains("Hall 7") && !text.contains("You come yourself."))
    #expect(text.contains("We will tell you the time when it is fixed."))
  }

  @Test(arguments: [
    (Letter.Invitation.Choice.takesPart(.inPerson), "you come yourself", "comes themselves"),
    (.takesPart(.remotely), "you join by phone or video", "joins by phone or video"),
    (.takesPart(.representative), "somebody speaks for you", "speaks for the person who applied"),
    (.takesPart(.statement), "you send a statement", "sends a statement"),
    (.staysAway, "you do not take part", "does not take part"),
  ])
  func `what the applicant has chosen is said to them and to bodies, and is not asked again`(
    choice: Letter.Invitation.Choice, own: String, toBody: String
  ) {
    let pack = PolicyPack.exmouth()
    func text(_ choice: Letter.Invitation.Choice?, of body: String? = nil) -> String {
      Self.text(
        Letter.Invitation(
          of: body, to: Letter.Invitation.Meeting(on: day("2026-04-14")), choice: choice,
          answerBy: day("2026-04-07"), caseReference: "R", pack: pack, uid: "u", sequence: 0,
          on: day("2026-03-25")))
    }
    let told = text(choice)
    #expect(told.contains("You told us that \(own)."))
    #expect(told.contains("If you change your mind, please tell us by 7 April 2026."))
    #expect(!told.contains("Please tell us by") && text(nil).contains("Please tell us by"))
    #expect(text(choice, of: "devon-and-cornwall-police").contains(toBody))
    #expect(!text(nil).contains("You told us"))
  }

  @Test func `who has not applied answers by the code of the letter, or in any other way`() {
    let pack = PolicyPack.exmouth()
    func text(_ answering: Letter.ConsentRequest.Answering) -> String {
      Self.text(
        Letter.ConsentRequest(
          .toAct, answering, caseReference: "3HM3-XBSM", pack: pack, on: day("2026-03-25")))
    }
    let code = "4F7K-2M98-0QRS-TVWX"
    let coded = text(.code(code, at: "reviews.example.org/answer"))
    #expect(coded.contains("this code: \(code)."))
    #expect(coded.contains("Answer here: reviews.example.org/answer"))
    #expect(!coded.contains("last day"))
    let dated = text(.code(code, at: "", until: day("2026-05-20")))
    #expect(dated.contains("The last day on which it works is 20 May 2026."))
    let without = text(.code(code, at: ""))
    #expect(without.contains("choose “Answer a letter that asks for your consent”"))
    // Nobody is told of a code that they were never given.
    for other in [text(.anyWay), text(.asApplicant)] {
      #expect(
        other.contains("Tell us in any way that suits you.") && !other.contains("your code here"))
    }
  }
}
