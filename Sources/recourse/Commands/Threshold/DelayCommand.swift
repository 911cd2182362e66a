import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension ThresholdCommand {
  /// `recourse threshold delay`: what is late, and who knows.
  struct Delay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delay",
      abstract: "Record that the applicant was told of a delay.",
      subcommands: [Told.self])

    /// `recourse threshold delay told`: evidence that the applicant knows.
    struct Told: AsyncParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "told",
        abstract: "Record that the applicant was told that a stage is late, and why.",
        discussion: """
          Only on evidence that they were; `recourse threshold letter REF --delay STAGE` writes the letter.

          Example: recourse threshold delay told REF --stage decide --on 2026-07-02 --officer 'A. Officer'
          """)

      @OptionGroup var argument: CaseArgument

      @Option(
        name: .long, help: ArgumentHelp("The stage, as the procedure names it.", valueName: "stage")
      )
      var stage: String

      @Option(name: .long, help: ArgumentHelp("The day; else today.", valueName: "yyyy-mm-dd"))
      var on: String = ""

      @Option(name: .long, help: ArgumentHelp("Who has the evidence.", valueName: "name"))
      var officer: String

      @OptionGroup var call: CaseCall

      func run() async throws {
        let reference = try argument.checked.description
        let request = Recourse_Threshold_V1_RecordDelayNoticeRequest.with {
          $0.caseReference = reference
          $0.stage = stage
          $0.toldOn = on
          $0.officer = officer
        }
        let response = try await call.carryOut(request) {
          try await $0.threshold.recordDelayNotice($1, options: Connection.limit())
        }
        let delay = response.delay
        call.answer(
          reference,
          [
            ("delay", delay.json), ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ],
          "The applicant in \(reference) was told on \(delay.toldOn) that \(stage) is late.")
      }
    }
  }
}
