import Foundation
import Testing

/// A plugin's program, as an operator and a supervisor meet it: the one that `recourse plugin new` writes.
@Suite(.timeLimit(.minutes(1))) struct SampleProgramTests {
  @Test func `it describes itself in one line, without settings`() throws {
    struct Description: Decodable {
      struct Own: Decodable { let subscribes: [String] }
      struct Manifest: Decodable { let calls, serves: [String] }
      let name, version: String
      let own: Own
      let manifest: Manifest
      let settings: [String]
    }
    let said = try Program.run(["describe"])
    #expect(said.status == 0)
    #expect(said.output.split(separator: "\n").count == 1)
    let description = try JSONDecoder().decode(Description.self, from: Data(said.output.utf8))
    #expect(description.name == "sample-plugin")
    #expect(description.version == "0.1.0")
    #expect(description.own.subscribes == ["recourse.intake.v1.ApplicationReceived"])
    #expect(description.manifest.calls.contains("recourse.bus.v1.EventLog/Read"))
    #expect(description.manifest.serves.contains("recourse.worker.v1.Worker"))
    #expect(description.settings == ["endpoint", "token"])
  }

  @Test func `help tells the two commands and ends well`() throws {
    let said = try Program.run(["--help"])
    #expect(said.status == 0)
    #expect(said.output.contains("describe") && said.output.contains("run"))
    #expect(try Program.run(["--version"]).output == "0.1.0\n")
  }

  @Test(arguments: [["rnu"], ["run", "--dta", "x"], ["describe", "twice"]])
  func `a wrong command line is told with a code and a way out`(arguments: [String]) throws {
    let said = try Program.run(arguments)
    #expect(said.status == 64)
    #expect(said.errors.hasPrefix("sample-plugin: usage"))
    #expect(said.errors.contains("`sample-plugin --help`"))
  }

  @Test func `without a setting it says which, in a line of the log and in plain words`() throws {
    try Self.inFolder { folder in
      let said = try Program.run(["run", "--data", folder.path, "--address", "ipc://nowhere"])
      #expect(said.status == 69)
      #expect(said.errors.contains("sample-plugin: setting at endpoint"))
      let line = try #require(said.errors.split(separator: "\n").first)
      struct Line: Decodable { let level, process, code, place, wayOut: String }
      let logged = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      #expect(logged.level == "error")
      #expect(logged.process == "sample-plugin")
      #expect(logged.code == "setting")
      #expect(logged.place == "endpoint")
      #expect(logged.wayOut.contains("--set endpoint="))
    }
  }

  @Test func `without a broker, and without a key, it says so`() throws {
    try Self.inFolder { folder in
      try Self.set("{\"endpoint\": \"https://alerts.example.org\"}", in: folder)
      let silent = try Program.run(["run", "--data", folder.path])
      #expect(silent.status == 69)
      #expect(silent.errors.contains("sample-plugin: unavailable"))
      let keyless = try Program.run(["run", "--data", folder.path, "--address", "ipc://nowhere"])
      #expect(keyless.status == 69)
      #expect(keyless.errors.contains("sample-plugin: key-missing"))
    }
  }

  // MARK: - Stage

  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sample-" + UUID().uuidString.lowercased())
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static func set(_ text: String, in folder: URL) throws {
    let place = folder.appending(path: "plugins/sample-plugin")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let file = place.appending(path: "settings.json")
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }
}

/// The program of the build that these tests belong to, run to its end.
private struct Program {
  let status: Int32
  let output: String
  let errors: String

  static func run(_ arguments: [String]) throws -> Program {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "SamplePlugin")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // Both are short: neither fills its pipe while the other is read.
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Program(
      status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self))
  }
}
