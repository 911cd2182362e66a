import ArgumentParser
import CaseEvents
import CaseModel
import Messages

/// `recourse case`: what is known about cases.
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "Show cases and their files, put later consents on record, give out codes.",
    subcommands: [
      Show.self, CaseList.self, Timeline.self, ApplicationCommand.self, ConsentCommand.self,
      ReferralCommand.self, CodeCommand.self, WithdrawCommand.self, AttachmentCommand.self,
      ReadsCommand.self,
    ])

  /// `recourse case show`: everything about one case.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show where a case stands: threshold, panel, support and letters.",
      discussion: """
        The status follows from the facts in the log; the rest is asked from the workers that own it. \
        No names and no addresses are shown, and of letters only what became of them; what people need, \
        and what they said about reaching them, is shown in their own words. What else they told is in \
        `recourse case application`. It first waits, 10 seconds at most, until the workers have drawn every \
        consequence.

        Example: recourse case show 4F7K-2M98 --data DIR
        """)

    @OptionGroup var argument: CaseArgument
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked
      let file = try await Connection.open(client) { connection in
        try await CaseFile.read(reference.description, connection)
      }
      if output.json {
        Output.line(file.json)
      } else {
        for line in file.sentences { Output.line(line) }
      }
    }
  }

  /// `recourse case list`: all cases.
  struct CaseList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the cases: reference, area and day of receipt.",
      discussion: "Example: recourse case list --data DIR --json")

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (cases, position) = try await Connection.open(client) { connection in
        let head = try await connection.head()
        return (try await Self.all(atLeast: head, connection), head)
      }
      if output.json {
        let list = cases.map { item in
          JSON.object([
            ("reference", .text(item.caseReference)), ("area", .text(item.area)),
            ("receivedOn", .text(item.receivedOn)),
          ])
        }
        Output.line(.object([("cases", .list(list)), ("logPosition", .position(position))]))
      } else {
        var table = Table("CASE", "AREA", "RECEIVED")
        for item in cases { table.add(item.caseReference, item.area, item.receivedOn) }
        table.print()
      }
    }

    private static func all(
      atLeast position: UInt64, _ connection: Connection
    ) async throws -> [Recourse_Intake_V1_ListCasesResponse.Case] {
      var cases: [Recourse_Intake_V1_ListCasesResponse.Case] = []
      var request = Recourse_Intake_V1_ListCasesRequest()
      request.atLeastPosition = position
      while true {
        let page = try await connection.intake.listCases(request, options: Connection.limit())
        cases += page.cases
        guard page.more, let last = page.cases.last else { return cases }
        request.after = last.caseReference
      }
    }
  }

  /// `recourse case timeline`: what happened, in order.
  struct Timeline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "timeline",
      abstract: "Show what happened in a case, in order.",
      discussion: """
        The facts of the log, as they were announced: references, dates and keys of bodies, nothing \
        personal.

        Example: recourse case timeline 4F7K-2M98 --data DIR
        """)

    @OptionGroup var argument: CaseArgument
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked
      let (timeline, settling) = try await Connection.open(client) { connection in
        let settling = try await Settling.settle(connection)
        return (try await CaseFile.timeline(of: reference.description, connection), settling)
      }
      if output.json {
        Output.line(
          .object([
            ("reference", .text(reference.description)),
            ("status", .optional(timeline.status?.rawValue ?? "")),
            ("events", .list(timeline.entries.map(\.json))),
            ("logPosition", .position(settling.position)),
            ("settled", .bool(settling.isSettled)),
          ]))
      } else {
        var table = Table("POSITION", "WHEN", "BY", "WHAT")
        for entry in timeline.entries {
          table.add(String(entry.position), entry.moment, entry.worker, entry.fact.line)
        }
        table.print()
        if let note = settling.note { Output.line(note) }
      }
    }
  }
}
