import CaseModel
import Policy
import Testing

@testable import Portal

@Suite("What can be appealed against (Sch. 4 para 3)")
struct AppealChoiceTests {
  private func choices(
    on today: String = "2026-03-25", pack: String = "plymouth",
    _ change: (inout CaseFacts) -> Void
  ) throws -> [AppealChoice] {
    try CaseSample.view(on: today, pack: pack, change).appealable
  }

  @Test func `nothing before a decision`() throws {
    #expect(try choices { $0.assess() }.isEmpty)
  }

  @Test func `a decision that it is not met: the handling, on all the procedure's grounds`() throws
  {
    let all = try choices { $0.decide(met: false) }
    #expect(all.map(\.subject) == [.handling])
    #expect(
      all.first?.grounds == [.thresholdWasMet, .processNotConsidered, .factsNotConsidered])
    #expect(all.first?.until == nil && all.first?.handler.isEmpty == false)
  }

  @Test func `a decision that it is met: both kinds, and that it was met is no ground`() throws {
    let all = try choices { $0.decide(met: true) }
    #expect(all.map(\.subject) == [.handling, .review])
    #expect(all.allSatisfy { !$0.grounds.contains(.thresholdWasMet) })
  }

  @Test func `while one is open, there is no other about the same`() throws {
    let all = try choices {
      $0.decide(met: true)
      $0.appeal(.handling, on: "2026-03-24")
    }
    #expect(all.map(\.subject) == [.review])
  }

  @Test func `the only stage is used up by one that was dismissed`() throws {
    let all = try choices {
      $0.decide(met: false)
      $0.appeal(.handling, on: "2026-03-24", upheld: false)
    }
    #expect(all.isEmpty)
  }

  @Test func `nothing about the handling while it is decided again, and everything after`() throws {
    let during = try choices {
      $0.decide(met: false)
      $0.appeal(.handling, on: "2026-03-24", upheld: true)
    }
    #expect(during.isEmpty)
    let after = try choices {
      $0.decide(met: false)
      $0.appeal(.handling, on: "2026-03-24", upheld: true)
      $0.decide(met: false, on: "2026-03-25", number: 2)
    }
    #expect(after.map(\.subject) == [.handling])
  }

  @Test(arguments: CaseSample.packs.values.filter { $0.area != nil }.map(\.name).sorted())
  func `every area lets somebody appeal, and says by when only where it is known`(
    pack: String
  ) throws {
    let all = try choices(pack: pack) { $0.decide(met: false) }
    let choice = try #require(all.first)
    #expect(!choice.grounds.isEmpty)
    #expect((choice.until != nil) == (choice.window != nil))
    for say in [Say(language: .english), Say(language: .welsh)] {
      #expect(!say.sentence(choice).isEmpty)
    }
  }
}
