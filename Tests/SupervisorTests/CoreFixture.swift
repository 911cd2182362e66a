@testable import Supervisor

/// A core under a clock that the test sets: a broker, and two workers that start after it.
struct CoreFixture {
  static let policy = RestartPolicy(
    firstPause: .milliseconds(100), pauseLimit: .milliseconds(400), stableRun: .seconds(30),
    failuresLimit: 3, failuresWindow: .seconds(60), readyLimit: .seconds(120))
  static let grace = StopGrace(drain: .seconds(10), terminate: .seconds(5))

  var core: SupervisorCore
  var now = Duration.zero

  init(_ children: [ChildSpecification] = [.broker, .intake, .panel]) throws {
    core = try SupervisorCore(children: children, policy: Self.policy, grace: Self.grace)
  }

  mutating func handle(
    _ event: SupervisorCore.Event, after pause: Duration = .zero
  ) -> [SupervisorCore.Action] {
    now += pause
    return core.handle(event, now: now)
  }

  /// The launched child comes up with that process identifier.
  mutating func comeUp(_ name: String, pid: Int32) -> [SupervisorCore.Action] {
    handle(.started(name: name, pid: pid)) + handle(.ready(name: name))
  }

  /// All three are ready: the broker is 1, intake 2, panel 3.
  static func allReady() throws -> CoreFixture {
    var fixture = try CoreFixture()
    _ = fixture.handle(.begin)
    _ = fixture.comeUp("broker", pid: 1)
    _ = fixture.comeUp("intake", pid: 2)
    _ = fixture.comeUp("panel", pid: 3)
    return fixture
  }
}

extension ChildSpecification {
  static let broker = ChildSpecification(name: "broker", executable: "", logFile: "")
  static let intake = ChildSpecification(
    name: "intake", executable: "", logFile: "", startAfter: ["broker"])
  static let panel = ChildSpecification(
    name: "panel", executable: "", logFile: "", startAfter: ["broker"])
}
