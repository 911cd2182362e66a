import ArgumentParser
import Broker
import Messages

/// `recourse rights`: who may do what on the bus.
struct RightsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rights",
    abstract: "Say who may call, publish and read what.",
    discussion: """
      Every process tells the broker what it asks for: its manifest. It may do what stands there and is \
      approved, and nothing else. `recourse up` approves what is built in at its first start; an upgrade that \
      asks for more waits until you have looked (diff) and approved it, while the instance that runs goes on. \
      The broker takes a change over within a second; what is taken back ends at once. Quotas are added by \
      hand to DIR/rights/NAME.json.
      """,
    subcommands: [
      RightsShowCommand.self, RightsDiffCommand.self, RightsApproveCommand.self,
      RightsRefusalsCommand.self,
    ])
}

/// What all of them need.
struct RightsOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @OptionGroup var output: OutputOptions

  var directory: DataDirectory {
    get throws { try ServerOptions.directory(data) }
  }

  var keeper: RightsKeeper {
    get throws { RightsKeeper(try directory) }
  }

  /// The one that is named, or all.
  func rows(
    _ principal: String?, asking manifest: Recourse_Bus_V1_Manifest? = nil
  ) throws -> [RightsKeeper.Row] {
    let keeper = try keeper
    return try principal.map { [try keeper.row($0, asking: manifest)] } ?? keeper.rows()
  }
}

/// What a principal asks for, from a file.
struct ManifestOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the principal asks for: a recourse.bus.v1.Manifest as JSON.", valueName: "file"))
  var manifest: String?

  /// - Throws: ``Failure``.
  func manifest(for principal: String?) throws -> Recourse_Bus_V1_Manifest? {
    guard let manifest else { return nil }
    guard principal != nil else {
      throw Failure.usage(
        "manifest-of-nobody", path: "--manifest", "A manifest is one principal's: name it.")
    }
    let found = try RightsKeeper.failing { () throws(ApprovalError) in
      try ApprovalFolder.read(manifest)
    }
    guard let found else {
      throw Failure.input("unreadable", path: manifest, "There is no such file.")
    }
    return found
  }
}

/// `recourse rights show`: what each principal asks for, and what is approved.
struct RightsShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a principal asks for, and what of it is approved.",
    discussion: """
      A principal is a worker, a plugin, or operator, which is you. Without a name all are shown. “waits” is \
      asked for and not approved; “idle” is approved and not asked for any more.

      Example: recourse rights show threshold --data DIR
      """)

  @Argument(help: "The worker, or operator.")
  var principal: String?

  @OptionGroup var rights: RightsOptions

  func run() async throws {
    let rows = try rights.rows(principal)
    guard !rights.output.json else {
      return Output.line(.object([("principals", .list(rows.map(\.json)))]))
    }
    for row in rows {
      Output.line(row.principal)
      if let failure = row.unreadable {
        Output.line("  cannot be read: \(failure.path)")
        continue
      }
      let lacking = Set(row.lacking)
      for line in Grants(row.asked ?? row.approved ?? .init()).lines {
        Output.line("  \(line)\(lacking.contains(line) ? "  (waits)" : "")")
      }
      for line in row.idle { Output.line("  \(line)  (idle)") }
      let quota = Quota(row.approved?.quota ?? .init())
      Output.line(
        "  at most \(quota.openCalls) open calls, \(quota.bytesInFlight) bytes in flight, "
          + "\(quota.appendsPerSecond) events a second (\(quota.appendsAtOnce) at once)")
    }
  }
}

/// `recourse rights diff`: what waits for approval.
struct RightsDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract:
      "Show what is asked for and not approved (+), and what is approved and not asked for (-).",
    discussion: """
      Of a process that the broker has refused, it is what that process asked for; or else what is in the file. \
      Without a name all principals are shown that differ. Nothing is printed where nothing differs. The last \
      line approves exactly what is shown, and nothing that is asked for since.

      Example: recourse rights diff threshold --data DIR
      """)

  @Argument(help: "The worker, or operator.")
  var principal: String?

  @OptionGroup var file: ManifestOption

  @OptionGroup var rights: RightsOptions

  func run() async throws {
    let manifest = try file.manifest(for: principal)
    let rows = try rights.rows(principal, asking: manifest).filter {
      !$0.lacking.isEmpty || !$0.idle.isEmpty || $0.unreadable != nil
    }
    guard !rights.output.json else {
      return Output.line(.object([("principals", .list(rows.map(\.json)))]))
    }
    for row in rows {
      Output.line(row.principal)
      if let failure = row.unreadable { Output.line("  cannot be read: \(failure.path)") }
      for line in row.lacking { Output.line("+ \(line)") }
      for line in row.idle { Output.line("- \(line)") }
      if let digest = row.digest {
        let given = file.manifest.map { " --manifest \($0)" } ?? ""
        let end = "\(row.principal)\(given) --seen \(digest) --data \(try rights.directory.path)"
        Output.line("Approve exactly this: recourse rights approve \(end)")
      }
    }
  }
}

extension RightsKeeper.Row {
  var json: JSON {
    .object([
      ("principal", .text(principal)),
      ("asks", .texts(Grants(asked ?? .init()).lines)),
      ("approved", .texts(Grants(approved ?? .init()).lines)),
      ("waits", .texts(lacking)), ("idle", .texts(idle)),
      ("digest", digest.map { .text($0) } ?? .null),
      ("unreadable", unreadable.map { .text($0.path) } ?? .null),
    ])
  }
}
