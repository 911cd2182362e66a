import ArgumentParser
import CaseModel
import Messages

/// `recourse report`: what has to be published.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Report figures.", subcommands: [Statutory.self])

  /// `recourse report statutory`: the four figures of s.104(9).
  struct Statutory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "statutory",
      abstract: "Print the four figures that must be published (s.104(9)).",
      discussion: """
        Applications made, thresholds decided as not met, reviews carried out, and reviews that led \
        to recommendations, each with the case references behind it. Both days of the period are \
        included, as days in Europe/London. The figures stand at the log position that is printed: \
        at the same position they are the same for ever.

        Example: recourse report statutory --period 2026-04-01/2027-03-31 --data DIR
        """)

    @Option(
      name: .long,
      help: ArgumentHelp(
        "First and last day, both included.", valueName: "from/to"))
    var period: String

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (from, to) = try Self.days(of: period)
      let figures = try await Connection.open(client) { connection in
        try await Self.fetch(from: from, to: to, connection)
      }
      if output.json {
        Output.line(Self.json(figures, from: from, to: to))
      } else {
        Self.print(figures, from: from, to: to)
      }
    }

    static func fetch(
      from: CalendarDate, to: CalendarDate, _ connection: Connection
    ) async throws -> Recourse_Reporting_V1_StatutoryResponse {
      var request = Recourse_Reporting_V1_StatutoryRequest()
      request.from = from.description
      request.to = to.description
      request.atLeastPosition = try await connection.head()
      return try await connection.reporting.statutory(request, options: Connection.limit())
    }

    private static func days(of period: String) throws -> (CalendarDate, CalendarDate) {
      let parts = period.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let from = CalendarDate(String(parts[0])),
        let to = CalendarDate(String(parts[1]))
      else {
        throw Failure.usage(
          "period", path: "--period",
          "A period is its first and last day, such as 2026-04-01/2027-03-31.")
      }
      guard from <= to else {
        throw Failure.usage("period", path: "--period", "The period ends before it begins.")
      }
      return (from, to)
    }
  }
}

extension ReportCommand.Statutory {
  private typealias Figures = Recourse_Reporting_V1_StatutoryResponse

  /// The figures by the names that the data format gives them, in the order of the Act.
  private static func named(
    _ figures: Figures
  ) -> [(name: String, words: String, figure: Recourse_Reporting_V1_Figure)] {
    [
      ("applications", "Applications made", figures.applications),
      ("thresholdNotMet", "Threshold decided not met", figures.thresholdNotMet),
      ("reviews", "Reviews carried out", figures.reviews),
      (
        "reviewsWithRecommendations", "Reviews that led to recommendations",
        figures.reviewsWithRecommendations
      ),
    ]
  }

  static func json(
    _ figures: Recourse_Reporting_V1_StatutoryResponse, from: CalendarDate, to: CalendarDate
  ) -> JSON {
    let named = named(figures)
    return .object(
      named.map { ($0.name, .number(Int($0.figure.count))) } + [
        ("cases", .object(named.map { ($0.name, .texts($0.figure.cases)) })),
        ("reversedOnAppeal", .texts(figures.reversedOnAppeal)),
        (
          "period", .object([("from", .text(from.description)), ("to", .text(to.description))])
        ),
        ("logPosition", .position(figures.logPosition)),
        ("complete", .bool(figures.parkedEvents == 0)),
        ("parkedEvents", .number(Int(figures.parkedEvents))),
      ])
  }

  private static func print(_ figures: Figures, from: CalendarDate, to: CalendarDate) {
    Output.line("ASB case reviews, \(from) to \(to), both days included")
    var table = Table("FIGURE", "COUNT", "CASES")
    for (_, words, figure) in named(figures) {
      table.add(words, String(figure.count), figure.cases.joined(separator: " "))
    }
    table.print()
    if !figures.reversedOnAppeal.isEmpty {
      Output.line(
        "Counted as not met, and decided met after an appeal: "
          + figures.reversedOnAppeal.joined(separator: " "))
    }
    Output.line("The figures stand at log position \(figures.logPosition).")
    if figures.parkedEvents > 0 {
      Output.line(
        "INCOMPLETE: \(figures.parkedEvents) events could not be counted; see `recourse status`.")
    }
  }
}
