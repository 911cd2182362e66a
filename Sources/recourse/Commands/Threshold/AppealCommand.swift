import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold appeal`: somebody is dissatisfied (Sch. 4 para 3).
  struct Appeal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "appeal",
      abstract: "Put an appeal on record, and decide it (Sch. 4 para 3).",
      subcommands: [Make.self, Decide.self])

    enum Subject: String, ExpressibleByArgument, CaseIterable {
      case handling
      case review
    }

    /// `recourse threshold appeal make`: an appeal is put on record.
    struct Make: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Put an appeal on record.",
        discussion: """
          About the handling of the application, the threshold decision among it, or about the review. \
          On a ground that the procedure has; `recourse policy show` has them. What was decided stands \
          meanwhile.

          Example: recourse threshold appeal make REF --about handling --ground threshold-was-met \
          --reason 'The landlord lost my reports' --officer 'C. Officer'
          """)

      @OptionGroup var argument: CaseArgument

      @Option(name: .long, help: "What it is about.")
      var about: Subject

      @Option(
        name: .long,
        help: ArgumentHelp("On what ground, as the procedure names it.", valueName: "ground"))
      var ground: String

      @Option(name: .long, help: ArgumentHelp("What whoever appeals says.", valueName: "text"))
      var reason: String

      @Option(name: .long, help: ArgumentHelp("Who puts it on record.", valueName: "name"))
      var officer: String

      @Option(
        name: .long, help: ArgumentHelp("The day it was made; else today.", valueName: "yyyy-mm-dd")
      )
      var on: String = ""

      @OptionGroup var call: CaseCall

      func run() async throws {
        let reference = try argument.checked.description
        let request = Recourse_Threshold_V1_MakeAppealRequest.with {
          $0.caseReference = reference
          $0.subject = about == .handling ? .handling : .review
          $0.ground = ground
          $0.madeOn = on
          $0.reason = reason
          $0.officer = officer
        }
        let response = try await call.carryOut(request) {
          try await $0.threshold.makeAppeal($1, options: Connection.limit())
        }
        let appeal = response.appeal
        let due = appeal.dueOn.isEmpty ? "" : "; to be decided by \(appeal.dueOn)"
        call.answer(
          reference,
          [
            ("appeal", appeal.json), ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ], "Appeal \(appeal.number) in \(reference) is on record\(due).")
      }
    }

    /// `recourse threshold appeal decide`: an appeal is decided by somebody else.
    struct Decide: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Decide an appeal, by somebody who decided nothing in the case.",
        discussion: """
          Upheld, what it was about is to be decided again, by somebody else. With a reason.

          Example: recourse threshold appeal decide REF --number 1 --uphold --officer 'D. Officer' \
          --reason 'A report was overlooked'
          """)

      enum Verdict: String, EnumerableFlag {
        case uphold
        case dismiss

        static func help(for value: Verdict) -> ArgumentHelp? {
          value == .uphold ? "To be decided again by somebody else." : "What was decided stands."
        }
      }

      @OptionGroup var argument: CaseArgument

      @Option(name: .long, help: ArgumentHelp("Which appeal, from 1.", valueName: "n"))
      var number: UInt32

      @Flag(exclusivity: .exclusive)
      var verdict: Verdict

      @Option(name: .long, help: ArgumentHelp("Who decides it.", valueName: "name"))
      var officer: String

      @Option(
        name: .long,
        help: ArgumentHelp(
          "For whom and as what they decide; else as the pack names who hears it.",
          valueName: "text"))
      var capacity: String = ""

      @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
      var reason: String

      @OptionGroup var leakGuard: GuardOptions
      @OptionGroup var call: CaseCall

      func run() async throws {
        let reference = try argument.checked.description
        let request = Recourse_Threshold_V1_DecideAppealRequest.with {
          $0.capacity = capacity
          $0.caseReference = reference
          $0.number = number
          $0.outcome = verdict == .uphold ? .referredBack : .dismissed
          $0.officer = officer
          $0.reason = reason
          $0.guardOverride = leakGuard.guardOverride
        }
        let response = try await call.carryOut(request) {
          try await $0.threshold.decideAppeal($1, options: Connection.limit())
        }
        let what =
          verdict == .uphold ? "upheld; it is to be decided again by somebody else" : "dismissed"
        call.answer(
          reference,
          [
            ("appeal", response.appeal.json), ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ], "Appeal \(number) in \(reference) is \(what).")
      }
    }
  }
}
