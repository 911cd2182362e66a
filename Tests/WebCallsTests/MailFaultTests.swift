import Foundation
import Testing
import WebCalls

/// What a fault says of whether the server may have taken a message, word by word of the dialogue.
@Suite(.timeLimit(.minutes(1))) struct MailFaultTests {
  private static let message = MailMessage(
    key: "0123abcd", from: .init("a@example.org"), to: .init("b@example.net"), subject: "s",
    text: String(repeating: "word ", count: 100), date: Date(timeIntervalSince1970: 0))

  private static var bounds: MailBounds {
    var bounds = MailBounds()
    bounds.connectTimeLimit = .seconds(5)
    bounds.answerTimeLimit = .seconds(1)
    bounds.wholeTimeLimit = .seconds(5)
    return bounds
  }

  /// A server that says these lines, one for each that it hears; then it closes.
  private static func fault(
    saying lines: [String], _ message: MailMessage = message, bounds: MailBounds = bounds
  ) async throws -> MailFault? {
    let listener = try RawListener { connection in
      var isText = false
      for line in lines {
        connection.write(line + "\r\n")
        guard connection.readLines(untilDot: isText) else { return }
        isText = line.hasPrefix("354")
      }
    }
    defer { withExtendedLifetime(listener) {} }
    do throws(MailFault) {
      try await MailCaller(MailServer("smtp://127.0.0.1:\(listener.port)"), bounds).send(message)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: 0...4)
  func `a connection that is lost before the text may begin has sent nothing`(
    count: Int
  ) async throws {
    let lines = ["220 hello", "250 hello", "250 sender", "250 recipient"].prefix(count)
    let fault = try #require(await Self.fault(saying: Array(lines)))
    guard case .notSent = fault else {
      Issue.record("\(fault)")
      return
    }
  }

  @Test(arguments: [
    (["220 hello", "250 hello", "451 later"], 451), (["220 hello", "250 hello", "550 no"], 550),
    (["220 hello", "250 hello", "250 ok", "450 busy"], 450),
    (["220 hello", "250 hello", "250 ok", "550 no"], 550),
    (["220 hello", "250 hello", "250 ok", "250 ok", "554 no"], 554),
  ])
  func `what is refused before the text has the server's code`(
    lines: [String], status: Int
  ) async throws {
    #expect(try await Self.fault(saying: lines) == .refused(status: status))
  }

  @Test(arguments: [451, 554])
  func `what is refused after the text has the server's code, and was not taken`(
    status: Int
  ) async throws {
    let lines = ["220 hello", "250 hello", "250 ok", "250 ok", "354 go on", "\(status) no"]
    #expect(try await Self.fault(saying: lines) == .refused(status: status))
  }

  @Test func `a message that the server takes is taken`() async throws {
    let lines = ["220 hello", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken", "221 bye"]
    #expect(try await Self.fault(saying: lines) == nil)
  }

  @Test func `a connection that is lost after the text leaves nobody who knows`() async throws {
    let lines = ["220 hello", "250 hello", "250 ok", "250 ok", "354 go on"]
    let fault = try #require(await Self.fault(saying: lines))
    guard case .unknown = fault else {
      Issue.record("\(fault)")
      return
    }
  }

  @Test func `a connection that is lost in the middle of the text has sent nothing`() async throws {
    var long = Self.message
    long.text = String(repeating: String(repeating: "word ", count: 12) + "\n", count: 50_000)
    let listener = try RawListener { connection in
      for line in ["220 hello", "250 hello", "250 ok", "250 ok"] {
        connection.write(line + "\r\n")
        guard connection.readLines(untilDot: false) else { return }
      }
      connection.write("354 go on\r\n")
    }
    defer { withExtendedLifetime(listener) {} }
    let caller = MailCaller(MailServer("smtp://127.0.0.1:\(listener.port)"), Self.bounds)
    let fault = await #expect(throws: MailFault.self) { try await caller.send(long) }
    guard case .notSent = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }

  @Test func `where nobody listens, or no encryption is offered, nothing is sent`() async throws {
    let port = try RawListener.closedPort()
    await #expect(throws: MailFault.notSent("nobody answers at the host")) {
      try await MailCaller(MailServer("smtp://127.0.0.1:\(port)"), Self.bounds).send(Self.message)
    }
    let listener = try RawListener { connection in
      for line in ["220 hello", "250 hello", "250 ok"] {
        connection.write(line + "\r\n")
        guard connection.readLines(untilDot: false) else { return }
      }
    }
    defer { withExtendedLifetime(listener) {} }
    let server = MailServer("smtp://127.0.0.1:\(listener.port)", encryption: .required)
    await #expect(throws: MailFault.notSent("the server offers no encryption")) {
      try await MailCaller(server, Self.bounds).send(Self.message)
    }
  }

  /// A server that says these lines, and then nothing more until the other side has gone.
  private static func silent(
    after lines: [String], _ isSilent: AsyncStream<Void>.Continuation? = nil
  ) throws -> RawListener {
    try RawListener { connection in
      for line in lines {
        connection.write(line + "\r\n")
        guard connection.readLines(untilDot: line.hasPrefix("354")) else { return }
      }
      isSilent?.yield()
      while connection.readLines(untilDot: false) {}
    }
  }

  @Test func `a server that does not answer a goodbye keeps nobody waiting`() async throws {
    let listener = try Self.silent(
      after: ["220 hello", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken"])
    defer { withExtendedLifetime(listener) {} }
    // By the limits that it has in life: ten minutes for an answer.
    try await MailCaller(MailServer("smtp://127.0.0.1:\(listener.port)")).send(Self.message)
  }

  @Test func `who is cancelled after the text leaves at once, and knows that nobody knows`()
    async throws
  {
    let (texts, read) = AsyncStream<Void>.makeStream()
    let listener = try Self.silent(
      after: ["220 hello", "250 hello", "250 ok", "250 ok", "354 go on"], read)
    let server = MailServer("smtp://127.0.0.1:\(listener.port)")
    defer { withExtendedLifetime(listener) {} }
    let task = Task { try await MailCaller(server).send(Self.message) }
    for await _ in texts { break }
    task.cancel()
    let fault = await #expect(throws: MailFault.self) { try await task.value }
    guard case .unknown = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }

  @Test func `more messages than may wait are not sent`() async throws {
    var bounds = Self.bounds
    bounds.sendingLimit = 1
    bounds.waitingLimit = 0
    let caller = MailCaller(MailServer("smtp://127.0.0.1:1"), bounds)
    await #expect(throws: MailFault.notSent("too many messages wait")) {
      try await caller.send(Self.message)
    }
  }

  @Test func `who is cancelled learns whether anything may have been taken`() async throws {
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let listener = try RawListener { connection in
      begin.yield()
      _ = connection.readLines(untilDot: true)
    }
    defer { withExtendedLifetime(listener) {} }
    var bounds = Self.bounds
    bounds.connectTimeLimit = .seconds(50)
    let server = MailServer("smtp://127.0.0.1:\(listener.port)")
    let task = Task { [bounds] in try await MailCaller(server, bounds).send(Self.message) }
    for await _ in begun { break }
    task.cancel()
    await #expect(throws: MailFault.notSent("it was cancelled")) { try await task.value }
  }

  @Test(arguments: [
    "", "mail.example.org", "http://mail.example.org", "smtp://u:p@mail.example.org",
    "smtp://mail.example.org/path", "smtp://mail.example.org?x",
  ])
  func `what is no mail server is never spoken to`(url: String) async {
    let fault = await #expect(throws: MailFault.self) {
      try await MailCaller(MailServer(url)).send(Self.message)
    }
    guard case .unusable = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }
}
