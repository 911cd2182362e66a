import ArgumentParser

/// `recourse flow`: the map of messages.
struct FlowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow",
    abstract: "Show which worker announces what, and who takes it in.",
    discussion: """
      The map is derived from what the workers declare; it needs no running system. \
      The page Flow.md of the documentation holds it: recourse flow --markdown.
      """)

  @Flag(name: .long, help: "Print the whole page of the documentation.")
  var markdown = false

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let map = MessageMap(workers: try WorkerCatalogue.all())
    if output.json {
      Output.line(map.json)
    } else {
      for line in markdown ? map.page : map.lines { Output.line(line) }
    }
  }
}
