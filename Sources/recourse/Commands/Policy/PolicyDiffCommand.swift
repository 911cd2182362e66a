import ArgumentParser
import CaseModel
import Policy

extension PolicyCommand {
  /// `recourse policy diff`: what two packs say differently.
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Show what one pack says otherwise than another, path by path.",
      discussion: """
        Versions of one area, two areas, or a draft against what is in force. Clocks are compared as \
        they would run, lent ones too. With --data or RECOURSE_DATA the packs that are adopted there are \
        known too. That there are differences is a result: exit status 0.

        Example: recourse policy diff plymouth draft.yaml
        """)

    @Argument(help: ArgumentHelp(KnownPacks.nameHelp, valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The other one.", valueName: "new"))
    var new: String

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let known = try KnownPacks(client)
      let before = try await known.named(old, path: "OLD").pack
      let after = try await known.named(new, path: "NEW").pack
      let differences = PackDifference.between(
        before.allValues(lender: known.lender(on: before.from)),
        after.allValues(lender: known.lender(on: after.from)))
      if output.json {
        Output.line(
          .object([
            ("old", Self.json(of: before)), ("new", Self.json(of: after)),
            ("differences", .list(differences.map(\.json))),
          ]))
        return
      }
      Output.line("\(before.name) \(before.version) → \(after.name) \(after.version)")
      if differences.isEmpty { Output.line("They say the same.") }
      for difference in differences { Output.line(difference.line) }
    }

    private static func json(of pack: PolicyPack) -> JSON {
      .object([
        ("name", .text(pack.name)), ("version", .text(pack.version)),
        ("digest", .text(pack.digest)),
      ])
    }
  }
}

/// A place at which two packs say something else.
struct PackDifference: Sendable, Hashable {
  let path: String
  /// Nil where the pack has nothing there.
  let old: PackValue?
  let new: PackValue?

  /// In the order of the old one; what only the new one has comes last.
  static func between(_ old: [PackValue], _ new: [PackValue]) -> [PackDifference] {
    let before = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
    let after = Dictionary(new.map { ($0.path, $0) }) { first, _ in first }
    let paths = old.map(\.path) + new.map(\.path).filter { before[$0] == nil }
    return paths.compactMap { path in
      guard before[path]?.inFull != after[path]?.inFull else { return nil }
      return PackDifference(path: path, old: before[path], new: after[path])
    }
  }

  var line: String { "\(path): \(old?.inFull ?? "nothing") → \(new?.inFull ?? "nothing")" }

  var json: JSON {
    .object([
      ("path", .text(path)), ("old", old.map { .text($0.inFull) } ?? .null),
      ("new", new.map { .text($0.inFull) } ?? .null),
    ])
  }
}

extension PackValue {
  /// With who lends it.
  fileprivate var inFull: String { lender.isEmpty ? shown : "\(shown) (lent by \(lender))" }
}
