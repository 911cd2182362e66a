import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

/// Errors come with a code, a path and a way out, and with the exit status that says what kind it is.
@Suite(.timeLimit(.minutes(1))) struct ErrorTests {
  @Test func `without a running system a command says how to start one`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(["status", "--data", folder, "--json"])
      #expect(outcome.status == 69)
      #expect(outcome.output.isEmpty)
      #expect(try outcome.error["code"].text == "unavailable")
      let message = try #require(try outcome.error["message"].text)
      #expect(message.contains("recourse up --data \(folder)"))
    }
  }

  @Test func `an address where nobody answers is the same to the caller`() async throws {
    try await withFolder { folder in
      let stale = "ipc://\(folder)/broker.sock\n"
      try await Keys.make(in: folder, for: [])
      try stale.write(toFile: "\(folder)/broker.address", atomically: true, encoding: .utf8)
      let outcome = try await Tool.run(["case", "list", "--data", folder])
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("unavailable"))
    }
  }

  @Test func `a slice that cannot be used is named, with what to do about it`() async throws {
    try await withFolder { folder in
      try await Keys.make(in: folder, for: ["threshold"])
      let slice = "\(folder)/slices/threshold.sqlite"
      try FileManager.default.createDirectory(
        atPath: "\(folder)/slices", withIntermediateDirectories: true)
      try String(repeating: "no slice ", count: 1000).write(
        toFile: slice, atomically: true, encoding: .utf8)
      // A worker opens its slice only when the broker has let it in.
      try await Apart.with([Apart.Command(arguments: ["broker", "--data", folder])]) { _ in
        // An input that is no pipe has no end at which it would leave.
        let outcome = try await Tool.run(
          ["worker", "threshold", "--data", folder],
          through: ["/bin/sh", "-c", "exec \"$0\" \"$@\" < /dev/null", Tool.program])
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("storage-damaged at \(slice)\n"))
        #expect(outcome.errors.contains("restore a backup"))
      }
    }
  }

  @Test(arguments: [
    ["nonsense"], ["case", "show"], ["case", "list"], ["threshold", "decide", "X", "--met"],
    ["report", "statutory", "--period", "2026", "--data", "."],
    ["calendar", "add", "--division", "france"],
  ])
  func `wrong usage is 64`(arguments: [String]) async throws {
    let outcome = try await Tool.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test func `wrong usage is JSON too where JSON is asked for`() async throws {
    let outcome = try await Tool.run(["case", "list", "--json"])
    #expect(outcome.status == 64)
    #expect(try outcome.error["code"].text == "no-data-directory")
  }

  @Test(arguments: [
    (["case", "show"], "<ref>"), (["case", "list", "--wrong"], "--wrong"),
    (["nonsense"], "nonsense"),
    (["threshold", "decide", "X", "--met", "--officer", "A"], "--reason"),
  ])
  func `wrong usage names the argument, a code and a way out`(
    arguments: [String], path: String
  ) async throws {
    let told = try await Tool.run(arguments)
    #expect(told.errors.hasPrefix("recourse: usage at \(path)\n"))
    #expect(told.errors.contains("--help"))
    let asJSON = try await Tool.run(arguments + ["--json"])
    #expect(asJSON.status == 64)
    #expect(try asJSON.error["code"].text == "usage")
    if arguments != ["nonsense"] { #expect(try asJSON.error["path"].text == path) }
  }

  @Test(arguments: [["up"], ["broker"], ["log", "verify"]])
  func `a log that is none is told with its file and a way out`(command: [String]) async throws {
    try await withFolder { folder in
      try await Keys.make(in: folder, for: [])
      let letter = String(repeating: "A letter. ", count: 1000)
      try letter.write(toFile: "\(folder)/log.sqlite", atomically: true, encoding: .utf8)
      let outcome = try await Tool.run(command + ["--data", folder])
      #expect(outcome.status == 69)
      #expect(outcome.errors.hasPrefix("recourse: log-not-a-log at \(folder)/log.sqlite\n"))
      #expect(outcome.errors.contains("backup"))
    }
  }

  @Test func `an address that another process has is told with a way out`() async throws {
    try await withFolder { folder in
      try await Keys.make(in: folder, for: [])
      let (listener, port) = try HTTP.listener()
      defer { close(listener) }
      let address = "tcp://127.0.0.1:\(port)"
      let outcome = try await Tool.run([
        "broker", "--data", folder, "--address", address,
      ])
      #expect(outcome.status == 69, "\(outcome.errors)")
      #expect(outcome.errors.contains("address-taken at \(address)\n"))
      #expect(outcome.errors.contains("--address"))
    }
  }

  @Test func `verification where there is no log says so`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(["log", "verify", "--data", folder, "--json"])
      #expect(outcome.status == 69)
      #expect(try outcome.error["code"].text == "log-missing")
    }
  }

  @Test func `a clock that is none is refused`() async throws {
    try await withFolder { folder in
      let environment = Tool.environment.updating(["RECOURSE_CLOCK": "tomorrow"])
      let outcome = try await Tool.run(["up", "--data", folder], environment: environment)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("RECOURSE_CLOCK"))
    }
  }

  @Test func `an address that no letter could name is refused`() async throws {
    try await withFolder { folder in
      let environment = Tool.environment.updating(["RECOURSE_FOLLOW": "reviews.example.org"])
      let outcome = try await Tool.run(["up", "--data", folder], environment: environment)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("invalid-follow-address at RECOURSE_FOLLOW"))
    }
  }

  @Test func `a command that waits for input is ended by Ctrl-C`() async throws {
    let result = try await Subprocess.run(
      .path(FilePath(Tool.program)), arguments: ["calendar", "add", "--division", "scotland"],
      environment: Tool.environment, input: .inputWriter, output: .sequence, error: .discarded
    ) { execution in
      let line = #"{"from":"2026-04-02","workingDays":0}"# + "\n"
      _ = try await execution.standardInputWriter.write(line)
      var lines = LineReader(execution.standardOutput.makeAsyncIterator())
      try await lines.skip(through: #"{"date":"2026-04-02"}"#)
      try execution.send(signal: .interrupt)
      while try await lines.next() != nil {}
    }
    #expect(result.terminationStatus == .exited(130))
  }

  @Test(arguments: [
    [], ["apply"], ["threshold", "decide"], ["up"], ["report", "statutory"], ["demo"],
    ["log", "verify"], ["policy", "simulate"], ["threshold", "information", "return"],
    ["threshold", "appeal", "decide"], ["threshold", "clock", "extend"],
  ])
  func `every command has help`(command: [String]) async throws {
    let outcome = try await Tool.run(command + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE"))
  }
}
