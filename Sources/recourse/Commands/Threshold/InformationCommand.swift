import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold information`: what the bodies know (Sch. 4 para 7).
  struct Information: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "information",
      abstract: "Ask bodies for what they know, and record what they answer (Sch. 4 para 7).",
      discussion: """
        A body that exercises public functions must answer. How far they have answered goes with the \
        assessment; what they answer changes it, until a decision is signed.
        """,
      subcommands: [Request.self, Return.self, Refuse.self, Chase.self, List.self])

    /// `recourse threshold information request`: bodies are asked.
    struct Request: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask bodies, each once.",
        discussion: """
          Without --body all that must be told of the application are asked. By when they must answer \
          comes from the procedure, or from the pack that lends it clocks.

          Example: recourse threshold information request REF --officer 'A. Officer'
          """)

      @OptionGroup var argument: CaseArgument

      @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("A body, by its key; may be given again.", valueName: "key"))
      var body: [String] = []

      @OptionGroup var officer: OptionalOfficer
      @OptionGroup var call: CaseCall

      func run() async throws {
        let reference = try argument.checked.description
        let request = Recourse_Threshold_V1_RequestInformationRequest.with {
          $0.caseReference = reference
          $0.bodies = body
          $0.officer = officer.officer
        }
        let response = try await call.carryOut(request) {
          try await $0.threshold.requestInformation($1, options: Connection.limit())
        }
        call.answer(
          reference,
          [
            ("information", .list(response.requests.map(\.json))),
            ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ],
          response.requests.map { "\($0.body) \($0.sentence)" }.joined(separator: "\n"))
      }
    }

    /// `recourse threshold information refuse`: a body gives nothing, with its reason.
    struct Refuse: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "refuse",
        abstract: "Record that a body refuses, and on what ground.",
        discussion: """
          Grounds: \(Ground.allCases.map(\.rawValue).joined(separator: ", ")).

          Example: recourse threshold information refuse REF --body livewest --ground not-held
          """)

      enum Ground: String, ExpressibleByArgument, CaseIterable {
        case dataProtection = "data-protection"
        case investigatoryPowers = "investigatory-powers"
        case notHeld = "not-held"
        case notPublicFunction = "not-public-function"
      }

      @OptionGroup var argument: CaseArgument
      @OptionGroup var answer: AnswerOptions

      @Option(name: .long, help: "On what ground.")
      var ground: Ground

      @OptionGroup var call: CaseCall

      func run() async throws {
        var request = answer.request(of: try argument.checked)
        request.refused = ground.message
        try await Return.record(request, call)
      }
    }

    /// `recourse threshold information chase`: a body that is late is asked again.
    struct Chase: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "chase",
        abstract: "Ask a body that is late again, and put that on record; once a day.",
        discussion: "Example: recourse threshold information chase REF --body livewest")

      @OptionGroup var argument: CaseArgument

      @Option(name: .long, help: ArgumentHelp("The body, by its key.", valueName: "key"))
      var body: String

      @OptionGroup var officer: OptionalOfficer
      @OptionGroup var call: CaseCall

      func run() async throws {
        let reference = try argument.checked.description
        let request = Recourse_Threshold_V1_ChaseInformationRequest.with {
          $0.caseReference = reference
          $0.body = body
          $0.officer = officer.officer
        }
        let response = try await call.carryOut(request) {
          try await $0.threshold.chaseInformation($1, options: Connection.limit())
        }
        call.answer(
          reference,
          [
            ("body", .text(body)), ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ], "\(body) was asked again.")
      }
    }

    /// `recourse threshold information list`: who was asked, and what came of it.
    struct List: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show which bodies were asked, by when they must answer, and what they answered.",
        discussion: "Example: recourse threshold information list REF")

      @OptionGroup var argument: CaseArgument
      @OptionGroup var client: ClientOptions
      @OptionGroup var output: OutputOptions

      func run() async throws {
        let reference = try argument.checked.description
        let kept = try await Connection.open(client) {
          try await $0.assessment(of: reference, for: .progress)
        }
        if output.json {
          Output.line(
            .object([
              ("reference", .text(reference)),
              ("information", .list(kept.information.map(\.json))),
            ]))
          return
        }
        var table = Table("BODY", "ASKED", "DUE", "MUST", "STATE", "ANSWERED", "GROUND", "CHASED")
        for asked in kept.information {
          table.add(
            asked.body, asked.requestedOn, asked.dueOn, asked.mandatory ? "yes" : "no",
            Naming.name(of: asked.state).lowercased(), asked.answeredOn,
            Naming.name(of: asked.ground).lowercased(), asked.chasedOn.joined(separator: " "))
        }
        table.print()
      }
    }
  }
}

/// Who does something, where that may be left open.
struct OptionalOfficer: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Who does it.", valueName: "name"))
  var officer: String = ""
}

extension ThresholdCommand.Information.Refuse.Ground {
  fileprivate var message: Recourse_Threshold_V1_RefusalGround.Value {
    switch self {
    case .dataProtection: .dataProtection
    case .investigatoryPowers: .investigatoryPowers
    case .notHeld: .notHeld
    case .notPublicFunction: .notPublicFunction
    }
  }
}
