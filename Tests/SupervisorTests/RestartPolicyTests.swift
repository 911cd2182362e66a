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

  @Test func `the tenth failure within a minute is the last`() {
    var history = FailureHistory()
    for second in 0..<9 {
      let verdict = history.failed(at: .seconds(second), readyFor: nil, policy: .default)
      #expect(verdict != .giveUp)
    }
    #expect(history.failed(at: .seconds(9), readyFor: nil, policy: .default) == .giveUp)
  }

  @Test func `failures outside the window do not count`() {
    var history = FailureHistory()
    for minute in 0..<100 {
      let verdict = history.failed(at: .seconds(7 * minute), readyFor: nil, policy: .default)
      #expect(verdict != .giveUp)
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
