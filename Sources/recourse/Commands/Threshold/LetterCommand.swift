import ArgumentParser
import CaseModel
import Letters

extension ThresholdCommand {
  /// `recourse threshold letter`: what the applicant is told.
  struct NoticeLetter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "letter",
      abstract: "Write the letter that tells what was decided, and why (s.104(6)).",
      discussion: """
        Met, not met, or put off. It has no name and no address; it says by which body it was decided \
        and in what capacity, and the reason as it was written down. To standard output, or to --out.

        Example: recourse threshold letter REF --language cy --format html --out letter.html
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text
      case html
    }

    @OptionGroup var argument: CaseArgument
    @OptionGroup var language: LanguageOption

    @Option(name: .long, help: "How it is written.")
    var format = Format.text

    @Option(name: .long, help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String?

    @OptionGroup var client: ClientOptions

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() async throws {
      let reference = try argument.checked.description
      let paper = try await Connection.open(client) { connection in
        try await CaseOnPaper.read(reference, connection)
      }
      let notice = try paper.notice()
      let text =
        switch format {
        case .text: notice.text(in: language.language)
        case .html: notice.html(in: language.language)
        }
      try Output.text(text, to: out)
    }
  }

  /// `recourse threshold screen`: what the officer sees.
  struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "screen",
      abstract: "Show the assessment as whoever decides needs it: every line, rule and day.",
      discussion: """
        The same lines as in the letter, with the rules behind each, who says so, what was not applied, \
        what the outcome turns on, what would change it, and how far the bodies have answered.

        Example: recourse threshold screen REF
        """)

    @OptionGroup var argument: CaseArgument
    @OptionGroup var client: ClientOptions

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() async throws {
      let reference = try argument.checked.description
      let paper = try await Connection.open(client) { connection in
        try await CaseOnPaper.read(reference, connection)
      }
      try Output.text(paper.screen.text, to: nil)
    }
  }
}
