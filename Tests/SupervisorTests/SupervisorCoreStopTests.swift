import Testing

@testable import Supervisor

@Suite struct SupervisorCoreStopTests {
  @Test func `workers leave first, last of the list first, and then the broker`() throws {
    var fixture = try CoreFixture.allReady()
    #expect(
      fixture.handle(.stop)
        == [.announce(.stopping), .closeInput(name: "panel"), .closeInput(name: "intake")])
    #expect(fixture.handle(.exited(name: "intake", description: "a")).count == 1)
    #expect(
      fixture.handle(.exited(name: "panel", description: "b"))
        == [
          .announce(.exited(name: "panel", pid: 3, description: "b")),
          .closeInput(name: "broker"),
        ])
    #expect(
      fixture.handle(.exited(name: "broker", description: "c"))
        == [
          .announce(.exited(name: "broker", pid: 1, description: "c")), .announce(.stopped),
        ])
    #expect(fixture.core.isStopped)
    #expect(fixture.core.nextDeadline == nil)
  }

  @Test func `a child that stays is sent SIGTERM and then SIGKILL`() throws {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.exited(name: "intake", description: ""))
    _ = fixture.handle(.stop)
    #expect(fixture.handle(.tick, after: .milliseconds(9_999)).isEmpty)
    #expect(fixture.handle(.tick, after: .milliseconds(1)) == [.terminate(name: "panel")])
    #expect(fixture.handle(.tick, after: .milliseconds(4_999)).isEmpty)
    #expect(fixture.handle(.tick, after: .milliseconds(1)) == [.kill(name: "panel")])
    #expect(fixture.core.nextDeadline == nil)
    #expect(
      fixture.handle(.exited(name: "panel", description: "")).last == .closeInput(name: "broker"))
  }

  @Test func `a child that is being started is told to leave`() throws {
    var fixture = try CoreFixture()
    _ = fixture.handle(.begin)
    #expect(fixture.handle(.stop) == [.announce(.stopping), .closeInput(name: "broker")])
    #expect(fixture.comeUp("broker", pid: 1).count == 1, "it is not ready, it leaves")
    #expect(
      fixture.handle(.exited(name: "broker", description: "")).last == .announce(.stopped))
  }

  @Test func `a start that fails during the stop ends it`() throws {
    var fixture = try CoreFixture()
    _ = fixture.handle(.begin)
    _ = fixture.handle(.stop)
    #expect(
      fixture.handle(.startFailed(name: "broker", description: "no such file")).last
        == .announce(.stopped))
  }

  @Test func `a child that rests is not launched again`() throws {
    var fixture = try CoreFixture.allReady()
    for name in ["panel", "intake", "broker"] {
      _ = fixture.handle(.exited(name: name, description: ""))
    }
    #expect(fixture.handle(.stop) == [.announce(.stopping), .announce(.stopped)])
    #expect(fixture.handle(.tick, after: .seconds(1)).isEmpty)
  }

  @Test func `a child killed for being late does not return once the stop was asked`() throws {
    var fixture = try CoreFixture([.broker])
    _ = fixture.handle(.begin)
    _ = fixture.handle(.started(name: "broker", pid: 1))
    _ = fixture.handle(.tick, after: .seconds(120))
    #expect(fixture.handle(.stop) == [.announce(.stopping)])
    #expect(
      fixture.handle(.exited(name: "broker", description: "")).last == .announce(.stopped))
  }

  @Test func `to stop twice is to stop once, and before the beginning there is nothing to stop`()
    throws
  {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.stop)
    #expect(fixture.handle(.stop).isEmpty)

    var unused = try CoreFixture()
    #expect(unused.handle(.stop) == [.announce(.stopping), .announce(.stopped)])
    #expect(unused.handle(.begin).isEmpty)
  }
}
