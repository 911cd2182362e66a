import CaseModel
import Policy
import PolicyDocuments
import Testing

@testable import Letters

/// Faults that the Ombudsman found in what people were told, and that these letters do not repeat.
@Suite struct OmbudsmanTests {
  static let outcomes: [Letter.ThresholdNotice.Outcome] = [
    .notMet, .met("Exmouth procedure, part 3"),
  ]

  @Test(arguments: outcomes)
  func `Barking and Dagenham, 23-009-253: the letter carries the reasons and how to appeal`(
    outcome: Letter.ThresholdNotice.Outcome
  ) {
    let reason = "The panel looked at each report and at the landlord's answer."
    let notice = Letter.ThresholdNotice.test(outcome, reason: reason)
    let english = notice.text(in: .english)
    // Who hears it, by when and on what grounds: ten working days after 20 March, over Easter.
    for words in [
      "“\(reason)”", "If you do not agree", "You can appeal",
      "Your appeal goes to: Head of Community Safety.",
      "So you have until 7 April 2026 at least.", "facts that matter were not looked at",
    ] {
      #expect(english.contains(words), "\(words)")
    }
    let welsh = notice.text(in: .welsh)
    for words in ["Gallwch apelio", "Felly mae gennych tan 7 Ebrill 2026 o leiaf."] {
      #expect(welsh.contains(words), "\(words)")
    }
  }

  @Test func `Barking and Dagenham, 23-009-253: no appeal in the procedure is said, not left out`()
  {
    let pack = PolicyPack.exmouth { $0.appeals = [] }
    let text = Letter.ThresholdNotice.test(.notMet, pack: pack).text(in: .english)
    #expect(text.contains("If you do not agree") && !text.contains("You can appeal"))
    #expect(text.contains("This area publishes no appeal against this decision."))
    #expect(text.contains("(Schedule 4, paragraph 3). If you do not agree, please tell us why."))
  }

  static let packs = Result { try BuiltInPolicyDocuments.all.map(PolicyDocument.parse) }

  @Test(arguments: Language.allCases)
  func `Charnwood, 20-008-873, and Bolton, 21-004-995: a letter that refuses says who can help`(
    language: Language
  ) throws {
    for pack in try Self.packs.get() where pack.area != nil {
      let text = Letter.ThresholdNotice.test(.notMet, pack: pack).text(in: language)
      let ombudsman = pack.nation == .wales ? "ombudsman.wales" : "lgo.org.uk"
      for sign in ["999", "101", "policeconduct.gov.uk", ombudsman] {
        #expect(text.contains(sign), "\(pack.name): \(sign)")
      }
      for agency in pack.supportAgencies {
        #expect(text.contains(agency.name), "\(pack.name): \(agency.name)")
      }
    }
    let text = Letter.ThresholdNotice.test(.notMet).text(in: language)
    #expect(text.contains("Victim Support: victimsupport.org.uk"))
  }

  @Test func `Charnwood, 20-008-873, and Bolton, 21-004-995: it says that they can apply again`() {
    let text = Letter.ThresholdNotice.test(.notMet).text(in: .english)
    #expect(text.contains("You can apply again at any time."))
    #expect(text.contains("What would change this") && text.contains("an application by"))
  }
}
