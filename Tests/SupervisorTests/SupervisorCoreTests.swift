import Testing

@testable import Supervisor

@Suite struct SupervisorCoreTests {
  @Test func `workers are launched once the broker is ready, in the order of the list`() throws {
    var fixture = try CoreFixture()
    #expect(fixture.handle(.begin) == [.launch(name: "broker")])
    #expect(
      fixture.handle(.started(name: "broker", pid: 1))
        == [.announce(.started(name: "broker", pid: 1, attempt: 1))])
    #expect(
      fixture.handle(.ready(name: "broker"))
        == [
          .announce(.ready(name: "broker", pid: 1)), .launch(name: "intake"),
          .launch(name: "panel"),
        ])
  }

  @Test func `all are ready once the last is`() throws {
    var fixture = try CoreFixture()
    _ = fixture.handle(.begin)
    _ = fixture.comeUp("broker", pid: 1)
    #expect(!fixture.comeUp("panel", pid: 3).contains(.announce(.allReady)))
    #expect(fixture.comeUp("intake", pid: 2).last == .announce(.allReady))
    #expect(fixture.core.nextDeadline == nil)
  }

  @Test func `a child that leaves unasked is launched again after the pause`() throws {
    var fixture = try CoreFixture.allReady()
    #expect(
      fixture.handle(.exited(name: "panel", description: "exited with status 0"))
        == [
          .announce(.exited(name: "panel", pid: 3, description: "exited with status 0")),
          .announce(.restarting(name: "panel", after: .milliseconds(100))),
        ])
    #expect(fixture.core.nextDeadline == .milliseconds(100))
    #expect(fixture.handle(.tick, after: .milliseconds(99)).isEmpty)
    #expect(fixture.handle(.tick, after: .milliseconds(1)) == [.launch(name: "panel")])
    #expect(
      fixture.comeUp("panel", pid: 4)
        == [
          .announce(.started(name: "panel", pid: 4, attempt: 2)),
          .announce(.ready(name: "panel", pid: 4)), .announce(.allReady),
        ])
  }

  @Test func `a worker is not launched again while the broker is away`() throws {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.exited(name: "panel", description: ""))
    _ = fixture.handle(.exited(name: "broker", description: ""))
    #expect(
      fixture.handle(.tick, after: .milliseconds(100)) == [.launch(name: "broker")])
    #expect(fixture.comeUp("broker", pid: 5).contains(.launch(name: "panel")))
  }

  @Test func `a worker that runs is left alone when the broker is restarted`() throws {
    var fixture = try CoreFixture.allReady()
    let actions = fixture.handle(.exited(name: "broker", description: ""))
    #expect(actions.allSatisfy { if case .announce = $0 { true } else { false } })
  }

  @Test
  func `a child that cannot be started counts as failed, is given up, and is tried once later`()
    throws
  {
    var fixture = try CoreFixture([.broker])
    _ = fixture.handle(.begin)
    let failure = SupervisorCore.Event.startFailed(name: "broker", description: "no such file")
    #expect(fixture.handle(failure).last == restarting(after: .milliseconds(100)))
    _ = fixture.handle(.tick, after: .milliseconds(100))
    #expect(fixture.handle(failure).last == restarting(after: .milliseconds(200)))
    _ = fixture.handle(.tick, after: .milliseconds(200))
    #expect(
      fixture.handle(failure) == [
        .announce(.startFailed(name: "broker", description: "no such file")),
        .announce(.gaveUp(name: "broker", triesAgainAfter: .seconds(60))),
      ])
    #expect(fixture.handle(.tick, after: .seconds(59)).isEmpty)
    #expect(fixture.handle(.tick, after: .seconds(1)) == [.launch(name: "broker")])
    #expect(
      fixture.handle(failure).last
        == .announce(.gaveUp(name: "broker", triesAgainAfter: .seconds(120))))
    #expect(
      fixture.handle(.stop) == [.announce(.stopping), .announce(.stopped)])
    #expect(fixture.core.nextDeadline == nil)
  }

  @Test func `a child that was given up and then runs well has forgotten everything`() throws {
    var fixture = try CoreFixture([.broker])
    _ = fixture.handle(.begin)
    let failure = SupervisorCore.Event.startFailed(name: "broker", description: "no such file")
    for pause in [0, 100, 200] {
      _ = fixture.handle(.tick, after: .milliseconds(pause))
      _ = fixture.handle(failure)
    }
    _ = fixture.handle(.tick, after: .seconds(60))
    _ = fixture.comeUp("broker", pid: 7)
    #expect(
      fixture.handle(.exited(name: "broker", description: ""), after: .seconds(30)).last
        == restarting(after: .milliseconds(100)))
  }

  @Test func `a child that is not ready in time is killed and launched again`() throws {
    var fixture = try CoreFixture([.broker])
    _ = fixture.handle(.begin)
    _ = fixture.handle(.started(name: "broker", pid: 1))
    #expect(fixture.core.nextDeadline == .seconds(120))
    #expect(fixture.handle(.tick, after: .seconds(120)) == [.kill(name: "broker")])
    #expect(fixture.handle(.ready(name: "broker")).isEmpty)
    #expect(
      fixture.handle(.exited(name: "broker", description: "")).last
        == restarting(after: .milliseconds(100)))
  }

  @Test func `what is heard of a child that is not there changes nothing`() throws {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.exited(name: "panel", description: ""))
    #expect(fixture.handle(.exited(name: "panel", description: "")).isEmpty)
    #expect(fixture.handle(.started(name: "panel", pid: 9)).isEmpty)
    #expect(fixture.handle(.ready(name: "panel")).isEmpty)
    #expect(fixture.handle(.ready(name: "nobody")).isEmpty)
    #expect(fixture.handle(.begin).isEmpty)
  }

  @Test func `names must be unique and predecessors must come earlier`() {
    #expect(throws: SupervisorError.nameTaken("broker")) {
      try CoreFixture([.broker, .broker])
    }
    #expect(throws: SupervisorError.unknownPredecessor(child: "intake", predecessor: "broker")) {
      try CoreFixture([.intake, .broker])
    }
  }

  private func restarting(after pause: Duration) -> SupervisorCore.Action {
    .announce(.restarting(name: "broker", after: pause))
  }
}
