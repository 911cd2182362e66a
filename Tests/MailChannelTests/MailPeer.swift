import Foundation
import Synchronization

/// A mail server in a process that ends with it: aiosmtpd, which says what comes (Tests/Mail/server).
final class MailPeer: Sendable {
  /// A message as it came.
  struct Message: Decodable, Sendable {
    let from: String
    let to: [String]
    let encrypted: Bool
    let user: String
    let greeting: String
    let headers: [String: String]
    let types: [String]
    let method: String
    let texts: [String]
    let raw: String
  }

  private struct Line: Decodable {
    let port: Int?
    let message: Message?
    let refused: String?
  }

  struct NoServer: Error {}

  let port: Int
  var address: String { "smtp://127.0.0.1:\(port)" }
  private let process: Process
  private let input = Pipe()
  private let lines: AsyncStream<Line>
  private let kept = Mutex<[Message]>([])

  /// - Parameters:
  ///   - fates: of the first recipient, the second, and so on; see the server.
  ///   - options: of the server.
  init(_ fates: [String] = [], options: [String] = []) async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Mail/server")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [file.path] + options + fates
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let (lines, arriving) = AsyncStream<Line>.makeStream()
    try process.run()
    self.process = process
    self.lines = lines
    let reading = output.fileHandleForReading
    Thread {
      var rest = Data()
      while true {
        let part = reading.availableData
        if part.isEmpty { break }
        rest += part
        while let end = rest.firstIndex(of: 0x0A) {
          let line = rest[rest.startIndex..<end]
          rest = Data(rest[rest.index(after: end)...])
          if let line = try? JSONDecoder().decode(Line.self, from: line) { arriving.yield(line) }
        }
      }
      arriving.finish()
    }.start()
    var found = lines.makeAsyncIterator()
    guard let port = await found.next()?.port else { throw NoServer() }
    self.port = port
  }

  /// Waits for the next message that came whole.
  func next() async throws -> Message {
    var lines = lines.makeAsyncIterator()
    while let line = await lines.next() {
      guard let message = line.message else { continue }
      kept.withLock { $0.append(message) }
      return message
    }
    throw NoServer()
  }

  /// Answers a message that is held.
  func answer() { try? input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

  /// Ends the server. All messages that came whole, those that were waited for among them.
  func end() async -> [Message] {
    try? input.fileHandleForWriting.close()
    var lines = lines.makeAsyncIterator()
    while let line = await lines.next() {
      if let message = line.message { kept.withLock { $0.append(message) } }
    }
    return kept.withLock { $0 }
  }

  deinit {
    // A thread of the tests hands its blocked signals down, so that asking would not be heard.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
