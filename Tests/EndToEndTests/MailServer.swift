import Foundation
import Subprocess
import SystemPackage
import Testing

/// A mail server in a process of its own, which says what comes: aiosmtpd (Tests/Mail/server).
struct MailServer {
  private var lines: LineReader
  private let input: StandardInputWriter
  /// What came whole and was looked at, or passed over.
  private(set) var messages: [JSONValue] = []

  struct Ended: Error {}

  /// Runs one, has the plugin `mail` hand its notices in there, to everybody, and runs the body.
  /// - Parameter fates: of the first message, the second, and so on; see the server.
  /// - Returns: all that came whole.
  static func with(
    _ fates: [String] = [], on system: RunningSystem,
    _ body: (inout MailServer) async throws -> Void
  ) async throws -> [JSONValue] {
    let program = Examples.folder.deletingLastPathComponent().appending(path: "Mail/server").path
    let result = try await Subprocess.run(
      .path("/usr/bin/python3"), arguments: Arguments([program] + fates),
      environment: Tool.environment, input: .inputWriter, output: .sequence, error: .discarded
    ) { execution in
      var server = MailServer(
        lines: LineReader(execution.standardOutput.makeAsyncIterator()),
        input: execution.standardInputWriter)
      let port = try #require(try await server.line()?["port"].number)
      try await system.json([
        "plugin", "add", "mail", "--yes", "--set", "server=smtp://127.0.0.1:\(port)", "--set",
        "from=asb@council.example", "--set", "mode=live",
      ])
      // Correspondence knows who serves e-mail.
      try await system.json(["status", "--wait"])
      try await body(&server)
      try await execution.standardInputWriter.finish()
      while let line = try await server.line() { server.keep(line) }
      return server.messages
    }
    #expect(result.terminationStatus == .exited(0))
    return result.closureResult
  }

  /// Waits for the next message that came whole.
  mutating func next() async throws -> JSONValue {
    let known = messages.count
    while let line = try await line() {
      keep(line)
      if messages.count > known { return messages[known] }
    }
    throw Ended()
  }

  /// Answers a message that is held, and waits until the answer has left.
  mutating func answer() async throws {
    _ = try await input.write("\n")
    while let line = try await line() {
      keep(line)
      if line["answered"] != .null { return }
    }
    throw Ended()
  }

  private mutating func line() async throws -> JSONValue? {
    try await lines.next().map { try JSONValue(parsing: $0) }
  }

  private mutating func keep(_ line: JSONValue) {
    if line["message"] != .null { messages.append(line["message"]) }
  }
}

/// What stands about a case's notices.
enum Notices {
  /// Looks again and again at the first notice of a kind. Each look is a process of its own, so this is long.
  static func first(
    _ kind: String, of reference: String, is state: String, on system: RunningSystem,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    var last = JSONValue.null
    for _ in 0..<100 {
      let all = try await system.json(["notice", "list", reference])["notices"].list
      last = all.first { $0["kind"].text == kind } ?? .null
      if last["state"].text == state { return last }
    }
    Issue.record("\(kind) does not come to be \(state): \(last)", sourceLocation: sourceLocation)
    return last
  }
}
