import ArgumentParser
import CaseModel
import Policy
import WorkerKit

extension PolicyCommand {
  /// `recourse policy list`: the packs that there are, and how each stands today.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the packs that are built in or adopted, how each stands, and what is found.",
      discussion: """
        From and until are days of receipt. STANDING is of today: a pack is superseded from the day on which \
        another decides in its place. `recourse policy lint` shows what the findings are.

        With --data, or RECOURSE_DATA, the packs that are adopted there are listed too. If that system runs, \
        PUBLISHED says of each whether Threshold has published this very document, by its digest; what it has \
        published and no file says any more still decides, and is listed last.

        Example: recourse policy list --data DIR
        """)

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      var known = try KnownPacks(client)
      let published = try await published()
      known.add(published ?? [])
      let digests = published.map { Set($0.map(\.pack.digest)) }
      let today = try ProcessClock.today()
      let packs = known.documents.map { document in
        ListedPack(
          document: document, standing: known.shelf.standing(of: document.pack, on: today),
          isPublished: digests?.contains(document.pack.digest))
      }
      if output.json {
        Output.line(.object([("packs", .list(packs.map(\.json)))]))
      } else {
        print(packs)
      }
    }

    /// Nil if there is no system, or it does not run.
    private func published() async throws -> [PackDocument]? {
      guard let directory = try client.directoryIfAny else { return nil }
      do {
        return try await Connection.open(directory) { try await $0.publishedPacks() }
      } catch let failure as Failure where failure.exit == .unavailable {
        return nil
      }
    }

    private func print(_ packs: [ListedPack]) {
      var table = Table(
        "PACK", "VERSION", "NATION", "FROM", "UNTIL", "WHERE", "STANDING", "PUBLISHED", "FINDINGS")
      for listed in packs {
        let pack = listed.document.pack
        table.add(
          pack.name, pack.version, pack.nation.rawValue, pack.from.description,
          pack.until?.description ?? "", listed.place, listed.standing.inWords,
          listed.isPublished.map { $0 ? "yes" : "no" } ?? "-",
          FindingCounts(pack.lint()).inWords)
      }
      table.print()
    }
  }
}

/// A pack, and how it stands.
private struct ListedPack {
  let document: PackDocument
  let standing: PackStanding
  /// Nil where no running system was asked.
  let isPublished: Bool?

  private var file: String? { document.origin == .adopted ? document.place : nil }

  /// Where it comes from, in words.
  var place: String {
    switch document.origin {
    case .builtIn: "built in"
    case .adopted: "adopted, \(document.place.split(separator: "/").last ?? "")"
    case .published, .given: "published only"
    }
  }

  var json: JSON {
    let pack = document.pack
    return .object([
      ("name", .text(pack.name)), ("version", .text(pack.version)),
      ("area", .optional(pack.area ?? "")), ("nation", .text(pack.nation.rawValue)),
      ("from", .text(pack.from.description)), ("until", .optional(pack.until?.description ?? "")),
      ("digest", .text(pack.digest)), ("origin", .text(document.origin.rawValue)),
      ("file", .optional(file ?? "")), ("standing", .text(standing.code)),
      ("supersededBy", standing.supersededBy),
      ("published", isPublished.map(JSON.bool) ?? .null),
      ("findings", FindingCounts(pack.lint()).json),
    ])
  }
}
