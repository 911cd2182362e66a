import Testing

@testable import Torture

/// What a run does is a function of its seed.
@Suite struct PlanTests {
  static let processes = ["broker", "intake", "threshold", "panel", "support", "reporting"]
  static let milliseconds = 600_000

  private func plan(_ seed: UInt64) -> FaultPlan {
    FaultPlan(seed: seed, processes: Self.processes, milliseconds: Self.milliseconds)
  }

  @Test func `the same seed gives the same faults, another one others`() {
    #expect(plan(7) == plan(7))
    #expect(plan(7) != plan(8))
  }

  @Test func `a plan counts its signals`() {
    let counts = plan(7).counts
    #expect(counts.values.reduce(0, +) == plan(7).steps.count)
    #expect(counts[.stop] == counts[.resume])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `ten minutes hold every kind of fault for every process`(seed: UInt64) {
    let steps = plan(seed).steps
    for process in Self.processes {
      let signals = Set(steps.filter { $0.process == process }.map(\.signal))
      #expect(signals == Set(FaultPlan.Signal.allCases), "\(process)")
    }
    let kills = steps.filter { $0.signal == .kill }
    #expect(zip(kills, kills.dropFirst()).contains { $0.at == $1.at }, "two at once")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `steps are in order and nothing is stopped beyond the end`(seed: UInt64) {
    let steps = plan(seed).steps
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.at <= $1.at })
    for process in Self.processes {
      let stops = steps.filter { $0.process == process && $0.signal != .kill }
      let signals = stops.map(\.signal)
      #expect(signals.indices.allSatisfy { signals[$0] == ($0 % 2 == 0 ? .stop : .resume) })
      #expect(signals.count % 2 == 0)
    }
    #expect(steps.allSatisfy { $0.at <= .milliseconds(Self.milliseconds) })
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no process is killed so often that a supervisor gives it up`(seed: UInt64) {
    for process in Self.processes {
      let kills = plan(seed).steps.filter { $0.process == process && $0.signal == .kill }.map(\.at)
      for kill in kills {
        let window = kills.filter { $0 <= kill && $0 > kill - .milliseconds(FaultPlan.window) }
        #expect(window.count <= FaultPlan.killsLimit)
      }
    }
  }

  @Test func `there is nothing to do without processes or time`() {
    #expect(FaultPlan(seed: 1, processes: [], milliseconds: 10_000).steps.isEmpty)
    #expect(FaultPlan(seed: 1, processes: Self.processes, milliseconds: 0).steps.isEmpty)
  }

  @Test func `applications of a seed are the same each time and of every kind`() {
    let agencies = Fixture.agencies
    let many = (0..<500).map { Submission(number: $0, seed: 3, agencies: agencies) }
    #expect(many == (0..<500).map { Submission(number: $0, seed: 3, agencies: agencies) })
    #expect(Set(many.map(\.complaints)) == [1, 2, 3, 4, 5])
    #expect(Set(many.map(\.agencies)) == [[], [agencies[0]], [agencies[1]], agencies])
    #expect(Set(many.map(\.meeting)) == Set(Submission.Meeting.allCases))
    #expect(Set(many.map(\.isRepeated)) == [true, false])
    #expect(many.allSatisfy { $0.isMet || $0.meeting == .none })
  }
}
