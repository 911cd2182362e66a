import ArgumentParser
import Messages
import Outreach

extension OutreachCommand {
  /// `recourse outreach export`: writes a plan, with what happened.
  struct Export: AsyncParsableCommand {
    /// In what a plan is written.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
      case yaml, json, csv
    }

    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a plan with all that happened, as YAML, JSON or CSV.",
      discussion: """
        Taking the same in again changes nothing. --json is --format json. In the CSV there is a row for each entry: \
        the plan, campaigns, activities, events, guests and so on.

        Example: recourse outreach export --out plan.yaml
        """)

    @Option(name: .long, help: ArgumentHelp("yaml, json or csv.", valueName: "format"))
    var format: Format?

    @Option(
      name: .long, help: ArgumentHelp("The file; else standard output.", valueName: "file"))
    var out: String?

    @OptionGroup var call: OutreachCall

    func run() async throws {
      let record = OutreachPlanFile.record(try await call.current().plan)
      let text =
        switch format ?? (call.output.json ? .json : .yaml) {
        case .yaml: PlanFileWriter.yaml(record)
        case .json: PlanFileWriter.json(record).line + "\n"
        case .csv: PlanTable.csv(record)
        }
      try Output.text(text, to: out)
    }
  }
}
