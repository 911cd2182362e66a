import ArgumentParser
import CaseModel
import GRPCCore
import Letters
import Messages
import Policy
import SwiftProtobuf

extension OutreachCommand {
  /// `recourse outreach material`: posters, posts and letters, each with a code of its own.
  struct Material: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "material",
      abstract: "Posters, posts and letters, each with a code of its own.",
      discussion: """
        An applicant may give the code of what told them of their right. It says which material that was, and \
        nothing of who read it. `recourse outreach effect` counts.

        Examples: recourse outreach material add "Poster in stairwells" --kind poster --ward Efford
                  recourse outreach material 4F7-K20 --poster --area plymouth \\
                    --page https://www.example.gov.uk/asb-case-review --out poster.html
        """,
      subcommands: [Show.self, List.self, Add.self], defaultSubcommand: Show.self)
  }
}

extension OutreachCommand.Material {
  /// `recourse outreach material CODE`: one material, or its poster.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a material, or write its poster (--poster).",
      discussion: """
        A poster is a web page to print on A4, in English and Welsh, with a QR code. It leads to the public page, \
        /go/ and the code; nothing else is in the address. What it says of the procedure is from the area's pack.
        """)

    @Argument(help: ArgumentHelp("The material's code, such as 4F7-K20.", valueName: "code"))
    var code: String

    @Flag(name: .long, help: "Write the page to print.")
    var poster = false

    @Option(name: .long, help: ArgumentHelp(KnownPacks.nameHelp, valueName: "pack"))
    var area: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The public page that the poster leads to, if not the plan's.", valueName: "https-address"))
    var page: String?

    @Option(name: .long, help: ArgumentHelp("The file to write the poster to.", valueName: "file"))
    var out: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      guard let code = MaterialCode(code) else {
        throw Failure.input(
          "invalid-code", path: "CODE",
          "A material's code has six digits and letters, such as 4F7-K20, without I, L, O and U; a "
            + "character of this one is wrong, or two are exchanged.")
      }
      let (material, planned) = try await Connection.open(client) { connection in
        let head = try await connection.headWithOutreach()
        let material = try await connection.materials(code).first
        let page = poster && page == nil ? try await connection.plannedPage(at: head) : nil
        return (material, page)
      }
      guard let material else {
        throw Failure.input("unknown-material", path: "CODE", "There is no material \(code).")
      }
      if poster {
        try Output.text(try await html(code, page: page ?? planned), to: out)
      } else if output.json {
        Output.line(material.json)
      } else {
        for (name, value) in material.named where !value.isEmpty {
          Output.line("\(name): \(value)")
        }
      }
    }

    private func html(_ code: MaterialCode, page: String?) async throws -> String {
      guard let area else {
        throw Failure.usage("no-area", path: "--area", "A poster is about an area's procedure.")
          .with(wayOut: "Add --area, such as --area plymouth.")
      }
      guard let page else {
        throw Failure.usage("no-page", path: "--page", "A poster leads to the area's public page.")
          .with(
            wayOut:
              "Add --page, such as --page https://www.example.gov.uk/asb-case-review, or give the "
              + "plan a public-page.")
      }
      let address = try MaterialPage(page).address(of: code)
      let pack = try await KnownPacks(client).named(area, path: "--area").pack
      guard pack.area != nil else {
        throw Failure.input(
          "no-area", path: "--area", "\(pack.name) is no area's procedure; it only lends clocks.")
      }
      let picture = try QRCode(address).svg(title: "QR code: \(address)")
      return PosterPage(pack: pack, code: code, address: address, picture: picture).html
    }
  }

  /// `recourse outreach material list`: all of them.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List all materials.")

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let materials = try await Connection.open(client) { connection in
        _ = try await connection.headWithOutreach()
        return try await connection.materials()
      }
      if output.json {
        Output.line(.object([("materials", .list(materials.map(\.json)))]))
        return
      }
      var table = Table("CODE", "KIND", "CHANNEL", "WARD", "ADDED", "TITLE")
      for one in materials {
        table.add(
          one.code, one.kind.word, one.channel.optionWord, one.ward, one.addedOn, one.title)
      }
      table.print()
    }
  }

  /// `recourse outreach material add`: gives a new material its code.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Give a new material its code.",
      discussion: """
        Example: recourse outreach material add "Poster in stairwells" --kind poster \
        --channel housing-association --ward Efford
        """)

    @Argument(help: ArgumentHelp("What it is, in a few words.", valueName: "title"))
    var title: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "One of: \(OutreachMaterial.Kind.words.joined(separator: ", ")).", valueName: "kind"))
    var kind = "poster"

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The way by which it reaches people, as the application form names it: "
          + "\(HeardChannel.optionWords.joined(separator: ", ")).", valueName: "channel"))
    var channel: String?

    @Option(
      name: .long,
      help: ArgumentHelp("Where it is put up or handed out, if in one ward.", valueName: "ward"))
    var ward = ""

    @Option(name: .long, help: ArgumentHelp("Id of the plan's activity.", valueName: "id"))
    var activity = ""

    @OptionGroup var client: ClientOptions
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      var material = OutreachMaterial.with {
        $0.title = title
        $0.ward = ward
        $0.activity = activity
      }
      guard let kind = OutreachMaterial.Kind(word: kind) else {
        throw Failure.usage(
          "unknown-kind", path: "--kind",
          "Expected one of: \(OutreachMaterial.Kind.words.joined(separator: ", ")).")
      }
      material.kind = kind
      if let channel {
        guard let known = HeardChannel(option: channel) else {
          throw Failure.usage(
            "unknown-channel", path: "--channel",
            "Expected one of: \(HeardChannel.optionWords.joined(separator: ", ")).")
        }
        material.channel = known
      }
      let response = try await Connection.open(client) { [material] connection in
        _ = try await connection.headWithOutreach()
        return try await repetition.sending { key in
          try await connection.outreachMaterials.addMaterial(
            .with {
              $0.material = material
              $0.idempotencyKey = key
            }, options: Connection.limit())
        }
      }
      if output.json {
        Output.line(response.material.json)
      } else {
        Output.line("\(response.material.code) is the code of “\(response.material.title)”.")
      }
    }
  }
}
