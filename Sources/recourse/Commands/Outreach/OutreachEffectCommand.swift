import ArgumentParser
import GRPCCore
import Messages
import SwiftProtobuf

extension OutreachCommand {
  /// `recourse outreach effect`: what outreach brings, counted without following anybody.
  struct Effect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "effect",
      abstract: "Count applications beside what was done, without following anybody.",
      discussion: """
        By month; with --by also by what applicants answered to "how did you hear", or by the material whose code \
        they gave. Numbers below five are withheld, and the next larger with them, so that none can be worked out. \
        A breakdown is of a year, April to March, that is over; it is made once and kept. Any month of the year names \
        it; without one it is the last year that is over.

        Whether there are more applications than before is an exact comparison with the same months of the year \
        before, or with --baseline, a published number. It never says why.

        Examples: recourse outreach effect --from 2026-04 --to 2027-03 --baseline 18/12
                  recourse outreach effect --to 2027-03 --by channel --csv channels.csv
        """)

    enum By: String, ExpressibleByArgument, CaseIterable {
      case channel
      case ward
      case material
    }

    @Option(
      name: .long,
      help: ArgumentHelp(
        "First month; else eleven before the last. Of a breakdown: any month of the year.",
        valueName: "yyyy-mm"))
    var from: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Last month, included; else this one. Of a breakdown: any month of the year.",
        valueName: "yyyy-mm"))
    var to: String?

    @Option(name: .long, help: "Break a year down.")
    var by: By?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What to compare with: so many applications in so many months, such as 18/12.",
        valueName: "number/months"))
    var baseline: String?

    @Option(name: .long, help: ArgumentHelp("Write the numbers as CSV.", valueName: "file"))
    var csv: String?

    @Option(name: .long, help: ArgumentHelp("Draw the numbers as SVG.", valueName: "file"))
    var chart: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let request = try request()
      let effect = try await Connection.open(client) { connection in
        var request = request
        request.atLeastPosition = try await connection.headWithOutreach()
        return try await connection.outreachEffect.getEffect(request, options: Connection.limit())
      }
      if let csv { try Output.text(effect.csv, to: csv) }
      if let chart { try Output.text(EffectChart(effect).svg, to: chart) }
      if output.json {
        Output.line(effect.json)
      } else {
        for line in effect.lines { Output.line(line) }
      }
    }

    private func request() throws -> Recourse_Outreach_V1_GetEffectRequest {
      var request = Recourse_Outreach_V1_GetEffectRequest()
      request.from = from ?? ""
      request.to = to ?? ""
      switch by {
      case .channel: request.by = .channel
      case .ward: request.by = .ward
      case .material: request.by = .material
      case nil: break
      }
      guard let baseline else { return request }
      let parts = baseline.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let number = UInt32(parts[0]), let months = UInt32(parts[1]) else {
        throw Failure.usage(
          "baseline", path: "--baseline",
          "A number of applications and of months is expected, such as 18/12.")
      }
      request.baseline.applications = number
      request.baseline.months = months
      return request
    }
  }
}
