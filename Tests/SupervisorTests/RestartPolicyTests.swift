import Testing

@testable import Supervisor

@Suite struct RestartPolicyTests {
  @Test(arguments: [
    (1, 100), (2, 200), (3, 400), (4, 800), (5, 1_600), (6, 3_200), (7, 5_000), (8, 5_000),
    (1_000_000, 5_000),
  ])
  func `the pause doubles from 100 ms to 5 s`(failures: Int, milliseconds: Int) {
    let pause = RestartPolicy.default.pause(afterFailures: failures)
    #expect(pause == .milliseconds(milliseconds))
  }

  @Test(arguments: [(1, 60), (2, 120), (3, 240), (4, 480), (5, 900), (6, 900), (1_000_000, 900)])
  func `a child that is given up again is left alone for twice as long, to 15 minutes`(
    trips: Int, seconds: Int
  ) {
    #expect(RestartPolicy.default.breakerPause(afterTrips: trips) == .seconds(seconds))
  }

  @Test func `the tenth failure within a minute is one too many`() {
    var history = FailureHistory()
    for second in 0..<9 {
      let verdict = history.failed(at: .seconds(second), readyFor: nil, policy: .default)
      #expect(verdict.isRestart)
    }
    let tenth = history.failed(at: .seconds(9), readyFor: nil, policy: .default)
    #expect(tenth == .giveUp(for: .seconds(60)))
    let afterwards = history.failed(at: .seconds(90), readyFor: nil, policy: .default)
    #expect(afterwards == .giveUp(for: .seconds(120)))
  }

  @Test func `failures outside the window do not count`() {
    var history = FailureHistory()
    for minute in 0..<100 {
      let verdict = history.failed(at: .seconds(7 * minute), readyFor: nil, policy: .default)
      #expect(verdict.isRestart)
    }
  }

  @Test func `a stable run forgives every earlier failure`() {
    var history = FailureHistory()
    for second in 0..<8 {
      _ = history.failed(at: .seconds(second), readyFor: .seconds(29), policy: .default)
    }
    let verdict = history.failed(at: .seconds(40), readyFor: .seconds(30), policy: .default)
    #expect(verdict == .restart(after: .milliseconds(100)))
  }
}

extension FailureHistory.Verdict {
  fileprivate var isRestart: Bool { if case .restart = self { true } else { false } }
}
