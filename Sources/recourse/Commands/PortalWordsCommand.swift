import ArgumentParser
import Foundation

/// `recourse portal words`: everything that is said to the public, for whoever translates it.
struct PortalWordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words",
    abstract: "List what pages and letters say, in English and in Welsh, as CSV.",
    discussion: """
      A row for each sentence: where it stands, its English, its Welsh. What is worked out stands in braces and stays as it \
      is. The list is read from Recourse's sources, in which each sentence has both languages side by side, so that it says \
      what this checkout says; give it to a translator, and put what comes back where it stands.

      Example: recourse portal words > words.csv
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Recourse's checkout; else RECOURSE_SOURCE, else the one that this program was built in.",
      valueName: "dir"))
  var source: String?

  func run() async throws {
    let words = try SpokenWords(checkout: try Checkout.find(source).path)
    for line in words.csv { Output.line(line) }
  }
}

/// All pairs of a checkout, in the order of their places.
struct SpokenWords: Sendable {
  /// Where pages and letters are made.
  static let folders = ["Sources/Portal", "Sources/Letters"]

  let pairs: [SpokenPair]

  init(pairs: [SpokenPair]) { self.pairs = pairs }

  /// - Throws: ``Failure`` `no-source` where there is nothing to read.
  init(checkout: String) throws {
    var pairs: [SpokenPair] = []
    for folder in Self.folders {
      let files =
        (FileManager.default.enumerator(atPath: "\(checkout)/\(folder)")?
        .compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
      for file in files {
        let path = "\(folder)/\(file)"
        guard let text = try? String(contentsOfFile: "\(checkout)/\(path)", encoding: .utf8) else {
          throw Self.unreadable(path)
        }
        pairs += SpokenPairReader(text, file: path).pairs
      }
    }
    guard !pairs.isEmpty else { throw Self.unreadable(Self.folders[0]) }
    self.pairs = pairs
  }

  private static func unreadable(_ path: String) -> Failure {
    Failure.usage("no-source", path: "--source", "\(path) of the checkout cannot be read.")
  }

  /// Lines of a table (RFC 4180), its heading first.
  var csv: [String] {
    [["place", "english", "welsh"]].map(Self.line)
      + pairs.map { Self.line(["\($0.file):\($0.line)", $0.english, $0.welsh]) }
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(PlanTable.cell).joined(separator: ",")
  }
}
