import Testing

@testable import Supervisor

/// A restart that an operator asks for: in order, at once, and no failure.
@Suite struct SupervisorCoreRestartTests {
  @Test func `a child that is ready leaves in order and is launched again without a pause`() throws
  {
    var fixture = try CoreFixture.allReady()
    #expect(
      fixture.handle(.restart(name: "panel"))
        == [.announce(.restartAsked(name: "panel")), .closeInput(name: "panel")])
    #expect(
      fixture.handle(.exited(name: "panel", description: "exited with status 0"))
        == [
          .announce(.exited(name: "panel", pid: 3, description: "exited with status 0")),
          .announce(.restarting(name: "panel", after: .zero)), .launch(name: "panel"),
        ])
    #expect(fixture.comeUp("panel", pid: 4).last == .announce(.allReady))
  }

  @Test func `however often it is asked for, nobody is given up for it`() throws {
    var fixture = try CoreFixture.allReady()
    for pid in 4..<20 {
      _ = fixture.handle(.restart(name: "panel"))
      let actions = fixture.handle(.exited(name: "panel", description: ""))
      #expect(actions.last == .launch(name: "panel"))
      _ = fixture.comeUp("panel", pid: Int32(pid))
    }
    // What fails by itself after that is a first failure.
    let failed = fixture.handle(.exited(name: "panel", description: ""))
    #expect(failed.last == .announce(.restarting(name: "panel", after: .milliseconds(100))))
  }

  @Test func `who does not leave is told more firmly, and is launched again all the same`() throws {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.restart(name: "panel"))
    #expect(fixture.handle(.restart(name: "panel")).isEmpty)
    #expect(fixture.handle(.tick, after: .seconds(10)) == [.terminate(name: "panel")])
    #expect(fixture.handle(.tick, after: .seconds(5)) == [.kill(name: "panel")])
    #expect(
      fixture.handle(.exited(name: "panel", description: "")).last == .launch(name: "panel"))
  }

  @Test func `the broker leaves alone, and comes back while the workers wait for it`() throws {
    var fixture = try CoreFixture.allReady()
    let asked = fixture.handle(.restart(name: "broker"))
    #expect(asked.last == .closeInput(name: "broker"))
    #expect(!asked.contains(.closeInput(name: "panel")))
    #expect(
      fixture.handle(.exited(name: "broker", description: "")).last == .launch(name: "broker"))
    // A worker that is restarted meanwhile waits.
    _ = fixture.handle(.restart(name: "panel"))
    let gone = fixture.handle(.exited(name: "panel", description: ""))
    #expect(!gone.contains(.launch(name: "panel")))
    #expect(fixture.comeUp("broker", pid: 5).contains(.launch(name: "panel")))
  }

  @Test func `one that rests, or was given up, is launched at once and has failed never`() throws {
    var fixture = try CoreFixture([.broker])
    _ = fixture.handle(.begin)
    let failure = SupervisorCore.Event.startFailed(name: "broker", description: "")
    _ = fixture.handle(failure)
    #expect(fixture.handle(.restart(name: "broker")).last == .launch(name: "broker"))
    for _ in 1..<CoreFixture.policy.failuresLimit {
      _ = fixture.handle(failure)
      _ = fixture.handle(.tick, after: CoreFixture.policy.pauseLimit)
    }
    #expect(
      fixture.handle(failure).last
        == .announce(.gaveUp(name: "broker", triesAgainAfter: .seconds(60))))
    #expect(fixture.handle(.restart(name: "broker")).last == .launch(name: "broker"))
    #expect(
      fixture.handle(failure).last
        == .announce(.restarting(name: "broker", after: .milliseconds(100))))
  }

  @Test func `nothing is restarted that there is not, or once all stop`() throws {
    var fixture = try CoreFixture.allReady()
    #expect(fixture.handle(.restart(name: "nobody")).isEmpty)
    _ = fixture.handle(.restart(name: "panel"))
    _ = fixture.handle(.stop)
    #expect(fixture.handle(.restart(name: "intake")).isEmpty)
    let gone = fixture.handle(.exited(name: "panel", description: ""))
    #expect(!gone.contains(.launch(name: "panel")))
    _ = fixture.handle(.exited(name: "intake", description: ""))
    let last = fixture.handle(.exited(name: "broker", description: ""))
    #expect(last.last == .announce(.stopped))
    #expect(fixture.core.isStopped)
  }
}
