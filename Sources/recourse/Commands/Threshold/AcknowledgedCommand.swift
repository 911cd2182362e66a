import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold acknowledged`: evidence that the applicant knows that the application is there.
  struct Acknowledged: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "acknowledged",
      abstract: "Record that the applicant was told that the application is there.",
      discussion: """
        Who applies in person, by phone or on the web, on the day on which it is put in, is given the \
        reference then, and nothing is left to record. Of what came on paper or by email, or was put in \
        later, only on evidence that they were told.

        Example: recourse threshold acknowledged REF --on 2026-07-02 --officer 'A. Officer'
        """)

    @OptionGroup var argument: CaseArgument

    @Option(name: .long, help: ArgumentHelp("The day; else today.", valueName: "yyyy-mm-dd"))
    var on: String = ""

    @Option(name: .long, help: ArgumentHelp("Who has the evidence.", valueName: "name"))
    var officer: String

    @OptionGroup var call: CaseCall

    func run() async throws {
      let reference = try argument.checked.description
      let request = Recourse_Threshold_V1_RecordAcknowledgedRequest.with {
        $0.caseReference = reference
        $0.acknowledgedOn = on
        $0.officer = officer
      }
      let response = try await call.carryOut(request) {
        try await $0.threshold.recordAcknowledged($1, options: Connection.limit())
      }
      call.answer(
        reference,
        [
          ("acknowledgedOn", .text(response.acknowledgedOn)),
          ("repeated", .bool(response.repeated)),
          ("logPosition", .position(response.logPosition)),
        ], "The applicant in \(reference) has known since \(response.acknowledgedOn).")
    }
  }
}
