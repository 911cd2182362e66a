import CaseModel
import Foundation
import Intake
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing

@testable import Portal

/// Which question comes next, what is wrong with an answer, and what is handed in.
@Suite struct JourneyTests {
  @Test func `a draft comes back as it was, byte for byte`() throws {
    var draft = DraftFixture.draft(complaints: [[:], ["made-to": "other"]])
    _ = draft.add(to: \.people)
    draft.files = [.init(id: "f-1", name: "a.jpg", mediaType: "image/jpeg", bytes: 12)]
    let again = try ApplicationDraft(json: try draft.json)
    #expect(again == draft)
    #expect(try again.json == draft.json)
    #expect(try ApplicationDraft(json: Data()) == ApplicationDraft())
    #expect(throws: (any Error).self) { try ApplicationDraft(json: Data("{".utf8)) }
  }

  @Test func `numbers of entries are never used again, and are bounded`() {
    var draft = ApplicationDraft()
    #expect(draft.add(to: \.complaints) == 1)
    draft.complaints = []
    #expect(draft.add(to: \.complaints) == 2)
    for _ in 1..<ApplicationDraft.entriesLimit { _ = draft.add(to: \.complaints) }
    #expect(draft.complaints.count == ApplicationDraft.entriesLimit)
    #expect(draft.add(to: \.complaints) == nil)
  }

  @Test(arguments: [
    ("myself", []), ("business", ["organisation"]), ("group", ["organisation"]),
    ("somebody-else", ["agreement", "relation", "their-name", "their-contact"]),
  ])
  func `who is asked what depends on whom they apply for`(who: String, more: [String]) throws {
    let journey = try DraftFixture.journey(DraftFixture.draft(main: ["who": who]))
    let asked = journey.stops.compactMap { stop -> String? in
      if case .step(let key) = stop { key } else { nil }
    }
    #expect(Array(asked.prefix(2)) == ["who", "danger"], "danger comes first")
    let depending = ["agreement", "relation", "their-name", "their-contact", "organisation"]
    #expect(asked.filter(depending.contains) == more)
    #expect(Set(asked).count == asked.count)
    #expect(journey.stops.last == .check)
  }

  @Test func `every stop but the last leads on, and back again`() throws {
    let journey = try DraftFixture.journey(
      DraftFixture.draft(main: ["who": "somebody-else"], complaints: [[:], [:]]))
    #expect(journey.previous(before: .step("who")) == nil)
    for stop in journey.stops where stop != .check {
      #expect(journey.next(after: stop) != stop)
    }
    #expect(journey.next(after: .complaint(1, "hate")) == .complaints)
    #expect(journey.next(after: .complaints) == .people)
    #expect(journey.previous(before: .complaint(2, "happened")) == .complaints)
    #expect(journey.next(after: .files) == .check)
  }

  @Test func `of several bodies of a kind one is asked for, of one it is known`() throws {
    let draft = DraftFixture.draft(complaints: [["made-to": "housing"], ["made-to": "police"]])
    let journey = try DraftFixture.journey(draft)
    #expect(journey.steps(of: draft.complaints[0]).map(\.key).contains("body"))
    #expect(!journey.steps(of: draft.complaints[1]).map(\.key).contains("body"))
    #expect(journey.open == [.complaint(1, "body")])
  }

  @Test func `what is not answered yet is told in order`() throws {
    let journey = try DraftFixture.journey(ApplicationDraft())
    let open = journey.open
    #expect(open.first == .step("who") && open.contains(.complaints))
    #expect(open.contains(.step("consent-sharing")) && !open.contains(.step("impact")))
    #expect(try DraftFixture.journey(DraftFixture.draft()).open.isEmpty)
  }

  @Test(arguments: [
    ("who", [:], "who"), ("agreement", ["agreement": "no"], "agreement"),
    ("contact", [:], "email"), ("contact", ["email": "nobody"], "email"),
    ("contact", ["phone": "call me"], "phone"), ("safe-ways", [:], "safe-ways"),
    (
      "phone-times", ["phone-from": "10:05", "phone-until": "25", "voicemail": "no"], "phone-until"
    ),
    ("phone-times", ["phone-from": "9", "phone-until": "09:00", "voicemail": "no"], "phone-until"),
    ("phone-times", ["phone-from": "ten", "phone-until": "11", "voicemail": "no"], "phone-from"),
    ("danger", ["danger": "maybe"], "danger"), ("consent-sharing", [:], "consent-sharing"),
    ("name", ["name": String(repeating: "x", count: 501)], "name"),
  ])
  func `what cannot be taken is told beside its field`(
    step key: String, answers: [String: String], field: String
  ) throws {
    for language in Language.allCases {
      let journey = try DraftFixture.journey(
        DraftFixture.draft(main: ["who": "somebody-else"]), language: language)
      let step = try #require((journey.first + journey.last).first { $0.key == key })
      let faults = step.allFaults(Answers(answers), journey.asking)
      #expect(faults.map(\.field) == [field])
      #expect(faults.allSatisfy { !$0.message.isEmpty })
      for typed in answers.values where typed.count > 3 {
        #expect(!faults[0].message.contains(typed), "what was typed is not repeated")
      }
    }
  }

  @Test(arguments: [
    ("9", "09:00"), ("9.30", "09:30"), ("09:30", "09:30"), ("22", "22:00"), ("10pm", "22:00"),
    ("9.15 PM", "21:15"), ("12am", "00:00"), ("12 pm", "12:00"), ("0", "00:00"), ("24", nil),
    ("13pm", nil), ("0am", nil), ("9:60", nil), ("ten", nil), ("", nil),
  ])
  func `a time is read as people write it`(text: String, time: String?) {
    #expect(ContactSteps.time(text) == time)
  }

  @Test func `answers are read back in words, whatever was left empty`() {
    func words(_ answers: [String: String], _ language: Language) -> [String] {
      let field = Field("happened", "When?", .date(hasDay: true))
      return CheckAnswersPage.values(of: field, Answers(answers), Say(language: language))
        .map { words in words.runs.map { "\($0)" }.joined() }
    }
    let day = ["happened-day": "9", "happened-month": "1", "happened-year": "2026"]
    #expect(words(day, .english) == [#"plain("9 January 2026")"#])
    #expect(
      words(["happened-month": "jan", "happened-year": "26"], .welsh)
        == [#"plain("Ionawr 2026")"#])
    #expect(words(["happened-day": "99"], .english) == [#"plain("99")"#], "as it was typed")
    #expect(words([:], .english) == [#"plain("Not answered")"#])
  }

  @Test(arguments: [("EMAIL", false, false), ("SMS", true, false), ("PHONE", true, true)])
  func `whoever may be called or sent a text is asked at which hours, and the hours are kept`(
    way: String, isAsked: Bool, hasVoicemail: Bool
  ) throws {
    let journey = try DraftFixture.journey(
      DraftFixture.draft(
        main: ["safe-ways": way, "phone-from": "10", "phone-until": "14", "voicemail": "yes"]))
    let step = journey.step("phone-times")
    #expect((step != nil) == isAsked)
    let names = step?.fields(journey.asking).map(\.name) ?? []
    #expect(names.contains("phone-until") == isAsked && names.contains("voicemail") == hasVoicemail)
    let safe = WireApplication(journey: journey, now: PortalPlace.now).message.applicant.safeContact
    #expect(safe.phoneBetween == (isAsked ? "10:00-14:00" : ""))
    #expect(safe.voicemail == hasVoicemail)
  }

  @Test(arguments: [
    "myself", "business", "group", "somebody-else",
  ])
  func `what is handed in passes the check of Intake`(who: String) throws {
    let more = [
      "who": who, "organisation": "The Shop", "their-name": "Victim One", "agreement": "yes",
      "their-email": "victim@mail.example", "relation": "daughter", "phone-from": "9",
      "phone-until": "17.30", "voicemail": "no", "risk-frequency": "weekly", "heard": "EVENT",
    ]
    var draft = DraftFixture.draft(
      main: more,
      complaints: [
        [:], ["by": "other", "other-name": "Neighbour at 2"],
        ["by": "other", "other-name": "neighbour at 2", "made-to": "housing", "body": "livewest"],
        ["happened-day": "", "happened-month": "2", "reported-month": "3", "reported-day": "1"],
      ])
    _ = draft.add(to: \.people)
    draft.people[0].answers = Answers(["person-name": "Somebody"])
    let journey = try DraftFixture.journey(draft)
    #expect(journey.open.isEmpty)
    var message = WireApplication(journey: journey, now: PortalPlace.now).message
    // Intake sets both from the draft.
    message.area = "plymouth"
    message.channel = .web
    let packs = try [BuiltInPolicyDocuments.plymouth, BuiltInPolicyDocuments.recourseDefault].map {
      try PolicyDocument.parse($0)
    }
    let checked = try ApplicationForm.read(
      message, shelf: PolicyShelf(packs), now: PortalPlace.now, maySetReceivedAt: false)
    let facts = checked.complaintFacts()
    #expect(facts.count == 4)
    #expect(facts[0].body == "devon-and-cornwall-police" && facts[2].body == "livewest")
    #expect(facts[1].complainantKey == facts[2].complainantKey, "the same neighbour")
    #expect(facts[0].complainantKey != facts[1].complainantKey)
    #expect(facts[3].behaviour.lowerBound.day == 1 && facts[3].behaviour.upperBound.day == 28)
    #expect(
      message.consents.contains { $0.purpose == .thirdPartyAuthority } == (who == "somebody-else"))
    #expect(message.consents.allSatisfy { $0.wording == ConsentSteps.wording })
    #expect(message.applicant.safeContact.channels == [.email])
  }

  @Test func `where an agreement is still to be asked for, none is claimed`() throws {
    let draft = DraftFixture.draft(
      main: ["who": "somebody-else", "their-name": "Victim One", "agreement": "not-yet"])
    let message = WireApplication(
      journey: try DraftFixture.journey(draft), now: PortalPlace.now
    ).message
    #expect(!message.consents.contains { $0.purpose == .thirdPartyAuthority })
    #expect(message.victims.first?.party.name == "Victim One")
  }

  @Test func `every choice that can be made is one that an application knows`() {
    #expect(Set(StorySteps.attendanceChoices.map(\.key)) == Set(WireChoice.attendance.keys))
    #expect(Set(StorySteps.heardChoices.map(\.key)) == Set(WireChoice.heard.keys))
    #expect(Set(ComplaintSteps.strands.map(\.key)) == Set(WireChoice.strands.keys))
  }

  @Test(arguments: [
    ("complaints[1].behaviourDateTo", Stop.complaint(2, "happened")),
    ("complaints[0].body", .complaint(1, "body")), ("complaints[9].what", .complaints),
    ("complaints", .complaints), ("others[0].id", .complaints),
    ("applicant.name", .step("name")), ("applicant.email", .step("contact")),
    ("applicant.safeContact.channels[0]", .step("safe-ways")),
    ("applicant.safeContact.phoneBetween", .step("phone-times")),
    ("victims[0].party.name", .step("their-name")),
    ("consents[2].wording", .step("consent-sharing")),
    ("allegedPerpetrators[0].name", .people), ("attendance", .step("attendance")),
  ])
  func `a fault that Intake finds belongs to a page`(path: String, stop: Stop) {
    let places = FaultPlace(draft: DraftFixture.draft(complaints: [[:], [:]]))
    #expect(places.stop(of: path) == stop)
  }

  @Test func `every question says something else in each language`() throws {
    func words(_ language: Language) throws -> [String: [String]] {
      let journey = try DraftFixture.journey(
        DraftFixture.draft(main: ["who": "somebody-else"]), language: language)
      var words: [String: [String]] = [:]
      for step in journey.first + journey.last + ComplaintSteps.all + PersonSteps.all {
        words[step.key] =
          [journey.asking.say(step.title)]
          + step.fields(journey.asking).flatMap { [$0.label, $0.hint] }.filter { !$0.isEmpty }
      }
      return words
    }
    let (english, welsh) = (try words(.english), try words(.welsh))
    #expect(english.keys.sorted() == welsh.keys.sorted())
    for (key, lines) in english {
      #expect(lines.count == welsh[key]?.count)
      for (one, other) in zip(lines, welsh[key] ?? []) { #expect(one != other, "\(key)") }
    }
  }
}
