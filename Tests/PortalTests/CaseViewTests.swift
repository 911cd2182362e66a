import CaseModel
import Letters
import Policy
import Testing

@testable import Portal

@Suite("A case as its own person sees it")
struct CaseViewTests {
  typealias Change = @Sendable (inout CaseFacts) -> Void

  private static func day(_ text: String) -> CalendarDate { CaseSample.day(text) }

  static let standings: [(String, CaseStanding, Change)] = [
    ("nothing but the receipt", .received, { _ in }),
    (
      "a consent is not there", .awaitsConsent,
      { $0.awaited = [AwaitedFact(person: "victims[0]", purpose: .sharing)] }
    ),
    ("assessed", .beingLookedAt, { $0.assess() }),
    (
      "put off", .deferred(until: day("2026-04-10")),
      {
        $0.assess()
        $0.course.append(
          .thresholdDeferred(on: day("2026-03-18"), until: day("2026-04-10")))
        $0.deferredUntil = day("2026-04-10")
      }
    ),
    ("not met", .notMet(on: day("2026-03-23")), { $0.decide(met: false) }),
    ("met", .met(on: day("2026-03-23")), { $0.decide(met: true) }),
    (
      "a review is owed", .findingDay,
      {
        $0.decide(met: true)
        $0.open(.owed)
      }
    ),
    (
      "no day was found", .noDayFound,
      {
        $0.decide(met: true)
        $0.open(.blocked)
      }
    ),
    (
      "a day is set", .panelSet(on: day("2026-04-01")),
      {
        $0.decide(met: true)
        $0.open(.scheduled(day("2026-04-01")))
      }
    ),
    (
      "the panel has met", .reviewed(on: day("2026-04-01")),
      {
        $0.decide(met: true)
        $0.open(.held(day("2026-04-01")))
      }
    ),
    (
      "an appeal about the handling was upheld", .beingDecidedAgain,
      {
        $0.decide(met: false)
        $0.appeal(.handling, on: "2026-03-27", upheld: true)
      }
    ),
    (
      "decided again after that", .met(on: day("2026-03-30")),
      {
        $0.decide(met: false)
        $0.appeal(.handling, on: "2026-03-27", upheld: true)
        $0.decide(met: true, on: "2026-03-30", number: 2)
      }
    ),
    (
      "a review stays, whatever is appealed about the handling", .findingDay,
      {
        $0.decide(met: true)
        $0.open(.owed)
        $0.appeal(.handling, on: "2026-03-27", upheld: true)
      }
    ),
    (
      "Panel is away, and has announced a day", .panelSet(on: day("2026-04-01")),
      {
        $0.decide(met: true)
        $0.open(.scheduled(day("2026-04-01")))
        $0.review = nil
      }
    ),
    (
      "taken back, as Intake knows first", .withdrawn(on: day("2026-03-19")),
      {
        $0.decide(met: true)
        $0.withdrawnOn = day("2026-03-19")
      }
    ),
    (
      "taken back, by the log", .withdrawn(on: day("2026-03-19")),
      { $0.course.append(.applicationWithdrawn(on: day("2026-03-19"), underPressure: false)) }
    ),
  ]

  @Test(arguments: standings)
  func `where a case is`(name: String, standing: CaseStanding, change: @escaping Change) throws {
    #expect(try CaseSample.view(change).standing == standing, "\(name)")
  }

  @Test(arguments: standings)
  func `where a case is has words in both languages, and a code`(
    name: String, standing: CaseStanding, change: @escaping Change
  ) throws {
    let (english, welsh) = (Say(language: .english), Say(language: .welsh))
    #expect(english.title(standing) != welsh.title(standing))
    #expect(english.explanation(standing) != welsh.explanation(standing))
    #expect(CaseStanding.codes.contains(standing.code))
    if let day = standing.day {
      #expect(english.explanation(standing).contains(day.inWords))
      #expect(welsh.explanation(standing).contains(day.inWelsh))
    }
  }

  @Test func `nothing happens next, and nothing can be appealed, once it was taken back`() throws {
    let view = try CaseSample.view {
      $0.decide(met: false)
      $0.withdrawnOn = Self.day("2026-03-19")
    }
    #expect(view.next.isEmpty && view.appealable.isEmpty && !view.isOpen)
  }

  @Test func `letters and readings come newest first`() throws {
    let view = try CaseSample.view {
      $0.letters = [
        LetterFact(
          id: "a", kind: .acknowledgement, state: .underWay, writtenOn: Self.day("2026-03-16")),
        LetterFact(id: "b", kind: .met, state: .failed, writtenOn: Self.day("2026-03-23")),
        LetterFact(id: "c", kind: .delay, state: .underWay, writtenOn: Self.day("2026-03-23")),
      ]
      $0.reads = ["2026-03-16", "2026-03-18", "2026-03-17"].map {
        ReadFact(
          day: Self.day($0), worker: "intake", principal: "operator", purpose: "case-work",
          fields: [])
      }
    }
    #expect(view.letters.map(\.id) == ["c", "b", "a"])
    #expect(view.reads.map(\.day.description) == ["2026-03-18", "2026-03-17", "2026-03-16"])
  }

  @Test func `recommendations say who answers and by when, counted from when the outcome was told`()
    throws
  {
    let change: Change = {
      $0.decide(met: true)
      $0.open(.held(Self.day("2026-04-01")))
      $0.review?.recommendations = [
        RecommendationFact(body: "plymouth-city-council", text: "Mend the light.")
      ]
    }
    // The lent clocks: ten working days to the outcome, and twenty from it. Good Friday and Easter Monday are 3 and 6
    // April, the bank holiday 4 May.
    let untold = try #require(try CaseSample.view(on: "2026-04-02", change).recommendations.first)
    #expect(untold.answerBy == Self.day("2026-05-18") && !untold.isPast)
    let told: Change = {
      change(&$0)
      $0.letters = [
        LetterFact(
          id: "o", kind: .outcome, state: .sent(Self.day("2026-04-07")),
          writtenOn: Self.day("2026-04-07"))
      ]
    }
    let view = try CaseSample.view(on: "2026-06-01", told)
    let late = try #require(view.recommendations.first)
    #expect(late.answerBy == Self.day("2026-05-06") && late.isPast)
    #expect(view.name(ofBody: late.body) == "Plymouth City Council")
  }

  @Test func `a recommendation is not shown before the panel has met`() throws {
    let view = try CaseSample.view {
      $0.decide(met: true)
      $0.open(.scheduled(Self.day("2026-04-01")))
      $0.review?.recommendations = [RecommendationFact(body: "x", text: "y")]
    }
    #expect(view.recommendations.isEmpty)
  }
}
