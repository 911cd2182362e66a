import ArgumentParser
import CaseModel
import Messages
import Policy

extension PolicyCommand {
  /// `recourse policy simulate`: what a draft would have made of past applications.
  struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "simulate",
      abstract: "Say whose outcome would change if a draft pack had been in force, and why.",
      discussion: """
        Applies the draft to the stored decisions of its area and of the areas that it takes the place \
        of, the newest of each case: which come out otherwise, by which complaint, clause or number \
        required, beside what people decided, and how many more or fewer reviews the panel would have, in all \
        and by the month of the decision. There, met must be decided, and what a person decided stands \
        wherever a person decides. Nothing is changed. Differences are a result: exit status 0.

        Example: recourse policy simulate --pack draft.yaml --from 2026-04-01 --chart chart.svg --data DIR
        """)

    @Option(name: .long, help: ArgumentHelp("The draft's file.", valueName: "file"))
    var pack: String

    @Option(name: .long, help: ArgumentHelp("First day of receipt.", valueName: "yyyy-mm-dd"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("Last day of receipt.", valueName: "yyyy-mm-dd"))
    var to: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Also draw outcomes and reviews, in all and by month, before and after, as SVG, into this file.",
        valueName: "file"))
    var chart: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var progress: ProgressOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let draft = try await PackDocument.file(pack)
      var request = Recourse_Threshold_V1_RederiveRequest()
      request.document = draft.text
      request.newestOnly = true
      request.from = try from?.day("--from").description ?? ""
      request.to = try to?.day("--to").description ?? ""
      let telling = RederivationProgress(isAsked: progress.progress)
      let result = try await Connection.open(client) { [request] connection in
        var result = try await Rederivation.run(request, connection, progress: telling)
        try await result.compareRequired(with: draft.pack, connection)
        return result
      }
      if let chart { try Output.text(Self.chart(draft.pack, result), to: chart) }
      if output.json {
        Output.line(Self.json(draft.pack, result))
      } else {
        Self.print(draft.pack, result)
      }
    }

    private static func chart(_ pack: PolicyPack, _ result: Rederivation) -> String {
      let reviews = (
        name: "reviews owed", before: result.reviews.before, after: result.reviews.after
      )
      let months = result.panelLoad.months.map {
        (name: $0.name, before: $0.before, after: $0.after)
      }
      return OutcomeChart(
        title: "Outcomes under \(pack.name) \(pack.version)",
        parts: [.init(rows: result.outcomes + [reviews])]
          + (months.isEmpty ? [] : [.init(heading: "Reviews owed, by month", rows: months)])
      ).svg
    }

    private static func json(_ pack: PolicyPack, _ result: Rederivation) -> JSON {
      let policy: JSON = .object([
        ("name", .text(pack.name)), ("version", .text(pack.version)),
        ("digest", .text(pack.digest)),
      ])
      let load: JSON = .object([
        ("before", .number(result.reviews.before)), ("after", .number(result.reviews.after)),
        ("change", .number(result.reviews.after - result.reviews.before)),
        ("byMonth", result.panelLoad.json),
      ])
      return .object([("policy", policy)] + result.fields + [("panelLoad", load)])
    }

    private static func print(_ pack: PolicyPack, _ result: Rederivation) {
      for line in result.lines { Output.line(line) }
      if !result.lines.isEmpty { Output.line("") }
      result.table.print()
      if result.differencesCount > 0 {
        Output.line("")
        result.changesTable.print()
      }
      Output.line(
        "\nUnder \(pack.name) \(pack.version), \(result.differencesCount) of \(result.lookedAt) decisions "
          + "come out otherwise.")
      if result.withoutInputs > 0 { Output.line(result.withoutInputsSentence) }
      let (before, after) = result.reviews
      Output.line(
        "Panel load: \(before) reviews as people decided, \(after) under this pack "
          + "(\(Rederivation.signed(after - before))).")
      if let months = result.panelLoad.table {
        Output.line("")
        months.print()
      }
    }
  }
}
