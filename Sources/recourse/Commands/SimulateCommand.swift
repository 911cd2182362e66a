import AgencySimulators
import ArgumentParser
import Foundation
import WorkerKit

/// `recourse simulate AGENCY`: an agency that is not there.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Act an agency that is not there, to try an integration.",
    discussion: """
      Agencies: \(AgencySimulator.allCases.map(\.rawValue).joined(separator: ", ")). It works until Ctrl-C \
      or, where its standard input is a pipe, until that ends, and says what it does, a line each. The same \
      requests get the same answers: chance is drawn from --seed, and --fate says by name what becomes of the \
      first request, the second, and so on from the beginning again.

      Agencies that exchange files have a drop folder: --folder, or that of a body in the data directory.

      Example: recourse simulate housing-provider --data DIR --body livewest --fate confirmed
      """)

  @Argument(help: "Which agency.", transform: Self.agency)
  var agency: AgencySimulator

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory of the system whose drop folders it uses, else the one that RECOURSE_DATA names.",
      valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("The body that it acts, by its key.", valueName: "key"))
  var body: String?

  @Option(name: .long, help: ArgumentHelp("Its drop folder.", valueName: "dir"))
  var folder: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Where it listens on 127.0.0.1; 0: any free port.", valueName: "n"))
  var port = 0

  @Option(name: .long, help: ArgumentHelp("What chance is drawn from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("What becomes of a request; may be given again.", valueName: "word"))
  var fate: [String] = []

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535.") }
  }

  func run() async throws {
    let clock = try ProcessClock.current()
    let options = SimulatorOptions(
      folder: try dropFolder, port: port, seed: seed, fates: fate,
      now: clock.now, clock: { clock.now },
      tell: { [agency] in Output.line("\(agency.rawValue)  \($0)") })
    do {
      try await Interruption.running(untilEndOfInput: StandardInput.isPipe) { [agency] in
        try await agency.run(options)
      }
    } catch let error as SimulatorError {
      throw Failure.usage(error.code, error.description)
    }
  }

  /// Nil where nothing says which; agencies with an API need none.
  private var dropFolder: URL? {
    get throws {
      if let folder { return URL(filePath: folder, directoryHint: .isDirectory) }
      guard let body else { return nil }
      return try ServerOptions.directory(data).outputDirectory(of: "housing-provider")
        .appending(path: body, directoryHint: .isDirectory)
    }
  }

  private static func agency(_ name: String) throws -> AgencySimulator {
    guard let agency = AgencySimulator(rawValue: name) else {
      let names = AgencySimulator.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("There is no such agency; the agencies are \(names).")
    }
    return agency
  }
}
