import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold countersign`: the second signature.
  struct Countersign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "countersign",
      abstract: "Sign second where the procedure asks for two signatures, or decline.",
      discussion: """
        By somebody else than who signed first, who has read what waits and names it by its token: \
        `recourse case show REF` shows both. If another decision waits by then, or under another \
        assessment, nothing is signed. Without --decline the decision is made, on this day. Declined, \
        with a reason, it is dropped and the case is undecided as before.

        Examples:
          recourse threshold countersign REF --token TOKEN --officer 'B. Officer'
          recourse threshold countersign REF --token TOKEN --officer 'B. Officer' --decline --reason 'Three count'
        """)

    @OptionGroup var argument: CaseArgument

    @Option(name: .long, help: ArgumentHelp("Who signs.", valueName: "name"))
    var officer: String

    @Flag(name: .long, help: "They do not agree.")
    var decline = false

    @Option(name: .long, help: ArgumentHelp("Why they do not agree.", valueName: "text"))
    var reason: String = ""

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What they have read, signed or declined: its token, as `recourse case show REF` has it.",
        valueName: "token"))
    var token: String = ""

    @OptionGroup var leakGuard: GuardOptions
    @OptionGroup var call: CaseCall

    func validate() throws {
      if decline && reason.isEmpty {
        throw ValidationError("Who does not agree says why: give --reason.")
      }
    }

    func run() async throws {
      let reference = try argument.checked.description
      guard !token.isEmpty else {
        throw Failure.usage(
          "token-needed", path: "--token",
          "Who signs or declines has read what waits; expected its token."
        ).with(wayOut: "`recourse case show \(reference)` shows what waits, and its token.")
      }
      let request = Recourse_Threshold_V1_CountersignRequest.with {
        $0.caseReference = reference
        $0.officer = officer
        $0.declined = decline
        $0.reason = reason
        $0.guardOverride = leakGuard.guardOverride
        $0.token = token
      }
      let (response, pending) = try await call.carryOut(request) { connection, request in
        let waiting = try await connection.pendingDecision(of: reference)
        let response = try await connection.threshold.countersign(
          request, options: Connection.limit())
        return (response, waiting?.token == request.token ? waiting : nil)
      }
      let decided = response.decision
      let done: [(String, JSON)] = [
        ("signed", pending?.json ?? .null),
        ("declined", .bool(decline)), ("repeated", .bool(response.repeated)),
        ("logPosition", .position(response.logPosition)),
      ]
      call.answer(
        reference, (decline ? [] : decided.fields) + done,
        (pending.map { $0.sentence + "\n" } ?? "")
          + (decline
            ? "The decision on \(reference) was declined; the case is undecided as before."
            : "The threshold of \(reference) is \(decided.met ? "met" : "not met"), decided on "
              + "\(decided.decidedOn) by two people."))
    }
  }
}
