import ArgumentParser
import GRPCCore
import Messages

/// `recourse panel availability`: when bodies can sit.
struct AvailabilityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "availability",
    abstract: "Add days on which bodies can sit on a panel.",
    discussion: """
      FILE has JSON lines, from and to both included:
        {"body":"plymouth-city-council","from":"2026-04-13","to":"2026-04-17"}
      Each line is answered by one, in order. A line that is wrong is answered by an error line, the \
      rest goes on, and the exit status is 65.

      Example: recourse panel availability days.jsonl --data DIR
      """)

  @Argument(help: "The file with JSON lines, or - for standard input.")
  var file: String

  @OptionGroup var client: ClientOptions

  @Flag(name: .long, help: .hidden)
  var json = false

  func run() async throws {
    let isAllRight = try await Connection.open(client) { connection in
      try await Self.add(linesOf: file, connection)
    }
    if !isAllRight { throw AlreadyTold(exit: .input) }
  }

  /// Sends the lines in batches and answers each; true if all were accepted.
  private static func add(linesOf file: String, _ connection: Connection) async throws -> Bool {
    var isAllRight = true
    var batch: [Entry] = []
    try await Input.forEachLine(of: file) { number, bytes in
      batch.append(Entry(number: number, bytes: bytes))
      guard batch.count == batchLinesLimit else { return }
      isAllRight = try await answer(batch, connection) && isAllRight
      batch = []
    }
    return try await answer(batch, connection) && isAllRight
  }

  /// Lines that wait for their answers.
  static let batchLinesLimit = 256

  private static func answer(_ batch: [Entry], _ connection: Connection) async throws -> Bool {
    let results = try await send(batch.compactMap(\.line), connection)
    var isAllRight = true
    for entry in batch {
      if let failure = entry.failure ?? refusal(of: entry, in: results) {
        isAllRight = false
        Output.line(failure.json(line: entry.number))
      } else if let line = entry.line {
        Output.line(
          .object([
            ("body", .text(line.body)), ("from", .text(line.from)), ("to", .text(line.to)),
            ("accepted", .bool(true)),
          ]))
      }
    }
    return isAllRight
  }

  /// Sends lines and gives the answers by the lines' numbers.
  static func send(
    _ lines: [Recourse_Panel_V1_AvailabilityLine], _ connection: Connection
  ) async throws -> [UInt32: Recourse_Panel_V1_AvailabilityResult] {
    guard !lines.isEmpty else { return [:] }
    return try await connection.panel.addAvailability(options: Connection.limit()) { writer in
      for line in lines { try await writer.write(line) }
    } onResponse: { response in
      var results: [UInt32: Recourse_Panel_V1_AvailabilityResult] = [:]
      for try await result in response.messages { results[result.line] = result }
      return results
    }
  }

  private static func refusal(
    of entry: Entry, in results: [UInt32: Recourse_Panel_V1_AvailabilityResult]
  ) -> Failure? {
    guard let result = results[UInt32(clamping: entry.number)] else {
      return Failure(
        exit: .input, code: "unanswered", message: "The line was not answered; send it again.")
    }
    return result.accepted
      ? nil : .input(result.code, path: result.path, result.message)
  }

  /// A line of the file: what is sent of it, or what is wrong with it.
  private struct Entry {
    let number: Int
    var line: Recourse_Panel_V1_AvailabilityLine?
    var failure: Failure?

    init(number: Int, bytes: [UInt8]?) {
      self.number = number
      do {
        guard let bytes else { throw LineTool.tooLong }
        let fields = try LineTool.Line(bytes, fields: ["body", "from", "to"])
        var line = Recourse_Panel_V1_AvailabilityLine()
        line.line = UInt32(clamping: number)
        line.body = try fields.text("body")
        line.from = try fields.text("from")
        line.to = try fields.text("to")
        self.line = line
      } catch let failure as Failure {
        self.failure = failure
      } catch {
        self.failure = .input("not-json", "The line cannot be read.")
      }
    }
  }
}
