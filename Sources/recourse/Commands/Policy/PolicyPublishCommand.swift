import ArgumentParser
import CaseModel
import Letters
import Policy

extension PolicyCommand {
  /// `recourse policy publish`: the public page of a procedure.
  struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "publish",
      abstract:
        "Write the public page of an area's procedure (s.104(2)) from the pack that decides.",
      discussion: """
        As a web page that stands alone, or as Markdown; in English or Welsh. It goes to standard output \
        unless --out names a file, which is replaced as a whole. With --data or RECOURSE_DATA the packs that \
        are adopted there are known too.

        Example: recourse policy publish --area plymouth --out procedure.html
        """)

    @Option(name: .long, help: ArgumentHelp(KnownPacks.nameHelp, valueName: "pack"))
    var area: String

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case html
      case markdown
    }

    @Option(name: .long, help: "How it is written.")
    var format = Format.html

    @OptionGroup var language: LanguageOption

    @Option(name: .long, help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String?

    @OptionGroup var client: ClientOptions

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() async throws {
      let known = try KnownPacks(client)
      let pack = try await known.named(area, path: "--area").pack
      guard pack.area != nil else {
        throw Failure.input(
          "no-area", path: "--area", "\(pack.name) is no area's procedure; it only lends clocks.")
      }
      let page = ProcedurePage(pack: pack, lender: known.lender(on: pack.from))
      let text =
        switch format {
        case .html: page.html(in: language.language)
        case .markdown: page.markdown(in: language.language)
        }
      try Output.text(text, to: out)
    }
  }
}
