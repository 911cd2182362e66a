import ArgumentParser
import CaseLetters
import CaseModel
import Letters
import Messages
import WorkerKit

extension ThresholdCommand {
  /// `recourse threshold letter`: what the applicant is told.
  struct NoticeLetter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "letter",
      abstract: "Write the letter that tells what was decided, and why (s.104(6)).",
      discussion: """
        Met, not met, or put off; with --appeal, that an appeal is there, or what came of it; with \
        --delay, that a stage is late. It has no name and no address; it says by which body it was \
        decided and in what capacity, and the reason as it was written down. To standard output, or to \
        --out.

        Examples:
          recourse threshold letter REF --language cy --format html --out letter.html
          recourse threshold letter REF --appeal 1
          recourse threshold letter REF --delay decide --reason 'The landlord has not answered yet'
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text
      case html
    }

    @OptionGroup var argument: CaseArgument
    @OptionGroup var language: LanguageOption

    @Option(name: .long, help: ArgumentHelp("About this appeal, from 1.", valueName: "n"))
    var appeal: UInt32?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "About this stage, as the procedure names it, which is late.", valueName: "stage"))
    var delay: String?

    @Option(name: .long, help: ArgumentHelp("Why it is late, in words.", valueName: "text"))
    var reason: String?

    @Option(name: .long, help: "How it is written.")
    var format = Format.text

    @Option(name: .long, help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String?

    @OptionGroup var client: ClientOptions

    @Flag(name: .long, help: .hidden)
    var json = false

    func validate() throws {
      if appeal != nil && delay != nil {
        throw ValidationError("A letter is about one thing: give either --appeal or --delay.")
      }
      if delay != nil && reason?.isEmpty != false {
        throw ValidationError("Whoever waits is told why: give --reason.")
      }
      if delay == nil && reason != nil {
        throw ValidationError("--reason belongs to --delay; other reasons are on record.")
      }
    }

    func run() async throws {
      let reference = try argument.checked.description
      let paper = try await Connection.open(client) { connection in
        try await CaseOnPaper.read(reference, for: .letter, connection)
      }
      try Output.text(try text(paper), to: out)
    }

    private func text(_ paper: CaseOnPaper) throws -> String {
      let (language, isText) = (language.language, format == .text)
      let today = try ProcessClock.today()
      if let appeal {
        let notice = try paper.appealNotice(appeal, on: today)
        return isText ? notice.text(in: language) : notice.html(in: language)
      }
      if let delay {
        let notice = try paper.delayNotice(delay, reason: reason ?? "", on: today)
        return isText ? notice.text(in: language) : notice.html(in: language)
      }
      let notice = try paper.notice(on: today)
      return isText ? notice.text(in: language) : notice.html(in: language)
    }
  }

  /// `recourse threshold screen`: what the officer sees.
  struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "screen",
      abstract: "Show the assessment as whoever decides needs it: every line, rule and day.",
      discussion: """
        The same lines as in the letter, with the rules behind each, who says so, what was not applied, \
        what the outcome turns on, what would change it and what a new application would need today, which \
        bodies have answered, refused or are late, and who has still to be told. First comes what has to be \
        minded: danger, how the applicant takes part, what people need.

        Example: recourse threshold screen REF
        """)

    @OptionGroup var argument: CaseArgument
    @OptionGroup var client: ClientOptions

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() async throws {
      let reference = try argument.checked.description
      let (paper, needs) = try await Connection.open(client) { connection in
        (
          try await CaseOnPaper.read(reference, for: .caseWork, connection),
          try await connection.needs(of: reference)
        )
      }
      try Output.text(paper.screen(on: try ProcessClock.today(), needs).text, to: nil)
    }
  }
}
