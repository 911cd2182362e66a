import Foundation
import LogLines
import Testing

@testable import Supervisor

/// What a child finds when it wakes up.
@Suite(.timeLimit(.minutes(1))) struct ChildProcessTests {
  /// Runs the script and gives the lines it writes before it says that it is ready.
  private func lines(
    of script: String, besides others: [ChildSpecification] = [], in folder: URL,
    environment: [String: String] = [:], inputFile: String? = nil
  ) async throws -> (pid: Int32, lines: [String]) {
    var answer: (pid: Int32, lines: [String]) = (0, [])
    var child = ChildSpecification.shell(
      "child", "\(script)\necho ready; cat >/dev/null", in: folder,
      startAfter: others.map(\.name), environment: environment)
    child.inputFile = inputFile
    try await Trial.with(others + [child]) { trial in
      for event in try await trial.heard({ $0.kind == "ready child" }) {
        if case .output("child", let line) = event { answer.lines.append(line) }
        if case .ready("child", let pid) = event { answer.pid = pid }
      }
    }
    return answer
  }

  @Test func `lines of output are passed on in order`() async throws {
    try await withFolder { folder in
      let answer = try await lines(of: "seq 1 2000", in: folder)
      #expect(answer.lines == (1...2000).map { "\($0)" })
    }
  }

  @Test func `a child leads a session of its own, out of the reach of the terminal`() async throws {
    try await withFolder { folder in
      let script = "read -r _ _ _ _ group session _ </proc/$$/stat; echo $group $session"
      let answer = try await lines(of: script, in: folder)
      #expect(answer.lines == ["\(answer.pid) \(answer.pid)"])
    }
  }

  @Test func `a child holds no descriptor but its own three, so no other child's lifeline`()
    async throws
  {
    try await withFolder { folder in
      let sibling = ChildSpecification.shell("sibling", ChildSpecification.obedient, in: folder)
      let script = """
        i=0; while [ $i -lt 256 ]; do [ -e /proc/$$/fd/$i ] && echo $i; i=$((i + 1)); done
        """
      let answer = try await lines(of: script, besides: [sibling], in: folder)
      #expect(answer.lines == ["0", "1", "2"])
    }
  }

  @Test func `a child reads its input file first, and its input stays open after that`()
    async throws
  {
    try await withFolder { folder in
      let file = folder.appending(path: "secret").path
      try "a secret\n".write(toFile: file, atomically: true, encoding: .utf8)
      let answer = try await lines(
        of: #"read -r word; echo "read: $word""#, in: folder, inputFile: file)
      // It said that it was ready after that, and has not left by itself.
      #expect(answer.lines == ["read: a secret"])
      let missing = ChildSpecification(
        name: "child", executable: "/bin/sh", logFile: folder.appending(path: "log").path,
        inputFile: folder.appending(path: "nowhere").path)
      try await Trial.with([missing], policy: RestartPolicy(failuresLimit: 1)) { trial in
        try await trial.heard { if case .startFailed = $0 { true } else { false } }
      }
    }
  }

  @Test func `a child has the variables it was given on top of the inherited ones`() async throws {
    try await withFolder { folder in
      let script = #"echo "$COLOUR"; [ -n "$PATH" ] && echo inherited"#
      let answer = try await lines(of: script, in: folder, environment: ["COLOUR": "blue"])
      #expect(answer.lines == ["blue", "inherited"])
    }
  }

  @Test func `lines of standard error are appended to the log file, structured if they were not`()
    async throws
  {
    try await withFolder { folder in
      let structured = #"{"time":"2026-03-16T09:12:00Z","level":"info","message":"as it is"}"#
      var pids: [Int32] = []
      for _ in 1...2 {
        let script = "echo trouble >&2; echo '\(structured)' >&2"
        pids.append(try await lines(of: script, in: folder).pid)
      }
      let log = try String(contentsOf: folder.appending(path: "child.log"), encoding: .utf8)
      let logged = log.split(separator: "\n")
      #expect(logged.count == 4)
      #expect(logged.indices.filter { logged[$0] == structured } == [1, 3])
      for (line, pid) in zip([logged[0], logged[2]], pids) {
        #expect(line.hasPrefix(#"{"time":""#))
        #expect(
          line.hasSuffix(#","level":"error","process":"child","pid":\#(pid),"message":"trouble"}"#))
      }
    }
  }

  @Test func `the last words of a child that dies are kept`() async throws {
    try await withFolder { folder in
      let script = "echo ready; seq 1 2000 >&2; kill -9 $$"
      let child = ChildSpecification.shell("child", script, in: folder)
      try await Trial.with([child], policy: RestartPolicy(failuresLimit: 1)) { trial in
        try await trial.heard { $0.kind == "gaveUp child" }
      }
      let log = try String(contentsOf: folder.appending(path: "child.log"), encoding: .utf8)
      #expect(LogLine.messages(in: log) == (1...2000).map(String.init).joined(separator: "\n"))
    }
  }

  @Test func `a child that closes its output is still watched and stopped`() async throws {
    try await withFolder { folder in
      let child = ChildSpecification.shell("mute", "echo ready; exec >&-; cat", in: folder)
      try await Trial.with([child]) { trial in
        let pid = try await trial.readyPid(of: "mute")
        #expect(kill(pid, SIGKILL) == 0)
        #expect(try await trial.readyPid(of: "mute") != pid)
      }
    }
  }
}
