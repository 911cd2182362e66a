import ArgumentParser
import CaseModel
import Letters
import Policy
import ThresholdRules
import WorkerKit

/// `recourse threshold assess`: what the rules say, without a server.
struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Say what the rules say of an application; nothing is kept and no server is needed.",
    discussion: """
      Checks the application as Intake does, then applies the pack that was in force in its area on \
      the day of receipt, or the one that --pack gives. Each complaint gets its own line: it counts, it \
      does not count, or it counts once together with another, and why. Then: what was not applied, what \
      the outcome turns on, what would change it, and what a new application would need. Whatever the outcome, the exit status is 0.

      With --letter it writes a draft of the letter that would go out if it was decided as the rules \
      recommend; the draft says so. With --data, or RECOURSE_DATA, the packs that are adopted there are \
      used besides those that are built in.

      With --jsonl the file has one application on each line, and each is answered by its assessment on a \
      line, in order. A line that is wrong is answered by an error line, the rest goes on, and the exit \
      status is 65.

      Examples:
        recourse threshold assess application.json
        recourse threshold assess --jsonl < applications.jsonl
      """)

  @Argument(
    help: "The application's file, or - for standard input; that may be left out with --jsonl.")
  var file: String?

  @Flag(name: .long, help: "Applications as lines in, assessments as lines out.")
  var jsonl = false

  @Flag(name: .long, help: "Write a draft of the letter instead.")
  var letter = false

  @Option(name: .long, help: ArgumentHelp("Apply this pack instead.", valueName: "file"))
  var pack: String?

  @OptionGroup var client: ClientOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if jsonl && letter {
      throw ValidationError("A letter is of one application: give either --letter or --jsonl.")
    }
    if file == nil && !jsonl {
      throw ValidationError("Missing expected argument '<file>'")
    }
    if file ?? "-" == "-" && pack == "-" {
      throw ValidationError("Standard input is either the application or the pack.")
    }
  }

  func run() async throws {
    let draft = if let pack { try await PackDocument.file(pack).pack } else { nil as PolicyPack? }
    let packs = try AdoptedPacks.documents(in: client.directoryIfAny)
    let assessor = try Assessor(packs: packs, draft: draft, now: try ProcessClock.current().now)
    let input = file ?? "-"
    if jsonl {
      try await AssessLines(assessor: assessor, language: language.language).run(input)
      return
    }
    let result = try assessor.assess(try await Input.bytes(of: input))
    if letter {
      Output.line(try Self.letter(result, assessor).text(in: language.language))
    } else if output.json {
      Output.line(result.json(in: language.language))
    } else {
      let lines = result.assessment.sentences(in: language.language, result.again)
      for line in lines { Output.line(line) }
    }
  }

  /// - Throws: ``Failure`` `person-decides` where the rules leave it open.
  private static func letter(
    _ result: Assessor.Result, _ assessor: Assessor
  ) throws -> Letter.ThresholdNotice {
    let outcome: Letter.ThresholdNotice.Outcome
    switch result.assessment.outcome {
    case .met:
      let route = result.assessment.routes.first { $0.outcome == .met }
      outcome = .met(route?.clause ?? "")
    case .notMet: outcome = .notMet
    case .personDecides:
      throw Failure.input(
        "person-decides", "A person decides here, so that there is no letter before they have."
      ).with(wayOut: "Once they have, `recourse threshold letter REF` writes it.")
    }
    return Letter.ThresholdNotice(
      assessment: result.assessment, outcome: outcome, pack: result.pack,
      caseReference: "", decidedOn: try ProcessClock.today(), decidedBy: "",
      complaints: result.application.complaints, isDraft: true)
  }
}
