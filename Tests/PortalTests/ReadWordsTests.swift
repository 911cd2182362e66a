import CaseModel
import IntakeRules
import Messages
import PanelRules
import SwiftProtobuf
import Testing
import ThresholdRules
import WorkerKitTesting

@testable import Correspondence
@testable import Intake
@testable import Portal

/// Who has opened a case, in words: every purpose and field that a worker records has its own, in both languages.
@Suite(.timeLimit(.minutes(3))) struct ReadWordsTests {
  private let english = Say(language: .english)
  private let welsh = Say(language: .welsh)

  /// Every purpose for which a worker of ours tells something personal.
  static let purposes =
    IntakeRules.Disclosure.Purpose.allCases.map(\.rawValue)
    + ThresholdRules.Disclosure.Purpose.allCases.map(\.rawValue)
    + PanelRules.Disclosure.Purpose.allCases.map(\.rawValue)
    + ReadNotice.Purpose.allCases.map(\.rawValue)
    + [GiveNotice.purpose, ReadAttachment.caseWork, OwnCase.purpose]

  /// Every field that one of them records as told.
  static let fields =
    IntakeRules.Disclosure.Field.allCases.map(\.rawValue)
    + OwnCase.Field.allCases.map(\.rawValue) + Needs.Field.allCases.map(\.rawValue)
    + ReadAttachment.Field.allCases.map(\.rawValue)
    + ReadAttachment.ListField.allCases.map(\.rawValue)
    + ThresholdRules.Disclosure.Field.allCases.map(\.rawValue)
    + PanelRules.Disclosure.Field.allCases.map(\.rawValue)
    + ReadNotice.Field.allCases.map(\.rawValue)
    + GiveNotice.Field.allCases.map(\.rawValue)
    + ["answers"]

  private func read(
    _ fields: [String] = ["name"], for purpose: String = "case-work",
    by principal: String = "operator",
    on day: String = "2026-03-20"
  ) -> ReadFact {
    ReadFact(
      day: CaseSample.day(day), worker: "intake", principal: principal, purpose: purpose,
      fields: fields)
  }

  @Test(arguments: purposes)
  func `each purpose of a reading has words of its own`(purpose: String) {
    let read = read(for: purpose)
    for say in [english, welsh] {
      #expect(!say.purpose(read).hasSuffix(": \(purpose)"))
    }
    #expect(english.purpose(read) != welsh.purpose(read))
  }

  @Test(arguments: fields)
  func `each field that was told has words of its own`(field: String) throws {
    let both = [english, welsh].map { $0.field(named: field) }
    #expect(both[0] != both[1])
    for (say, words) in zip([english, welsh], both) {
      #expect(say.shown(read([field])) == (try #require(words)))
    }
  }

  @Test func `only a reading without a field had nothing personal`() {
    #expect(english.shown(read([])) == "how far the case is, and nothing personal")
    #expect(english.shown(read(["some.new_field"])) == "something else about you")
    #expect(
      english.shown(read(["name", "people.name", "some.new_field", "another"]))
        == "your name, something else about you")
    #expect(welsh.shown(read(["some.new_field"])) == "rhywbeth arall amdanoch")
  }

  @Test func `a purpose and a program that are not known are said as they are`() {
    let read = read(for: "quality-check", by: "council-alerts")
    #expect(english.purpose(read) == "for something else: quality-check")
    #expect(english.reader(read) == "A program that was let in here: council-alerts")
    #expect(english.reader(self.read()) == "An officer who works on the case")
    #expect(english.purpose(self.read(for: "")) == "not said")
    #expect(english.reader(read) != welsh.reader(read))
  }

  @Test func `what the person read themselves is one sentence`() {
    #expect(english.ownVisits([]).isEmpty)
    let days = ["2026-03-20", "2026-03-18", "2026-03-20"]
    let own = days.map { read(by: "portal", on: $0) }
    #expect(own.allSatisfy(\.isOwn) && !read().isOwn)
    #expect(english.ownVisits(own).contains("on 2 days, last on 20 March 2026"))
    #expect(english.ownVisits([own[1]]).contains("on these pages, on 18 March 2026"))
    #expect(welsh.ownVisits(own) != english.ownVisits(own))
  }

  @Test func `an officer who lists the files stands in the list, above nobody's own readings`()
    async throws
  {
    try await FollowStage.with { stage in
      try await stage.signIn()
      try await stage.decide()
      // Both of these are the person's own: what they told, and the words of the decision.
      _ = try await stage.page("/case")
      var page = try await stage.page("/case/opened-by")
      #expect(page.main.contains("You have read it yourself on these pages, on 20 March 2026"))
      #expect(!page.main.contains("You, on these pages"))

      let files = Recourse_Intake_V1_Attachments.Stub(wrapping: stage.portal.place.client)
      _ = try await files.list(.with { $0.caseReference = stage.reference })
      page = try await stage.page("/case/opened-by")
      #expect(page.main.contains("which files you added"))
      #expect(!page.main.contains("nothing personal"))
      let welsh = try await stage.page("/cy/case/opened-by")
      #expect(welsh.main.contains("pa ffeiliau a ychwanegwyd gennych"))
    }
  }
}
