import CaseModel
import Letters
import Policy
import Testing

@testable import Portal

@Suite("What happens next in a case, and by when")
struct NextStepTests {
  typealias Change = @Sendable (inout CaseFacts) -> Void

  private static func day(_ text: String) -> CalendarDate { CaseSample.day(text) }

  private static func clock(
    _ stage: Clock.Stage, due: String?, late: Bool = false, source: String = "plymouth",
    paused: Bool = false, done: String? = nil
  ) -> ClockFact {
    ClockFact(
      stage: stage, anchorOn: day("2026-03-16"), dueOn: due.map(day), doneOn: done.map(day),
      isPaused: paused, isLate: late, source: source)
  }

  static let rows: [(String, [NextStep], Change)] = [
    (
      "nothing is known", [NextStep(what: .decision, when: .notKnown)], { _ in }
    ),
    (
      "the procedure's own times",
      [
        NextStep(what: .acknowledgement, when: .by(day("2026-03-19"), isOwn: true)),
        NextStep(what: .decision, when: .by(day("2026-04-20"), isOwn: true)),
      ],
      { $0.clocks = [clock(.acknowledge, due: "2026-03-19"), clock(.decide, due: "2026-04-20")] }
    ),
    (
      "a lent time is an aim",
      [NextStep(what: .decision, when: .by(day("2026-04-20"), isOwn: false))],
      { $0.clocks = [clock(.decide, due: "2026-04-20", source: "recourse-default")] }
    ),
    (
      "what is done is not next",
      [NextStep(what: .decision, when: .by(day("2026-04-20"), isOwn: true))],
      {
        $0.clocks = [
          clock(.acknowledge, due: "2026-03-19", done: "2026-03-16"),
          clock(.decide, due: "2026-04-20"),
        ]
      }
    ),
    (
      "late, and not told why",
      [
        NextStep(
          what: .decision, when: .late(since: day("2026-03-18"), new: nil, isExplained: false))
      ],
      {
        $0.clocks = [clock(.decide, due: "2026-03-18", late: true)]
        $0.delays = [DelayFact(stage: .decide, dueOn: day("2026-03-18"))]
      }
    ),
    (
      "late, with a new day and the reason told",
      [
        NextStep(
          what: .decision,
          when: .late(since: day("2026-03-18"), new: day("2026-04-01"), isExplained: true))
      ],
      {
        $0.clocks = [clock(.decide, due: "2026-04-01")]
        $0.delays = [
          DelayFact(stage: .decide, dueOn: day("2026-03-18"), toldOn: day("2026-03-19"))
        ]
      }
    ),
    (
      "stands still", [NextStep(what: .decision, when: .paused)],
      { $0.clocks = [clock(.decide, due: nil, paused: true)] }
    ),
    (
      "put off", [NextStep(what: .decision, when: .by(day("2026-04-10"), isOwn: true))],
      {
        $0.assess()
        $0.course.append(.thresholdDeferred(on: day("2026-03-18"), until: day("2026-04-10")))
        $0.deferredUntil = day("2026-04-10")
        $0.clocks = [clock(.decide, due: "2026-04-20")]
      }
    ),
    (
      "put off when it was late already",
      [
        NextStep(
          what: .decision,
          when: .late(since: day("2026-03-18"), new: day("2026-04-10"), isExplained: false))
      ],
      {
        $0.assess()
        $0.course.append(.thresholdDeferred(on: day("2026-03-19"), until: day("2026-04-10")))
        $0.deferredUntil = day("2026-04-10")
        $0.clocks = [clock(.decide, due: "2026-03-18", late: true)]
      }
    ),
    (
      "a second signature is needed",
      [NextStep(what: .secondSignature, when: .by(day("2026-04-20"), isOwn: true))],
      {
        $0.awaitsSecondSignature = true
        $0.clocks = [clock(.decide, due: "2026-04-20")]
      }
    ),
    (
      "a panel is owed", [NextStep(what: .panel, when: .by(day("2026-04-15"), isOwn: true))],
      {
        $0.decide(met: true)
        $0.open(.owed)
      }
    ),
    (
      "a panel is overdue",
      [NextStep(what: .panel, when: .late(since: day("2026-03-19"), new: nil, isExplained: false))],
      {
        $0.decide(met: true)
        $0.open(.blocked, dueOn: "2026-03-19")
      }
    ),
    (
      "a panel has a day, and then the outcome is told",
      [
        NextStep(what: .panel, when: .on(day("2026-04-01"))),
        NextStep(what: .outcome, when: .by(day("2026-04-17"), isOwn: false)),
      ],
      {
        $0.decide(met: true)
        $0.open(.scheduled(day("2026-04-01")))
      }
    ),
    (
      "a day that is later than it should be is late",
      [
        NextStep(
          what: .panel,
          when: .late(since: day("2026-03-31"), new: day("2026-04-01"), isExplained: false)),
        NextStep(what: .outcome, when: .by(day("2026-04-17"), isOwn: false)),
      ],
      {
        $0.decide(met: true)
        $0.open(.scheduled(day("2026-04-01")), dueOn: "2026-03-31")
      }
    ),
    ("nothing after a decision that it is not met", [], { $0.decide(met: false) }),
    (
      "an appeal is open", [NextStep(what: .appealDecision, when: .notKnown)],
      {
        $0.decide(met: false)
        $0.appeal(.handling, on: "2026-03-24")
      }
    ),
  ]

  @Test(arguments: rows)
  func `what comes next`(name: String, steps: [NextStep], change: @escaping Change) throws {
    #expect(try CaseSample.view(change).next == steps, "\(name)")
  }

  @Test(arguments: rows)
  func `what is late says so in words, in both languages`(
    name: String, steps: [NextStep], change: @escaping Change
  ) throws {
    for step in try CaseSample.view(change).next {
      let english = Say(language: .english).sentence(step.when)
      // It says where the day comes from, and not that there is none.
      if case .by(_, isOwn: false) = step.when { #expect(english.contains("the usual time")) }
      let welsh = Say(language: .welsh).sentence(step.when)
      #expect(english != welsh, "\(name)")
      #expect(step.isLate == english.contains("This is late"), "\(name)")
      #expect(step.isLate == welsh.contains("yn hwyr"), "\(name)")
    }
  }

  @Test func `once the outcome was told, answers are waited for`() throws {
    let view = try CaseSample.view(on: "2026-04-20") {
      $0.decide(met: true)
      $0.open(.held(Self.day("2026-04-01")))
      $0.review?.recommendations = [RecommendationFact(body: "x", text: "y")]
      $0.letters = [
        LetterFact(
          id: "o", kind: .outcome, state: .delivered(Self.day("2026-04-08")),
          writtenOn: Self.day("2026-04-07"))
      ]
    }
    #expect(view.next.map(\.what) == [.answers])
  }
}
