import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold clock`: by when things are due.
  struct Clocks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clock",
      abstract:
        "Show by when each stage is due; stop a clock, let it run again, or give more time.",
      discussion: """
        A deadline is never moved in silence: each change has a reason, and is announced. Which clocks \
        may stand still is in the procedure.
        """,
      subcommands: [List.self, Pause.self, Resume.self, Extend.self])

    /// `recourse threshold clock list`: every stage's clock.
    struct List: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show every stage's clock, and what was done to it.",
        discussion: "Example: recourse threshold clock list REF")

      @OptionGroup var argument: CaseArgument
      @OptionGroup var client: ClientOptions
      @OptionGroup var output: OutputOptions

      func run() async throws {
        let reference = try argument.checked.description
        let kept = try await Connection.open(client) {
          try await $0.assessment(of: reference, for: .caseWork)
        }
        if output.json {
          Output.line(
            .object([
              ("reference", .text(reference)), ("clocks", .list(kept.clocks.map(\.json))),
            ]))
          return
        }
        var table = Table("STAGE", "COUNTED FROM", "DUE", "DONE", "STATE", "ADDED", "CLOCK OF")
        for clock in kept.clocks {
          table.add(
            clock.stage, clock.anchorOn, clock.dueOn, clock.doneOn, clock.state,
            clock.daysAdded == 0 ? "" : "\(clock.daysAdded) working days", clock.source)
        }
        table.print()
        for clock in kept.clocks {
          for step in clock.changes { Output.line("\(clock.stage) \(step.sentence)") }
        }
      }
    }

    /// `recourse threshold clock pause`: a clock stands still.
    struct Pause: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Let a clock stand still, with a reason.",
        discussion: """
          Example: recourse threshold clock pause REF --stage decide --officer 'A. Officer' \
          --reason 'The applicant asked for time'
          """)

      @OptionGroup var change: ClockChangeOptions

      func run() async throws { try await change.send(.paused, "stands still") }
    }

    /// `recourse threshold clock resume`: it runs again.
    struct Resume: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a clock that stands still run again.",
        discussion: """
          Example: recourse threshold clock resume REF --stage decide --officer 'A. Officer' \
          --reason 'The applicant answered'
          """)

      @OptionGroup var change: ClockChangeOptions

      func run() async throws { try await change.send(.resumed, "runs again") }
    }

    /// `recourse threshold clock extend`: a stage is given more time.
    struct Extend: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Give a stage more working days, with a reason.",
        discussion: """
          Example: recourse threshold clock extend REF --stage decide --days 5 --officer 'A. Officer' \
          --reason 'The landlord answers on Friday'
          """)

      @OptionGroup var change: ClockChangeOptions

      @Option(name: .long, help: ArgumentHelp("How many working days.", valueName: "n"))
      var days: UInt32

      func validate() throws {
        if days == 0 { throw ValidationError("Expected one working day or more.") }
      }

      func run() async throws {
        try await change.send(.extended, "has \(days) working days more", days: days)
      }
    }
  }
}

/// Which clock is changed, by whom and why.
struct ClockChangeOptions: ParsableArguments {
  @OptionGroup var argument: CaseArgument

  @Option(
    name: .long, help: ArgumentHelp("The stage, as the procedure names it.", valueName: "stage"))
  var stage: String

  @Option(name: .long, help: ArgumentHelp("Who does it.", valueName: "name"))
  var officer: String

  @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
  var reason: String

  @OptionGroup var leakGuard: GuardOptions
  @OptionGroup var call: CaseCall

  func send(
    _ change: Recourse_Threshold_V1_ClockChanged.Change, _ words: String, days: UInt32 = 0
  ) async throws {
    let reference = try argument.checked.description
    let request = Recourse_Threshold_V1_ChangeClockRequest.with {
      $0.caseReference = reference
      $0.stage = stage
      $0.change = change
      $0.workingDays = days
      $0.reason = reason
      $0.guardOverride = leakGuard.guardOverride
      $0.officer = officer
    }
    let response = try await call.carryOut(request) {
      try await $0.threshold.changeClock($1, options: Connection.limit())
    }
    let due = response.clock.dueOn.isEmpty ? "" : "; due by \(response.clock.dueOn)"
    call.answer(
      reference,
      [
        ("clock", response.clock.json), ("repeated", .bool(response.repeated)),
        ("logPosition", .position(response.logPosition)),
      ], "The clock for \(stage) in \(reference) \(words)\(due).")
  }
}
