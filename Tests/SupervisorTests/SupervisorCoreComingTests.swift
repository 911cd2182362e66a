import Testing

@testable import Supervisor

/// Children that come and go while the others run.
@Suite struct SupervisorCoreComingTests {
  private static let plugin = SupervisorCore.Event.add(name: "plugin", startAfter: ["broker"])

  /// All are ready, and a plugin too: it is 9.
  private static func withPlugin() throws -> CoreFixture {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(plugin)
    _ = fixture.comeUp("plugin", pid: 9)
    return fixture
  }

  @Test func `one that comes is launched at once if those before it are ready`() throws {
    var fixture = try CoreFixture.allReady()
    #expect(
      fixture.handle(Self.plugin)
        == [.announce(.added(name: "plugin")), .launch(name: "plugin")])
    #expect(
      fixture.comeUp("plugin", pid: 9)
        == [
          .announce(.started(name: "plugin", pid: 9, attempt: 1)),
          .announce(.ready(name: "plugin", pid: 9)), .announce(.allReady),
        ])
  }

  @Test func `one that comes while the broker is away waits for it`() throws {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.exited(name: "broker", description: ""))
    #expect(fixture.handle(Self.plugin) == [.announce(.added(name: "plugin"))])
    _ = fixture.handle(.tick, after: .milliseconds(100))
    #expect(fixture.comeUp("broker", pid: 5).contains(.launch(name: "plugin")))
  }

  @Test func `one that starts after nobody knows whom does not come`() throws {
    var fixture = try CoreFixture.allReady()
    #expect(fixture.handle(.add(name: "plugin", startAfter: ["nobody"])).isEmpty)
  }

  @Test func `one that is there and has changed is restarted, and not counted as failed`() throws {
    var fixture = try Self.withPlugin()
    #expect(
      fixture.handle(Self.plugin)
        == [.announce(.restartAsked(name: "plugin")), .closeInput(name: "plugin")])
    #expect(
      fixture.handle(.exited(name: "plugin", description: "")).last == .launch(name: "plugin"))
  }

  @Test func `one that is removed leaves in order and is forgotten when it has gone`() throws {
    var fixture = try Self.withPlugin()
    #expect(fixture.handle(.remove(name: "plugin")) == [.closeInput(name: "plugin")])
    #expect(fixture.handle(.remove(name: "plugin")).isEmpty)
    #expect(fixture.handle(.restart(name: "plugin")).isEmpty)
    #expect(fixture.handle(.tick, after: .seconds(10)) == [.terminate(name: "plugin")])
    #expect(fixture.handle(.tick, after: .seconds(5)) == [.kill(name: "plugin")])
    let gone = fixture.handle(.exited(name: "plugin", description: "was ended by signal 9"))
    #expect(gone.contains(.announce(.removed(name: "plugin"))))
    #expect(!gone.contains(.launch(name: "plugin")))
    #expect(fixture.core.nextDeadline == nil)
  }

  @Test func `one that rests when it is removed is forgotten at once`() throws {
    var fixture = try Self.withPlugin()
    _ = fixture.handle(.exited(name: "plugin", description: ""))
    #expect(fixture.handle(.remove(name: "plugin")).first == .announce(.removed(name: "plugin")))
    #expect(fixture.handle(.tick, after: .seconds(1)).isEmpty)
  }

  @Test func `one that comes back before it has gone is launched when it has`() throws {
    var fixture = try Self.withPlugin()
    _ = fixture.handle(.remove(name: "plugin"))
    #expect(fixture.handle(Self.plugin).isEmpty)
    let gone = fixture.handle(.exited(name: "plugin", description: ""))
    #expect(gone.last == .launch(name: "plugin"))
    #expect(!gone.contains(.announce(.removed(name: "plugin"))))
  }

  @Test func `one that others start after is not removed`() throws {
    var fixture = try CoreFixture.allReady()
    #expect(fixture.handle(.remove(name: "broker")).isEmpty)
  }

  @Test func `those that stand behind one that goes still know whom they start after`() throws {
    var fixture = try CoreFixture.allReady()
    _ = fixture.handle(.add(name: "first", startAfter: ["broker"]))
    _ = fixture.handle(.add(name: "second", startAfter: ["panel"]))
    _ = fixture.comeUp("first", pid: 8)
    _ = fixture.comeUp("second", pid: 9)
    _ = fixture.handle(.remove(name: "intake"))
    _ = fixture.handle(.exited(name: "intake", description: ""))
    #expect(fixture.handle(.remove(name: "panel")).isEmpty, "the second starts after it")
    _ = fixture.handle(.remove(name: "second"))
    _ = fixture.handle(.exited(name: "second", description: ""))
    #expect(fixture.handle(.remove(name: "panel")) == [.closeInput(name: "panel")])
  }

  @Test func `a system that stops waits for one that was on its way out`() throws {
    var fixture = try Self.withPlugin()
    _ = fixture.handle(.remove(name: "plugin"))
    _ = fixture.handle(.stop)
    _ = fixture.handle(.exited(name: "panel", description: ""))
    let early = fixture.handle(.exited(name: "intake", description: ""))
    #expect(!early.contains(.closeInput(name: "broker")))
    #expect(
      fixture.handle(.exited(name: "plugin", description: "")).contains(
        .closeInput(name: "broker")))
    #expect(fixture.handle(.exited(name: "broker", description: "")).last == .announce(.stopped))
  }
}
