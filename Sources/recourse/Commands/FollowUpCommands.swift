import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// Which recommendation of a case.
struct RecommendationOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Which recommendation; `case show` numbers them.", valueName: "n"))
  var number: UInt32

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Round of the review; else the newest in which the panel met.", valueName: "n"))
  var round: UInt32 = 0
}

extension PanelCommand {
  /// `recourse panel answer`: what a body says to a recommendation.
  struct Answer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "answer",
      abstract: "Record what a body says to a recommendation (s.104(7)).",
      discussion: """
        It must have regard to it and need not follow it. It says why unless it accepts the whole by the \
        day that was named, and by when it will do it. An answer that is given again takes the place of the \
        one before.

        Examples:
          recourse panel answer REF --number 1 --accepted --do-by 2026-06-30
          recourse panel answer REF --number 2 --not-accepted --reason 'The lease does not allow it'
        """)

    enum Verdict: String, EnumerableFlag {
      case accepted
      case acceptedInPart
      case notAccepted

      static func help(for value: Verdict) -> ArgumentHelp? {
        switch value {
        case .accepted: "It will do all of it."
        case .acceptedInPart: "It will do a part of it, or something else in its place."
        case .notAccepted: "It will not do it."
        }
      }

      var message: Recourse_Panel_V1_RecommendationAnswer.Value {
        switch self {
        case .accepted: .accepted
        case .acceptedInPart: .acceptedInPart
        case .notAccepted: .notAccepted
        }
      }
    }

    @OptionGroup var argument: CaseArgument
    @OptionGroup var which: RecommendationOptions

    @Flag(help: "What it says.")
    var verdict: Verdict

    @Option(
      name: .long,
      help: ArgumentHelp("The day by which the body will do it.", valueName: "yyyy-mm-dd"))
    var doBy: String = ""

    @Option(name: .long, help: ArgumentHelp("Why, as the body says it.", valueName: "text"))
    var reason: String = ""

    @Option(
      name: .long,
      help: ArgumentHelp("The day on which it said so; else today.", valueName: "yyyy-mm-dd"))
    var on: String = ""

    @OptionGroup var leakGuard: GuardOptions
    @OptionGroup var call: CaseCall

    func run() async throws {
      let reference = try argument.checked.description
      let request = Recourse_Panel_V1_AnswerRecommendationRequest.with {
        $0.caseReference = reference
        $0.number = which.number
        $0.round = which.round
        $0.answer = verdict.message
        $0.answeredOn = on
        $0.reason = reason
        $0.doBy = doBy
        $0.guardOverride = leakGuard.guardOverride
      }
      let response = try await call.carryOut(request) {
        try await $0.panel.answerRecommendation($1, options: Connection.limit())
      }
      call.answer(reference, response)
    }
  }

  /// `recourse panel action`: how far a body is with what it accepted.
  struct Action: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "action",
      abstract: "Record how far a body is with what it accepted.",
      discussion: """
        What was done has something that shows it: --evidence. What is under way, or will not be done, is \
        said in --text.

        Examples:
          recourse panel action REF --number 1 --under-way --text 'The lock is ordered'
          recourse panel action REF --number 1 --done --on 2026-06-12 --evidence 'Visited, photographs kept'
        """)

    enum State: String, EnumerableFlag {
      case underWay
      case done
      case notDone

      static func help(for value: State) -> ArgumentHelp? {
        switch value {
        case .underWay: "It is being done."
        case .done: "It was done."
        case .notDone: "It will not be done."
        }
      }

      var message: Recourse_Panel_V1_ActionState.Value {
        switch self {
        case .underWay: .underWay
        case .done: .done
        case .notDone: .notDone
        }
      }
    }

    @OptionGroup var argument: CaseArgument
    @OptionGroup var which: RecommendationOptions

    @Flag(help: "How far it is.")
    var state: State

    @Option(
      name: .long,
      help: ArgumentHelp("How far it is, or why it will not be done.", valueName: "text"))
    var text: String = ""

    @Option(
      name: .long, help: ArgumentHelp("What shows that it was done.", valueName: "text"))
    var evidence: String = ""

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The day on which it was done, or was said; else today.", valueName: "yyyy-mm-dd"))
    var on: String = ""

    @OptionGroup var leakGuard: GuardOptions
    @OptionGroup var call: CaseCall

    func run() async throws {
      let reference = try argument.checked.description
      let request = Recourse_Panel_V1_ReportActionRequest.with {
        $0.caseReference = reference
        $0.number = which.number
        $0.round = which.round
        $0.action = state.message
        $0.reportedOn = on
        $0.text = text
        $0.evidence = evidence
        $0.guardOverride = leakGuard.guardOverride
      }
      let response = try await call.carryOut(request) {
        try await $0.panel.reportAction($1, options: Connection.limit())
      }
      call.answer(reference, response)
    }
  }

  /// `recourse panel follow-ups`: what is waited for, in all cases.
  struct FollowUps: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "follow-ups",
      abstract: "Show which answers and actions are waited for, in all cases.",
      discussion: """
        The longest overdue first. What was recommended and said is not among it: `case show` has it.

        Examples:
          recourse panel follow-ups --overdue
          recourse panel follow-ups --body livewest --json
        """)

    @Flag(name: .long, help: "Only what is overdue.")
    var overdue = false

    @Option(name: .long, help: ArgumentHelp("Only of this body.", valueName: "key"))
    var body: String = ""

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        let request = Recourse_Panel_V1_ListFollowUpsRequest.with {
          $0.overdue = overdue
          $0.body = body
        }
        var waiting = request
        waiting.atLeastPosition = try await connection.head()
        return try await connection.panel.listFollowUps(waiting, options: Connection.limit())
      }
      if output.json {
        return Output.line(
          .object([
            ("followUps", .list(response.followUps.map(\.json))), ("more", .bool(response.more)),
          ]))
      }
      guard !response.followUps.isEmpty else {
        return Output.line(overdue ? "Nothing is overdue." : "Nothing is waited for.")
      }
      var table = Table("CASE", "NO", "BODY", "WAITED FOR", "DUE", "", "REMINDERS")
      for one in response.followUps {
        let awaited = one.awaited == .answer ? "answer" : "action"
        table.add(
          one.caseReference, "\(one.number)", one.body, awaited,
          one.dueOn.isEmpty ? "-" : one.dueOn, one.overdue ? "overdue" : "", "\(one.reminders)")
      }
      table.print()
      if response.more { Output.line("There are more; ask for those of one body: --body KEY.") }
    }
  }
}

extension CaseCall {
  /// Says how a recommendation stands now.
  fileprivate func answer(_ reference: String, _ response: Recourse_Panel_V1_FollowUpResponse) {
    let one = response.followUp
    answer(
      reference,
      [
        ("recommendation", one.json), ("repeated", .bool(response.repeated)),
        ("logPosition", .position(response.logPosition)),
      ],
      ([
        "Recommendation \(one.number) in \(reference), to \(one.body):"
      ] + one.standing).joined(separator: " "))
  }
}

extension Recourse_Panel_V1_AnswerRecommendationRequest: KeyedRequest {}
extension Recourse_Panel_V1_ReportActionRequest: KeyedRequest {}
