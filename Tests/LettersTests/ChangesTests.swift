import CaseModel
import Foundation
import Policy
import PolicyDocuments
import Testing
import ThresholdRules

@testable import Letters

/// What would change a decision, whatever the day on which the letter about it is written or read.
@Suite struct ChangesTests {
  static let packs = Result { try BuiltInPolicyDocuments.all.map(PolicyDocument.parse) }

  /// What stands under the heading.
  static func section(
    _ complaints: [ComplaintFacts], pack: PolicyPack = .exmouth(), written: String = "2026-03-20",
    showsComplaints: Bool = true, _ language: Language = .english
  ) -> String {
    let text = Letter.ThresholdNotice(
      assessment: .test(complaints, under: pack), outcome: .notMet, pack: pack,
      caseReference: "EXM-2026-0007", decidedOn: day("2026-03-20"), writtenOn: day(written),
      decidedBy: "Exmouth Council", complaints: showsComplaints ? complaints : []
    ).text(in: language)
    let heading = language == .english ? "What would change this" : "Beth fyddai'n newid hyn"
    let next = language == .english ? "What happens next" : "Beth sy'n digwydd nesaf"
    let after = text.components(separatedBy: "\n\(heading)\n").last ?? ""
    return after.components(separatedBy: "\n\(next)\n").first ?? ""
  }

  @Test(arguments: Language.allCases, ["2026-03-20", "2026-09-15", "2031-01-01"])
  func `each way of each real procedure is in it, on any day`(
    language: Language, written: String
  ) throws {
    for pack in try Self.packs.get() where pack.area != nil {
      let body = pack.bodies.first?.key ?? ""
      let text = Self.section(
        [.report(0, "2026-03-01", "2026-03-02", to: body)], pack: pack, written: written, language)
      let clauses = pack.alternatives.map {
        language == .welsh ? $0.clauseWelsh ?? $0.clause : $0.clause
      }
      for clause in ["104(4)"] + clauses {
        #expect(text.contains(clause), "\(pack.name): \(clause)")
      }
      let enough = language == .english ? "new qualifying complaint" : "cwynion cymwys newydd"
      let counted = pack.alternatives.count { alternative in
        switch alternative.kind {
        case .hate, .severalPeople, .severalHouseholds: true
        case .vulnerability, .riskBand: false
        }
      }
      #expect(text.components(separatedBy: enough).count - 1 == 1 + counted, "\(pack.name)")
    }
  }

  /// One that counts for the last time on 18 March, and one that does until 1 September 2026.
  static let old = ComplaintFacts.report(0, "2025-09-10", "2025-09-19", to: "police")
  static let new = ComplaintFacts.report(1, "2026-03-01", "2026-03-02", to: "police")

  @Test func `a day that has gone by is said, with what a new application would need now`() {
    let english = Self.section([Self.old, Self.new])
    #expect(
      english.contains(
        "- The last day for a new application with all the complaints that count was 18 March 2026 "
          + "(section 104(4)). That day has gone by. 2 more qualifying complaints, and an application by "
          + "1 September 2026, would be enough (section 104(4))."))
    #expect(!english.contains("an application by 18 March 2026"))
    let welsh = Self.section([Self.old, Self.new], .welsh)
    #expect(
      welsh.contains(
        "oedd 18 Mawrth 2026 (adran 104(4)). Mae'r diwrnod hwnnw wedi mynd heibio. Byddai rhagor o gwynion "
          + "cymwys (nifer: 2), a chais erbyn 1 Medi 2026, yn ddigon (adran 104(4))."))
  }

  @Test func `before its day has come, the day is offered`() {
    let text = Self.section([Self.new], written: "2026-08-31")
    #expect(text.contains("and an application by 1 September 2026, would be enough"))
    #expect(!text.contains("That day has gone by."))
    #expect(Self.section([Self.new], written: "2026-09-01").contains("That day has gone by."))
  }

  @Test func `where none counts any more that is said, on the area's own way too`() {
    let pack = PolicyPack.exmouth()
    let text = Self.section([Self.old], pack: pack)
    for clause in ["section 104(4)", "Exmouth procedure, part 3"] {
      #expect(
        text.contains(
          "was 18 March 2026 (\(clause)). That day has gone by. If you apply again now, none of them counts "
            + "any more."))
    }
    #expect(text.contains("- 3 new qualifying complaints would be enough (section 104(4))."))
    #expect(
      text.contains(
        "- 2 new qualifying complaints, 1 of them about a hate incident or crime, would be enough for a "
          + "person to decide (Exmouth procedure, part 3)."))
    #expect(
      Self.section([Self.old], pack: pack, .welsh).contains(
        "Os gwnewch gais eto yn awr, nid oes yr un ohonynt yn cyfrif mwyach."))
  }

  @Test func `what was reported after the application can be enough in a new one`() {
    let later = (2...3).map { ComplaintFacts.report($0, "2026-03-17", "2026-03-18", to: "police") }
    let text = Self.section([Self.old, Self.new] + later)
    #expect(text.contains("If you apply again now, the complaints so far are enough."))
  }

  @Test func `without the complaints at hand nothing is said of which still count`() {
    let text = Self.section([Self.old], showsComplaints: false)
    #expect(text.contains("That day has gone by.") && !text.contains("If you apply again now"))
    #expect(text.contains("- 3 new qualifying complaints would be enough (section 104(4))."))
  }

  @Test func `where none was in time, what is enough is said once`() {
    let text = Self.section([])
    #expect(text.components(separatedBy: "(section 104(4))").count == 2)
    #expect(!text.contains("That day has gone by."))
  }

  /// What stands in a letter that puts off, about the one way of the area's own.
  static func waiting(
    _ kind: LocalAlternative.Kind, _ complaints: [ComplaintFacts], _ language: Language = .english
  ) -> String {
    let pack = PolicyPack.exmouth(alternatives: [
      LocalAlternative(key: "own", kind: kind, clause: "Exmouth procedure, part 9")
    ])
    let text = Letter.ThresholdNotice(
      assessment: .test(complaints, under: pack), outcome: .deferred(day("2026-04-10")), pack: pack,
      caseReference: "EXM-2026-0007", decidedOn: day("2026-03-20"), decidedBy: "Exmouth Council"
    ).text(in: language)
    return text.split(separator: "\n").last {
      $0.contains("Exmouth procedure, part 9") && $0.hasPrefix("- ")
    }.map(String.init) ?? ""
  }

  @Test func `while it waits, what further complaints must be is said with their number`() {
    let one = [Self.new]
    for (kind, words) in [
      (
        .hate(complaints: 3, ofHate: 1),
        "2 more complaints from before you applied, 1 of them about"
      ),
      (
        .hate(complaints: 2, ofHate: 2), "2 more complaints from before you applied, all about hate"
      ),
      (
        .severalPeople(people: 2, complaints: 5),
        "4 more complaints from before you applied, 1 of them by a further person, could be enough"
      ),
      (
        .severalHouseholds(households: 3, complaints: 4),
        "3 more complaints from before you applied, each from a different further household, could"
      ),
    ] as [(LocalAlternative.Kind, String)] {
      #expect(Self.waiting(kind, one).contains(words), "\(Self.waiting(kind, one))")
    }
    #expect(
      Self.waiting(.hate(complaints: 3, ofHate: 1), one, .welsh).contains(
        "(nifer: 2; nifer y rhain am ddigwyddiad casineb neu drosedd casineb: 1; Exmouth procedure, part 9)"
      ))
  }

  @Test func `while it waits, a complaint of hate that counts already is not asked for again`() {
    let ofHate = ComplaintFacts.report(0, "2026-03-01", "2026-03-02", to: "police", hate: true)
    let text = Self.waiting(.hate(complaints: 3, ofHate: 1), [ofHate])
    #expect(text.contains("2 more complaints from before you applied could be enough"))
  }
}
