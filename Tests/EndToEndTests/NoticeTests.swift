import Foundation
import Glibc
import Testing

extension RunningSystems {
  /// A notice that needs no code, from the manifest to the receiver.
  @Suite(.serialized, .sharedSystem, .timeLimit(.minutes(4))) struct NoticeTests {
    private var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    /// Takes one notice in, says that it has it, and gives it as it came.
    private static func notice(at listener: Int32) throws -> String {
      var limit = timeval(tv_sec: 60, tv_usec: 0)
      setsockopt(
        listener, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { throw HTTP.Failed(description: "nobody came: \(errno)") }
      defer { close(connection) }
      setsockopt(
        connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 64 * 1024)
      while true {
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { throw HTTP.Failed(description: "the notice broke off: \(errno)") }
        bytes += buffer.prefix(count)
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n"),
          let length = text[..<end.lowerBound].firstMatch(of: /Content-Length: (\d+)/)
        else { continue }
        guard text[end.upperBound...].utf8.count >= Int(length.1) ?? 0 else { continue }
        let answer = Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
        _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
        return text
      }
    }

    @Test func `an application is told to a receiver, signed, and the case says that it was`()
      async throws
    {
      let system = try system
      try await withFolder { folder in
        let (listener, port) = try HTTP.listener()
        defer { close(listener) }
        let manifest = "\(folder)/plugin.yaml"
        try """
        recourse-plugin: 1
        name: sigma
        version: "1.0"
        purpose: Tells a test of applications.
        webhook:
          events: [recourse.intake.v1.ApplicationReceived]
          url: http://127.0.0.1:\(port)/notices
        reaches: ["127.0.0.1:\(port)"]
        settings:
          secret: {says: What signs notices, secret: true, required: true}

        """.write(toFile: manifest, atomically: true, encoding: .utf8)
        let added = try await system.json(
          ["plugin", "add", manifest, "--yes", "--secret", "secret"], input: "quite-secret\n")
        #expect(added["process"]["state"].text == "ready")

        let arriving = Task.detached { try Self.notice(at: listener) }
        let reference = try await system.apply("three-complaints.json")
        let notice = try await arriving.value
        #expect(notice.hasPrefix("POST /notices HTTP/1.1\r\n"))
        #expect(notice.contains("Recourse-Event: recourse.intake.v1.ApplicationReceived\r\n"))
        #expect(notice.contains("Recourse-Signature: t="))
        #expect(notice.contains("\"case\":\"\(reference)\""))
        #expect(!notice.contains("quite-secret") && !notice.contains("Applicant One"))

        let line =
          "Notice of recourse.intake.v1.ApplicationReceived by sigma was delivered, after 1 attempt"
        var shown = ""
        // Each look is a process of its own, so this is long.
        for _ in 0..<100 where !shown.contains(line) {
          shown = try await system.run(["case", "timeline", reference]).output
        }
        #expect(shown.contains(line))
        try await system.json(["plugin", "remove", "sigma"])
      }
    }
  }
}
