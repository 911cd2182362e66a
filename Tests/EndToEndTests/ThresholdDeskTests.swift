import Foundation
import Testing

extension RunningSystems {
  /// One running installation for all that is done about the threshold. It has adopted a procedure with two
  /// signatures besides those that are built in.
  @Suite(.serialized, .sharedSystem(adopting: ["exmouth.yaml": Packs.exmouth])) enum Desk {}
}

extension RunningSystems.Desk {
  /// What people do about the threshold.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct ThresholdDeskTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    // MARK: Information

    @Test func `what a body has on record is evidence, and the assessment says what turns on it`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let police = "devon-and-cornwall-police"
      let asked = try await system.json([
        "threshold", "information", "request", reference, "--body", police, "--body", "livewest",
        "--officer", "A. Officer",
      ])["information"].list
      #expect(asked.map { $0["mandatory"].bool } == [true, false])
      #expect(asked.allSatisfy { $0["dueOn"].text?.isEmpty == false })
      let early = try await system.run([
        "threshold", "information", "chase", reference, "--body", police, "--json",
      ])
      #expect(early.status == 65)
      #expect(try early.error["code"].text == "not-overdue")
      // What happened on 9 January had to be reported by 8 February: what the police have on record is out of
      // time, what the applicant says is not. That is a doubt, and the applicant has the benefit of it.
      let answered = try await system.json([
        "threshold", "information", "return", reference, "--body", police, "--complaint",
        "1=confirmed", "--recorded", "1=2026-02-20",
      ])
      #expect(answered["counted"].number == 3)
      try await system.json([
        "threshold", "information", "refuse", reference, "--body", "livewest", "--ground",
        "not-held",
      ])
      let assessment = try await system.json(["case", "show", reference])["threshold"]["assessment"]
      #expect(assessment["met"].bool == true)
      #expect(assessment["turnsOn"].list.first?["rule"].text == "turns-on-recorded-days")
      #expect(assessment["information"]["returned"].number == 1)
      #expect(assessment["information"]["refused"].number == 1)
      let first = assessment["routes"].list.first?["complaints"].list.first
      #expect(first?["standing"].text == "APPLICANT_SAYS")
      #expect(first?["rules"].list == [.text("complaint-counts")])
      let list = try await system.json(["threshold", "information", "list", reference])
      #expect(list["information"].list.map { $0["state"].text } == ["RETURNED", "REFUSED"])
      let screen = try await system.run(["threshold", "screen", reference])
      let record = try #require(screen.output.range(of: "What bodies have on record"))
      #expect(!screen.output[..<record.lowerBound].contains("body confirms"))
      #expect(screen.output[record.upperBound...].contains("body confirms"))
      #expect(screen.output.contains("LiveWest refused information on 30 June 2026 (not held)."))
      #expect(screen.output.contains("Still to be told (s.104(3)): "))
      let timeline = try await system.run(["case", "timeline", reference])
      #expect(timeline.output.contains("\(police) gave information"))
      let shown = try await system.json(["case", "show", reference])["threshold"]
      let found = try #require(shown["findings"].list.first)
      #expect(found["body"].text == police && found["complaint"].number == 0)
      #expect(found["standing"].text == "BODY_CONFIRMS")
      #expect(found["complaintDate"].text == "2026-02-20" && found["behaviourDate"] == .null)
      try await system.json(Journey.decide(reference))
      let letter = try await system.run(["threshold", "letter", reference])
      #expect(
        letter.output.contains(
          "Devon & Cornwall Police has it on record with another day. The record says that it was reported "
            + "on 20 February 2026; you told us on 10 January 2026. We used what you told us."),
        "\(letter.output)")
    }

    @Test(arguments: [
      ["--complaint", "0=confirmed"], ["--complaint", "1=perhaps"],
      ["--recorded", "1=2026-02-20"], ["--complaint", "1=confirmed", "--recorded", "1=yesterday"],
    ])
    func `an answer that makes no sense is wrong usage`(arguments: [String]) async throws {
      let outcome = try await system.run(
        ["threshold", "information", "return", "4F7K-2M98", "--body", "livewest"] + arguments)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("--help"))
    }

    // MARK: Deciding

    @Test func `the letter of a decision that is met, as text and as a page, in both languages`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      try await system.json(Journey.decide(reference))
      let english = try await system.run(["threshold", "letter", reference])
      #expect(english.status == 0, "\(english.errors)")
      #expect(english.output.contains("We have decided that there will be an ASB case review"))
      #expect(english.output.contains("made on 10 January 2026 (Devon & Cornwall Police)"))
      #expect(english.output.contains("Weighed with care"))
      #expect(
        english.output.contains("This was decided by: Plymouth City Council, Lead authority."))
      let due = try #require(
        try await system.json(["case", "show", reference])["panel"]["dueOn"].text)
      #expect(due == "2026-07-28", "twenty working days after 30 June")
      #expect(english.output.contains("We aim for 28 July 2026 at the latest."))
      #expect(!english.output.contains("A. Officer"))
      let welsh = try await system.run([
        "threshold", "letter", reference, "--language", "cy", "--format", "html",
      ])
      let page = try #require(Page(welsh.output))
      #expect(page.first("html")?.attributes["lang"] == "cy")
    }

    @Test func `a decision that is put off is a state with a day, and has its letter`() async throws
    {
      let system = try system
      let reference = try await system.apply("not-met.json")
      try await system.json([
        "threshold", "defer", reference, "--until", "2026-07-10", "--officer", "A. Officer",
        "--reason", "The landlord answers next week",
      ])
      let shown = try await system.json(["case", "show", reference])
      #expect(shown["status"].text == "deferred")
      #expect(shown["threshold"]["deferredUntil"].text == "2026-07-10")
      let letter = try await system.run(["threshold", "letter", reference])
      #expect(letter.output.contains("We have not decided yet: we will decide by 10 July 2026"))
      #expect(letter.output.contains("Date: 30 June 2026"))
      #expect(letter.output.contains("We did not keep that day."), "it was received in May")
      #expect(
        letter.output.contains("When we have decided, we will tell you how to appeal.")
          && !letter.output.contains("You can appeal"))
      let delay = try await system.run([
        "threshold", "letter", reference, "--delay", "decide", "--reason", "Still looking",
      ])
      #expect(delay.output.contains("We now aim for 10 July 2026."), "\(delay.errors)")
      try await system.json(Journey.decide(reference, "--not-met"))
      let decided = try await system.json(["case", "show", reference])
      #expect(decided["status"].text == "not_met")
      #expect(decided["threshold"]["deferredUntil"] == .null)
    }

    @Test func `a clock stands still, runs again and is given more time, each with a reason`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      func change(_ what: String, _ more: String...) -> [String] {
        [
          "threshold", "clock", what, reference, "--stage", "decide", "--officer", "A. Officer",
          "--reason", "The applicant asked for time",
        ] + more
      }
      let listed = try await system.json(["threshold", "clock", "list", reference])["clocks"].list
      let decide = try #require(listed.first { $0["stage"].text == "decide" })
      #expect(decide["source"].text == "recourse-default")
      #expect(decide["late"].bool == true, "it was received in March")
      let answers = try #require(listed.first { $0["stage"].text == "information" })
      #expect(answers["late"].bool == true && answers["nobodyAsked"].bool == true)
      #expect(try await system.json(change("pause"))["clock"]["paused"].bool == true)
      let still = try await system.run(["threshold", "clock", "list", reference])
      #expect(still.output.contains("  late, nobody asked  "))
      let row = still.output.split(separator: "\n").first { $0.hasPrefix("decide ") }
      #expect(row?.contains("  late, stands still  ") == true, "\(still.output)")
      let again = try await system.run(change("pause") + ["--json"])
      #expect(again.status == 65)
      #expect(try again.error["code"].text == "paused-already")
      #expect(try await system.json(change("resume"))["clock"]["paused"].bool == false)
      try await expectDelayIsTold(in: reference, on: system)
      let gone = try await system.run(change("extend", "--days", "5") + ["--json"])
      #expect(try gone.error["code"].text == "already-gone")
      let extended = try await system.json(change("extend", "--days", "60"))
      #expect(try #require(extended["clock"]["daysAdded"].number) >= 60)
      let table = try await system.run(["threshold", "clock", "list", reference])
      #expect(table.output.contains("working days"))
      let timeline = try await system.run(["case", "timeline", reference])
      #expect(timeline.output.contains("was given more time"))
    }

    /// The letter about the delay, and the evidence that the applicant had it.
    private func expectDelayIsTold(in reference: String, on system: RunningSystem) async throws {
      let silent = try await system.run(["threshold", "letter", reference, "--delay", "decide"])
      #expect(silent.status == 64, "whoever waits is told why")
      let letter = try await system.run([
        "threshold", "letter", reference, "--delay", "decide", "--reason", "Still looking",
      ])
      #expect(
        letter.output.contains("We are late with this: the decision about the threshold."),
        "\(letter.errors)")
      #expect(letter.output.contains("“Still looking”"))
      let told = try await system.json([
        "threshold", "delay", "told", reference, "--stage", "decide", "--on", "2026-06-30",
        "--officer", "A. Officer",
      ])
      #expect(told["delay"]["toldOn"].text == "2026-06-30")
      let shown = try await system.json(["case", "show", reference])["threshold"]
      #expect(shown["delays"].list.contains { $0["toldOn"].text == "2026-06-30" })
      let early = try await system.run([
        "threshold", "letter", reference, "--delay", "panel", "--reason", "None", "--json",
      ])
      #expect(early.status == 65)
      #expect(try early.error["code"].text == "not-late")
    }

    @Test func `no letter says that a stage is late which is done`() async throws {
      let system = try system
      let reference = try await system.apply("not-met.json")
      try await system.json(Journey.decide(reference, "--not-met"))
      let letter = try await system.run([
        "threshold", "letter", reference, "--delay", "decide", "--reason", "Late", "--json",
      ])
      #expect(letter.status == 65)
      #expect(try letter.error["code"].text == "stage-done")
      #expect(try letter.error["message"].text?.contains("30 June 2026") == true)
    }

    @Test func `an appeal that is upheld is decided again, each time by somebody else`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("not-met.json")
      try await system.json(Journey.decide(reference, "--not-met"))
      let made = try await system.json([
        "threshold", "appeal", "make", reference, "--about", "handling", "--ground",
        "threshold-was-met", "--reason", "I reported more often", "--officer", "C. Officer",
      ])
      #expect(made["appeal"]["number"].number == 1)
      #expect(
        try await system.json(["case", "show", reference])["appealStatus"].text
          == "appeal_received")
      let letter = ["threshold", "letter", reference]
      let acknowledged = try await system.run(letter + ["--appeal", "1"])
      #expect(
        acknowledged.output.contains("We have the appeal that you made on 30 June 2026."),
        "\(acknowledged.errors)")
      func uphold(by officer: String) -> [String] {
        [
          "threshold", "appeal", "decide", reference, "--number", "1", "--uphold", "--officer",
          officer, "--reason", "A report was overlooked",
        ]
      }
      let same = try await system.run(uphold(by: "A. Officer") + ["--json"])
      #expect(same.status == 65)
      #expect(try same.error["code"].text == "same-officer")
      let upheld = try await system.json(uphold(by: "D. Officer"))
      #expect(upheld["appeal"]["outcome"].text == "REFERRED_BACK")
      #expect(upheld["appeal"]["officer"].text == "C. Officer")
      #expect(upheld["appeal"]["decidedBy"].text == "D. Officer")
      let handler = "Office of the Devon and Cornwall Police and Crime Commissioner"
      #expect(upheld["appeal"]["capacity"].text == handler)
      let outcome = try await system.run(letter + ["--appeal", "1"])
      #expect(outcome.output.contains("“A report was overlooked”"))
      #expect(outcome.output.contains("It was decided by: \(handler)."))
      let text = try await system.run(["case", "show", reference])
      #expect(text.output.contains("upheld on 30 June 2026 by D. Officer"))
      #expect(text.output.contains("Reason: A report was overlooked"))
      // The new decision has its own time; that the first one was late is another matter.
      let delay = try await system.run(
        letter + ["--delay", "decide", "--reason", "Late", "--json"])
      #expect(try delay.error["code"].text == "not-late")
      let again = try await system.run(Journey.decide(reference) + ["--json"])
      #expect(try again.error["code"].text == "same-officer")
      let anew = try await system.json([
        "threshold", "decide", reference, "--not-met", "--officer", "E. Officer", "--capacity",
        "Lead authority", "--reason", "Looked at again",
      ])
      #expect(anew["number"].number == 2)
      let decided = try await system.run(letter)
      #expect(
        decided.output.contains("This decision takes the place of the one of 30 June 2026."))
      #expect(decided.output.contains("Appeal 1 was upheld on 30 June 2026."))
    }
  }
}
