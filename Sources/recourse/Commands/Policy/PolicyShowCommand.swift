import ArgumentParser
import CaseModel
import Policy

extension PolicyCommand {
  /// `recourse policy show`: every value of a pack, and where it comes from.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show every value of a pack with its source.",
      discussion: """
        What the procedure is not known to say is shown as not known. A clock that the procedure does \
        not have is shown with the pack that lends it. With --data or RECOURSE_DATA the packs that are adopted \
        there are known too.

        Example: recourse policy show hinckley-and-bosworth --on 2025-01-01
        """)

    @Argument(help: ArgumentHelp(KnownPacks.nameHelp, valueName: "pack"))
    var pack: String

    @Option(
      name: .long,
      help: ArgumentHelp("As it was, or will be, in force on a day.", valueName: "yyyy-mm-dd"))
    var on: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = try on?.day("--on")
      let known = try KnownPacks(client)
      let pack = try await known.named(pack, on: day).pack
      let lender = known.lender(on: day ?? pack.from)
      let view = PackView(pack: pack, values: pack.allValues(lender: lender))
      if output.json {
        Output.line(view.json)
      } else {
        view.print()
      }
    }
  }
}

/// A pack as people read it.
private struct PackView {
  let pack: PolicyPack
  let values: [PackValue]

  var json: JSON {
    .object([
      ("name", .text(pack.name)), ("version", .text(pack.version)),
      ("area", .optional(pack.area ?? "")), ("digest", .text(pack.digest)),
      ("from", .text(pack.from.description)), ("until", .optional(pack.until?.description ?? "")),
      ("values", .list(values.map(json(of:)))),
      (
        "sources",
        .list(
          pack.provenance.sources.map {
            .object([
              ("key", .text($0.key)), ("title", .text($0.title)), ("address", .text($0.address)),
              ("inPart", .bool($0.isInPart)),
            ])
          })
      ),
    ])
  }

  private func json(of value: PackValue) -> JSON {
    let rest = rest(of: value)
    return .object([
      ("path", .text(value.path)), ("known", .bool(value.isKnown)),
      ("value", value.isKnown ? .text(value.text) : .null),
      ("sources", .texts(rest?.sources ?? [])), ("assumption", .optional(rest?.assumption ?? "")),
      ("lentBy", .optional(value.lender)),
    ])
  }

  func print() {
    let end = pack.until.map { " until \($0)" } ?? ""
    Output.line("\(pack.name), version \(pack.version), for applications from \(pack.from)\(end)")
    Output.line("SHA-256 \(pack.digest)\n")
    var table = Table("PATH", "FROM", "VALUE")
    for value in values { table.add(value.path, source(of: value), value.shown) }
    table.print()
    let assumed = pack.provenance.rests.filter { !$0.assumption.isEmpty }
    if !assumed.isEmpty { Output.line("\nAssumed by whoever drew it up:") }
    for rest in assumed { Output.line("  \(rest.path): \(rest.assumption)") }
    if !pack.provenance.sources.isEmpty { Output.line("\nSources:") }
    for source in pack.provenance.sources {
      let part = source.isInPart ? " (read in part)" : ""
      Output.line("  \(source.key): \(source.title), \(source.address)\(part)")
    }
  }

  private func source(of value: PackValue) -> String {
    if !value.lender.isEmpty { return "lent by \(value.lender)" }
    guard value.isKnown else { return "-" }
    guard let rest = rest(of: value) else { return "no source" }
    let keys = rest.sources + (rest.assumption.isEmpty ? [] : ["assumed"])
    return keys.joined(separator: ", ")
  }

  /// What is lent or not known rests on nothing of this pack.
  private func rest(of value: PackValue) -> Provenance.Rest? {
    value.isKnown && value.lender.isEmpty ? pack.provenance.rest(of: value.plainPath) : nil
  }
}
