import Testing

@testable import Torture

/// The log as a whole, the outside world, the figures and the workers.
@Suite struct LogAndFiguresTests {
  private func findings(_ spoil: (inout RunHistory) -> Void) -> [Finding.Kind] {
    var history = Fixture.history
    spoil(&history)
    return TortureChecker.check(history).findings.map(\.kind)
  }

  @Test func `a position that is missing is a gap`() {
    let last = Fixture.history.events.count - 1
    #expect(findings { $0.change(at: last, position: UInt64(last + 3)) } == [.gap])
  }

  @Test func `a position that comes twice is found`() {
    let last = Fixture.history.events.count - 1
    #expect(findings { $0.change(at: last, position: UInt64(last)) } == [.duplicated])
  }

  @Test func `a number of a producer that is missing is a gap`() {
    let last = Fixture.history.events.count - 1
    #expect(findings { $0.change(at: last, sequence: 99) } == [.gap])
  }

  @Test func `a number of a producer that comes again is out of order`() {
    let last = Fixture.history.events.count - 1
    #expect(findings { $0.change(at: last, sequence: 1) } == [.outOfOrder])
  }

  @Test func `a referral that was not handed over is missing`() {
    #expect(findings { $0.referrals.removeLast() } == [.missing])
  }

  @Test func `a referral that was handed over twice is found`() {
    #expect(findings { $0.referrals.append($0.referrals[0]) } == [.duplicated])
  }

  @Test(arguments: [nil, 1])
  func `a referral without consent is unexpected`(number: Int?) {
    let found = findings {
      $0.referrals.append(RunHistory.Referral(number: number, agency: "victim-support"))
    }
    #expect(found == [.unexpected])
  }

  @Test(
    arguments: [\.applications, \.thresholdNotMet, \.reviews, \.reviewsWithRecommendations]
      as [WritableKeyPath<RunHistory.Figures, [String]> & Sendable])
  func `a figure that counts too few, too many or others is wrong`(
    figure: WritableKeyPath<RunHistory.Figures, [String]> & Sendable
  ) {
    #expect(findings { $0.figures[keyPath: figure].removeLast() } == [.wrongFigure])
    #expect(findings { $0.figures[keyPath: figure].append("CASE-0009") } == [.wrongFigure])
    #expect(findings { $0.figures[keyPath: figure][0] = "CASE-0009" } == [.wrongFigure])
  }

  @Test func `events set aside, uncertain effects and workers that are behind are found`() {
    let found = findings { history in
      history.workers = [
        RunHistory.Worker(name: "panel", isSettled: true, parked: 2, uncertain: 0),
        RunHistory.Worker(name: "support", isSettled: true, parked: 0, uncertain: 1),
        RunHistory.Worker(name: "intake", isSettled: false, parked: 0, uncertain: 0),
      ]
    }
    #expect(found == [.parked, .uncertain, .unsettled])
  }

  @Test func `a run without acknowledgements is no test`() {
    #expect(TortureChecker.check(RunHistory()).findings.map(\.kind) == [.untested])
    var history = Fixture.history
    history.applications = history.applications.map { application in
      var application = application
      application.references = []
      return application
    }
    let report = TortureChecker.check(history)
    #expect(report.count(.untested) == 1)
    #expect(!report.mayOnlyBeLate)
  }

  @Test(arguments: [FaultPlan.Signal.kill, .stop])
  func `a run whose faults all missed is no test`(signal: FaultPlan.Signal) {
    let some = TortureChecker.missesLimit + 1
    #expect(findings { $0.planned = [signal: some] } == [.untested])
    #expect(findings { $0.planned = [signal: some - 1] } == [])
    let hit = findings { history in
      history.planned = [signal: some]
      history.sent = [signal: 1]
    }
    #expect(hit == [])
  }

  @Test func `only what is missing or uncertain may be late`() {
    var history = Fixture.history
    history.referrals.removeLast()
    history.workers = [
      RunHistory.Worker(name: "support", isSettled: true, parked: 0, uncertain: 1)
    ]
    #expect(TortureChecker.check(history).mayOnlyBeLate)
    history.referrals = Fixture.history.referrals + [history.referrals[0]]
    #expect(!TortureChecker.check(history).mayOnlyBeLate)
  }
}
