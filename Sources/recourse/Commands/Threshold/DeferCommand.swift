import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold defer`: the decision is put off.
  struct DeferDecision: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "defer",
      abstract: "Put the decision off to a day, with a reason.",
      discussion: """
        The case is then deferred until it is decided. No clock stops by it.

        Example: recourse threshold defer REF --until 2026-07-10 --officer 'A. Officer' \
        --reason 'The landlord answers next week'
        """)

    @OptionGroup var argument: CaseArgument

    @Option(name: .long, help: ArgumentHelp("The day.", valueName: "yyyy-mm-dd"))
    var until: String

    @Option(name: .long, help: ArgumentHelp("Who puts it off.", valueName: "name"))
    var officer: String

    @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
    var reason: String

    @OptionGroup var leakGuard: GuardOptions
    @OptionGroup var call: CaseCall

    func run() async throws {
      let reference = try argument.checked.description
      let request = Recourse_Threshold_V1_DeferDecisionRequest.with {
        $0.caseReference = reference
        $0.until = until
        $0.officer = officer
        $0.reason = reason
        $0.guardOverride = leakGuard.guardOverride
      }
      let response = try await call.carryOut(request) {
        try await $0.threshold.deferDecision($1, options: Connection.limit())
      }
      call.answer(
        reference,
        [
          ("until", .text(until)), ("repeated", .bool(response.repeated)),
          ("logPosition", .position(response.logPosition)),
        ], "The decision on \(reference) is put off to \(until).")
    }
  }
}
