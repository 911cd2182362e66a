import Foundation
import Logging
import Testing

@testable import Supervisor

@Suite(.timeLimit(.minutes(1))) struct SupervisorTests {
  @Test func `a child becomes ready and leaves when its input ends`() async throws {
    try await withFolder { folder in
      try await Trial.with([.shell("broker", ChildSpecification.obedient, in: folder)]) { trial in
        let pid = try await trial.readyPid(of: "broker")
        await trial.supervisor.stop()
        #expect(
          try await trial.heard { $0 == .stopped } == [
            .allReady, .stopping,
            .exited(name: "broker", pid: pid, description: "exited with status 0"), .stopped,
          ])
        try await trial.run.value
        #expect(kill(pid, 0) == -1, "no process is left")
      }
    }
  }

  @Test func `children start in order and stop in reverse`() async throws {
    try await withFolder { folder in
      let broker = ChildSpecification.shell("broker", ChildSpecification.obedient, in: folder)
      let worker = ChildSpecification.shell(
        "worker", ChildSpecification.obedient, in: folder, startAfter: ["broker"])
      try await Trial.with([broker, worker]) { trial in
        let beginning = try await trial.heard { $0 == .allReady }
        let inOrder = [
          "started broker", "ready broker", "started worker", "ready worker", "allReady",
        ]
        #expect(beginning.map(\.kind) == inOrder)
        trial.run.cancel()
        let end = try await trial.heard { $0 == .stopped }
        #expect(end.map(\.kind) == ["stopping", "exited worker", "exited broker", "stopped"])
      }
    }
  }

  @Test func `a child killed by SIGKILL is started again`() async throws {
    try await withFolder { folder in
      try await Trial.with([.shell("worker", ChildSpecification.obedient, in: folder)]) { trial in
        let first = try await trial.readyPid(of: "worker")
        #expect(kill(first, SIGKILL) == 0)
        let events = try await trial.heard { $0.kind == "started worker" }
        let fate = "was ended by signal 9"
        #expect(events.contains(.exited(name: "worker", pid: first, description: fate)))
        #expect(try await trial.readyPid(of: "worker") != first)
      }
    }
  }

  @Test func `a child whose restart is asked for leaves in order and is another process then`()
    async throws
  {
    try await withFolder { folder in
      try await Trial.with([.shell("worker", ChildSpecification.obedient, in: folder)]) { trial in
        let first = try await trial.readyPid(of: "worker")
        await trial.supervisor.restart("worker")
        let events = try await trial.heard { $0.kind == "started worker" }
        let fate = "exited with status 0"
        #expect(events.contains(.exited(name: "worker", pid: first, description: fate)))
        #expect(try await trial.readyPid(of: "worker") != first)
      }
    }
  }

  @Test func `a child that comes later is started, and one that is removed leaves no process`()
    async throws
  {
    try await withFolder { folder in
      let broker = ChildSpecification.shell("broker", ChildSpecification.obedient, in: folder)
      let plugin = ChildSpecification.shell(
        "plugin", ChildSpecification.obedient, in: folder, startAfter: ["broker"])
      try await Trial.with([broker]) { trial in
        _ = try await trial.readyPid(of: "broker")
        try await trial.supervisor.add(plugin)
        let pid = try await trial.readyPid(of: "plugin")
        await trial.supervisor.remove("plugin")
        try await trial.heard { $0 == .removed(name: "plugin") }
        #expect(kill(pid, 0) == -1, "no process is left")
        await #expect(throws: SupervisorError.self) {
          try await trial.supervisor.add(
            .shell("lost", ChildSpecification.obedient, in: folder, startAfter: ["plugin"]))
        }
      }
    }
  }

  @Test func `a child has what it is to have of the environment, and nothing else`() async throws {
    let ofShells = ["PATH", "PWD", "OLDPWD", "SHLVL", "_"]
    let name = try #require(
      ProcessInfo.processInfo.environment.keys.sorted().first { key in
        !ofShells.contains(key) && !key.isEmpty && key.allSatisfy { $0.isASCII && $0.isLetter }
      })
    try await withFolder { folder in
      let script = "echo \"${\(name)+there} ${OWN}\"; echo ready; cat >/dev/null"
      let cases: [(inherited: [String]?, said: String)] = [
        (nil, "there 1"), (["PATH", name], "there 1"), (["PATH"], " 1"),
      ]
      for (inherited, said) in cases {
        var child = ChildSpecification.shell(
          "worker", script, in: folder, environment: ["OWN": "1"])
        child.inherited = inherited
        try await Trial.with([child]) { trial in
          try await trial.heard { $0 == .output(name: "worker", line: said) }
        }
      }
    }
  }

  @Test func `a child that may not start is not started, and the reason is told`() async throws {
    try await withFolder { folder in
      let script = "echo ready; touch \(folder.path)/started; cat >/dev/null"
      try await Trial.with(
        [.shell("plugin", script, in: folder)],
        mayStart: { $0.name == "plugin" ? "it is not the program that was approved" : nil }
      ) { trial in
        let reason = "it is not the program that was approved"
        try await trial.heard { $0 == .startFailed(name: "plugin", description: reason) }
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/started"))
      }
    }
  }

  @Test func `a child that ignores the end of its input is sent SIGTERM`() async throws {
    try await withFolder { folder in
      let script = "trap 'exit 7' TERM; echo ready; while :; do sleep 1000 & wait; done"
      let grace = StopGrace(drain: .milliseconds(1), terminate: .seconds(1000))
      let child = ChildSpecification.shell("deaf", script, in: folder)
      try await Trial.with([child], grace: grace) { trial in
        let pid = try await trial.readyPid(of: "deaf")
        await trial.supervisor.stop()
        let end = try await trial.heard { $0 == .stopped }
        let fate = SupervisorEvent.exited(
          name: "deaf", pid: pid, description: "exited with status 7")
        #expect(end.contains(fate))
      }
    }
  }

  @Test func `a child that ignores SIGTERM too is killed with its own children`() async throws {
    try await withFolder { folder in
      let witness = try Witness(in: folder)
      let script = """
        trap '' TERM; exec 9>"$WITNESS"; echo ready; while :; do sleep 1000; done
        """
      let grace = StopGrace(drain: .milliseconds(1), terminate: .milliseconds(1))
      let child = ChildSpecification.shell(
        "stubborn", script, in: folder, environment: ["WITNESS": witness.path])
      let testimony = witness.testimony()
      try await Trial.with([child], grace: grace) { trial in
        let pid = try await trial.readyPid(of: "stubborn")
        await trial.supervisor.stop()
        let end = try await trial.heard { $0 == .stopped }
        let fate = SupervisorEvent.exited(
          name: "stubborn", pid: pid, description: "was ended by signal 9")
        #expect(end.contains(fate))
      }
      #expect(await testimony.value == "", "the sleeping grandchild is gone as well")
    }
  }

  @Test func `what a child leaves behind is killed when it goes`() async throws {
    try await withFolder { folder in
      let witness = try Witness(in: folder)
      let script = #"exec 9>"$WITNESS"; sleep 1000 & echo ready; cat >/dev/null"#
      let child = ChildSpecification.shell(
        "parent", script, in: folder, environment: ["WITNESS": witness.path])
      let testimony = witness.testimony()
      try await Trial.with([child]) { trial in _ = try await trial.readyPid(of: "parent") }
      #expect(await testimony.value == "", "the sleeping grandchild is gone as well")
    }
  }

  @Test func `a child that fails too often is given up for a while and the others run on`()
    async throws
  {
    try await withFolder { folder in
      let policy = RestartPolicy(
        firstPause: .milliseconds(1), failuresLimit: 3, breakerPause: .seconds(1000))
      let children: [ChildSpecification] = [
        .shell("broker", ChildSpecification.obedient, in: folder),
        .shell("broken", "exit 3", in: folder),
        .shell("never", ChildSpecification.obedient, in: folder, startAfter: ["broken"]),
      ]
      try await Trial.with(children, policy: policy) { trial in
        let events = try await trial.heard { $0.kind == "gaveUp broken" }
        let failures = events.map(\.kind).filter { $0 == "exited broken" }
        #expect(failures.count == 3)
        #expect("\(events)".contains("exited with status 3"))
        await trial.supervisor.stop()
        let end = try await trial.heard { $0 == .stopped }.map(\.kind)
        #expect(end.contains("exited broker"))
        #expect(!end.contains("started never"))
      }
    }
  }

  @Test
  func `a child that was given up is tried again, and comes back when what felled it is gone`()
    async throws
  {
    try await withFolder { folder in
      let policy = RestartPolicy(
        firstPause: .milliseconds(1), failuresLimit: 2, breakerPause: .milliseconds(1))
      let cause = folder.appending(path: "cause").path
      #expect(FileManager.default.createFile(atPath: cause, contents: nil))
      let script = #"[ -e "$CAUSE" ] && exit 3; echo ready; cat >/dev/null"#
      let child = ChildSpecification.shell(
        "child", script, in: folder, environment: ["CAUSE": cause])
      try await Trial.with([child], policy: policy) { trial in
        try await trial.heard { $0.kind == "gaveUp child" }
        try await trial.heard { $0.kind == "gaveUp child" }
        try FileManager.default.removeItem(atPath: cause)
        _ = try await trial.readyPid(of: "child")
      }
    }
  }

  @Test func `a program or log file that is not there is a failed start with a clear reason`()
    async throws
  {
    try await withFolder { folder in
      let policy = RestartPolicy(firstPause: .milliseconds(1), failuresLimit: 2)
      var program = ChildSpecification.shell("program", "", in: folder)
      program.executable = "/no/such/program"
      var log = ChildSpecification.shell("log", "", in: folder)
      log.logFile = "/no/such/folder/log"
      for (child, reason) in [(program, "/no/such/program"), (log, "/no/such/folder/log")] {
        try await Trial.with([child], policy: policy) { trial in
          let events = try await trial.heard { $0.kind == "gaveUp \(child.name)" }
          let failures = events.map(\.kind).filter { $0 == "startFailed \(child.name)" }
          #expect(failures.count == 2)
          #expect("\(events)".contains(reason))
        }
      }
    }
  }

  @Test func `cancellation while children are starting leaves none`() async throws {
    try await withFolder { folder in
      let silent = (1...3).map {
        ChildSpecification.shell("silent\($0)", "cat >/dev/null", in: folder)
      }
      try await Trial.with(silent) { trial in
        try await trial.heard { $0.kind.hasPrefix("started") }
        trial.run.cancel()
        let end = try await trial.heard { $0 == .stopped }
        let gone = end.map(\.kind).filter { $0.hasPrefix("exited") }
        #expect(gone.sorted() == ["exited silent1", "exited silent2", "exited silent3"])
      }
      try await Trial.with(silent) { trial in trial.run.cancel() }
    }
  }

  @Test func `a supervisor runs once, and not at all after it was stopped`() async throws {
    try await withFolder { folder in
      let child = ChildSpecification.shell("child", ChildSpecification.obedient, in: folder)
      try await Trial.with([child]) { trial in
        _ = try await trial.readyPid(of: "child")
        await #expect(throws: SupervisorError.alreadyRun) {
          try await trial.supervisor.run { _ in }
        }
      }
      let stopped = try Supervisor(children: [child], logger: Logger(label: "test"))
      await stopped.stop()
      try await stopped.run { event in Issue.record("\(event)") }
    }
  }
}

extension SupervisorEvent {
  /// The event without its particulars.
  var kind: String {
    switch self {
    case .added(let name): "added \(name)"
    case .removed(let name): "removed \(name)"
    case .started(let name, _, _): "started \(name)"
    case .startFailed(let name, _): "startFailed \(name)"
    case .ready(let name, _): "ready \(name)"
    case .output(let name, _): "output \(name)"
    case .exited(let name, _, _): "exited \(name)"
    case .restartAsked(let name): "restartAsked \(name)"
    case .restarting(let name, _): "restarting \(name)"
    case .gaveUp(let name, _): "gaveUp \(name)"
    case .logLost(let name): "logLost \(name)"
    case .allReady: "allReady"
    case .stopping: "stopping"
    case .stopped: "stopped"
    }
  }
}
