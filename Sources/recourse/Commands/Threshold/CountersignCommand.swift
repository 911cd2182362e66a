import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf
import Synchronization

extension ThresholdCommand {
  /// `recourse threshold countersign`: the second signature.
  struct Countersign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "countersign",
      abstract: "Sign second where the procedure asks for two signatures, or decline.",
      discussion: """
        By somebody else than who signed first. Without --decline the decision is made, on this day. \
        Declined, with a reason, it is dropped and the case is undecided as before.

        Examples:
          recourse threshold countersign REF --officer 'B. Officer'
          recourse threshold countersign REF --officer 'B. Officer' --decline --reason 'Three count'
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
        "What they have read, as `recourse case show --json` names it; else what waits now.",
        valueName: "token"))
    var token: String = ""

    @OptionGroup var call: CaseCall

    func validate() throws {
      if decline && reason.isEmpty {
        throw ValidationError("Who does not agree says why: give --reason.")
      }
    }

    func run() async throws {
      let reference = try argument.checked.description
      let request = Recourse_Threshold_V1_CountersignRequest.with {
        $0.caseReference = reference
        $0.officer = officer
        $0.declined = decline
        $0.reason = reason
        $0.token = token
      }
      let signed = Mutex<Recourse_Threshold_V1_PendingDecision?>(nil)
      let response = try await call.carryOut(request) { connection, request in
        var request = request
        let kept = try await connection.assessment(of: reference)
        if kept.hasPending { signed.withLock { $0 = kept.pending } }
        if request.token.isEmpty { request.token = kept.pending.token }
        return try await connection.threshold.countersign(request, options: Connection.limit())
      }
      let decided = response.decision
      let pending = signed.withLock { $0 }
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
