import ArgumentParser
import CaseModel

/// `recourse calendar`: working days.
struct CalendarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "Count working days.",
    subcommands: [Add.self])

  /// `recourse calendar add`: so many working days later.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add working days to days.",
      discussion: """
        Standard input has JSON lines; each is answered by one, in order:
          {"from":"2026-04-02","workingDays":10}  →  {"date":"2026-04-20"}
        The given day is day nought; 0 gives the day itself. Beyond the bank holidays that are known \
        nothing is guessed. A line that is wrong is answered by an error line, the rest goes on, and \
        the exit status is 65.

        Example: recourse calendar add --division scotland < days.jsonl
        """)

    @Option(
      name: .long,
      help: ArgumentHelp("Whose bank holidays: \(CalendarCommand.names).", valueName: "division"),
      transform: CalendarCommand.division)
    var division: WorkingCalendar.Division

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() async throws {
      let calendar = WorkingCalendar(division)
      try await LineTool.run("-", fields: ["from", "workingDays"]) { line in
        let from = try line.date("from")
        let days = try line.whole("workingDays")
        guard days >= 0 else {
          throw Failure.input("negative", path: "workingDays", "Expected 0 or more working days.")
        }
        do {
          return .object([
            ("date", .text(try calendar.adding(workingDays: days, to: from).description))
          ])
        } catch let error as BeyondHorizon {
          guard WorkingCalendar.horizon.contains(from) else {
            throw Failure.input(error.code, path: "from", "\(error).".capitalizedSentence)
          }
          throw Failure.input(
            error.code, path: "workingDays",
            "The result would lie after \(WorkingCalendar.horizon.upperBound), the last day of which "
              + "bank holidays are known; count fewer days.")
        }
      }
    }
  }

  fileprivate static let names = WorkingCalendar.Division.allCases.map(\.rawValue)
    .joined(separator: ", ")

  fileprivate static func division(_ name: String) throws -> WorkingCalendar.Division {
    guard let division = WorkingCalendar.Division(rawValue: name) else {
      throw ValidationError("There is no such division; there are \(names).")
    }
    return division
  }
}

extension LineTool.Line {
  /// A day.
  func date(_ name: String) throws -> CalendarDate {
    guard let date = CalendarDate(try text(name)) else {
      throw Failure.input(
        "not-a-date", path: name, "Expected a day that exists, as YYYY-MM-DD.")
    }
    return date
  }
}
