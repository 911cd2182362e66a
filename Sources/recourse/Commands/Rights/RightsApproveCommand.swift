import ArgumentParser
import Broker
import Messages

/// `recourse rights approve`: lets a principal do what it asks for.
struct RightsApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve what a principal asks for, and no more.",
    discussion: """
      Of what is built in that is what this program knows of it, of others what they have asked the broker for \
      in vain; or else what is in the file. Look first: `recourse rights diff` shows it, with its digest: with \
      --seen exactly that is approved, and nothing that was put in its place since. Who waits is let in within \
      seconds, without a restart; what is no longer approved ends at once. To take everything back, remove \
      DIR/rights/NAME.json.

      Example: recourse rights approve threshold --data DIR
      """)

  @Argument(help: "The worker, or operator.")
  var principal: String?

  @Flag(name: .long, help: "Approve all that is built in, and nothing else.")
  var all = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The digest of what you have seen; anything else is not approved.", valueName: "digest"))
  var seen: String?

  @OptionGroup var file: ManifestOption
  @OptionGroup var rights: RightsOptions

  func validate() throws {
    guard (principal != nil) != all else { throw ValidationError("Name one principal, or --all.") }
    guard file.manifest == nil || principal != nil else {
      throw ValidationError("A manifest is one principal's: name it.")
    }
    guard seen == nil || principal != nil else {
      throw ValidationError("A digest is of what one principal asks for: name it.")
    }
  }

  func run() async throws {
    try rights.directory.create()
    let keeper = try rights.keeper
    if let principal, !KeyRing.isName(principal) {
      throw Failure.input(
        "bad-name", path: "NAME",
        "A name is 1 to 64 of a-z, 0-9 and -, and neither broker nor client.")
    }
    let given = try file.manifest(for: principal)
    // Others may have got their keys for anything: they are approved by name.
    let names = principal.map { [$0] } ?? RightsKeeper.builtIn
    let before = try names.map { try keeper.approve($0, given, seen: seen) }
    guard !rights.output.json else {
      return Output.line(.object([("approved", .list(before.map(\.json)))]))
    }
    for row in before {
      Output.line(
        row.lacking.isEmpty && row.idle.isEmpty
          ? "\(row.principal): nothing has changed" : "\(row.principal) is approved:")
      for line in row.lacking { Output.line("+ \(line)") }
      for line in row.idle { Output.line("- \(line)") }
    }
  }
}

/// `recourse rights refusals`: what the broker has refused.
struct RightsRefusalsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refusals",
    abstract: "Show what the broker has refused, oldest first.",
    discussion: """
      Strange and revoked keys, connections without a key or to another broker's, claims to be somebody else, and \
      what somebody asked for that is not approved: from DIR/refusals.jsonl and the file before it. Of many of one kind some are left out; the next \
      line says how many (LEFT OUT).

      Example: recourse rights refusals --data DIR
      """)

  @Option(name: .long, help: ArgumentHelp("Lines at most, the newest.", valueName: "number"))
  var limit = 100

  @OptionGroup var rights: RightsOptions

  func run() async throws {
    let lines = RefusalLog.lines(at: try rights.directory.refusalsPath).suffix(max(limit, 0))
    guard !rights.output.json else {
      return Output.line(.object([("refusals", .list(lines.map(\.json)))]))
    }
    guard !lines.isEmpty else { return Output.line("Nothing has been refused.") }
    var table = Table("AT", "PRINCIPAL", "KIND", "LEFT OUT", "WHAT")
    for line in lines {
      table.add(line.at, line.principal, line.kind, String(line.leftOut), line.what)
    }
    table.print()
  }
}

extension RefusalLog.Line {
  fileprivate var json: JSON {
    .object([
      ("at", .text(at)), ("principal", .text(principal)), ("kind", .text(kind)),
      ("what", .text(what)), ("leftOut", .number(leftOut)),
    ])
  }
}
