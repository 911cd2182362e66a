import ArgumentParser
import Broker
import Bus
import Foundation

/// `recourse keys`: who may connect to the broker, and as whom.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Say who may connect to the broker, and as whom.",
    discussion: """
      Every process shows the broker a key (CURVE), and is what its key says that it is. `recourse up` makes \
      and enrols the keys of its own processes and yours (operator) at its first start. Secrets are in \
      DIR/keys, for their owner's eyes alone, and in no backup. The broker takes a change over within a \
      second, while it runs; who is revoked is cut off.

      A worker on another host: `recourse keys make outreach --data ITS-DIR` there, then here \
      `recourse keys enrol outreach --public-key 'KEY' --data DIR`, and copy DIR/keys/broker.public there.
      """,
    subcommands: [
      KeysInitCommand.self, KeysMakeCommand.self, KeysEnrolCommand.self, KeysListCommand.self,
      KeysRevokeCommand.self, KeysRotateCommand.self,
    ])
}

/// What all of them need.
struct KeysOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @OptionGroup var output: OutputOptions

  /// The keys of the directory.
  var keeper: KeyKeeper {
    get throws { KeyKeeper(try ServerOptions.directory(data).keys) }
  }

  /// What somebody has asked for whose key is no more is nobody's to approve.
  func forgetAsked(by name: String) throws {
    try ServerOptions.directory(data).approvals.forget(askedBy: name)
  }

  /// Says a key, with or without what was done.
  func say(_ words: String, _ name: String, _ key: PublicKey, _ more: [(String, JSON)] = []) {
    guard output.json else {
      return Output.line("\(words) \(name): \(key.fingerprint), public key '\(key.text)'")
    }
    Output.line(
      .object(
        [
          ("name", .text(name)), ("fingerprint", .text(key.fingerprint)),
          ("publicKey", .text(key.text)),
        ] + more))
  }
}

/// A key that was made elsewhere.
struct PublicKeyOption: ParsableArguments {
  @Option(
    name: .customLong("public-key"), parsing: .unconditional,
    help: ArgumentHelp(
      "The key, as `recourse keys make` said it where its secret stays; else a pair is made here.",
      valueName: "key"))
  var text: String?

  /// - Throws: ``Failure`` if what was given is no key.
  var key: PublicKey? {
    get throws {
      guard let text else { return nil }
      guard let key = PublicKey(text) else {
        throw Failure.usage(
          "key-malformed", path: "--public-key", "A public key is 40 characters, Z85."
        ).with(
          wayOut: "Copy it whole, in quotes, from what `recourse keys make NAME` printed where its "
            + "secret stays.")
      }
      return key
    }
  }
}

/// `recourse keys init`: the broker's pair, and the operator's.
struct KeysInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the broker's keys and yours, where they are missing.",
    discussion: """
      For operators who run the processes apart; `recourse up` does it by itself. What is there is left as \
      it is.

      Example: recourse keys init --data /var/lib/recourse
      """)

  @OptionGroup var keys: KeysOptions

  func run() async throws {
    try ServerOptions.directory(keys.data).create()
    let keeper = try keys.keeper
    let made = try keeper.prepare([KeyFolder.operatorName])
    let broker = try keeper.list().broker
    keys.say(
      made.isEmpty ? "There is" : "There is now", KeyFolder.broker, broker,
      [("made", .texts(made))])
  }
}

/// `recourse keys make NAME`: a pair whose secret stays where it is made.
struct KeysMakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make a pair of keys here, to be enrolled where the broker is.",
    discussion: """
      So the secret never travels. Where there is one already, its public key is said again.

      Example: recourse keys make outreach --data /var/lib/outreach
      """)

  @Argument(help: "The worker.")
  var name: String

  @OptionGroup var keys: KeysOptions

  func run() async throws {
    try ServerOptions.directory(keys.data).create()
    keys.say("Made for", name, try keys.keeper.make(name))
  }
}

/// `recourse keys enrol NAME…`: lets somebody in.
struct KeysEnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Let somebody connect, as a worker of that name or as a client.",
    discussion: """
      With --public-key for one whose secret is elsewhere; else a pair is made, and the secret kept in \
      DIR/keys.

      Example: recourse keys enrol intake threshold --data /var/lib/recourse
      """)

  @Argument(help: "Who: the worker's name. Several, if their pairs are made here.")
  var names: [String]

  @OptionGroup var publicKey: PublicKeyOption
  @OptionGroup var keys: KeysOptions

  func run() async throws {
    let key = try publicKey.key
    guard key == nil || names.count == 1 else {
      throw Failure.usage("usage", path: "--public-key", "One key is one worker's.")
    }
    for name in names { keys.say("Enrolled", name, try keys.keeper.enrol(name, key)) }
  }
}

/// `recourse keys revoke NAME`: lets somebody in no more.
struct KeysRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Cut somebody off, at once and until other keys are enrolled.",
    discussion: """
      All its keys are revoked, for ever. A process that runs by one of them ends.

      Example: recourse keys revoke outreach --data /var/lib/recourse
      """)

  @Argument(help: "Who.")
  var name: String

  @OptionGroup var keys: KeysOptions

  func run() async throws {
    try keys.keeper.revoke(name)
    try keys.forgetAsked(by: name)
    if keys.output.json {
      Output.line(.object([("name", .text(name)), ("revoked", .bool(true))]))
    } else {
      Output.line("Revoked all keys of \(name).")
    }
  }
}

/// `recourse keys rotate NAME`: another key in the place of the one that is there.
struct KeysRotateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "Give somebody a new key.",
    discussion: """
      The old key is admitted for 24 hours more, so that a process that runs goes on; restart it in that \
      time. With --revoke-old it ends at once, and with it the process that runs by it: after a leak. The \
      broker's own has no such time (rotate broker): restart everything, and copy broker.public to workers \
      elsewhere.

      Example: recourse keys rotate intake --data /var/lib/recourse
      """)

  @Argument(help: "Who.")
  var name: String

  @Flag(name: .long, help: "Revoke the old key at once.")
  var revokeOld = false

  @OptionGroup var publicKey: PublicKeyOption
  @OptionGroup var keys: KeysOptions

  func run() async throws {
    let (key, end) = try keys.keeper.rotate(name, try publicKey.key, endsOld: revokeOld)
    if revokeOld { try keys.forgetAsked(by: name) }
    keys.say("New key of", name, key, [("oldEndsAt", .text(Moment.text(end)))])
    if !keys.output.json { Output.line("The old one ends at \(Moment.text(end)).") }
  }
}

/// `recourse keys list`: who is enrolled.
struct KeysListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show all keys that were ever enrolled, with fingerprints.",
    discussion: """
      SECRET says whether the secret key is in DIR/keys. Compare fingerprints by another way than the one \
      that a key came by.

      Example: recourse keys list --data /var/lib/recourse
      """)

  @OptionGroup var keys: KeysOptions

  func run() async throws {
    let (broker, rows) = try keys.keeper.list()
    let now = Date()
    if keys.output.json { return Output.line(Self.json(broker, rows, now)) }
    var table = Table("NAME", "FINGERPRINT", "SINCE", "STATE", "SECRET")
    table.add(KeyFolder.broker, broker.fingerprint, "-", "the broker's own", "-")
    for row in rows {
      table.add(
        row.entry.name, row.entry.publicKey.fingerprint, Moment.text(row.entry.enrolledAt),
        Self.state(row.entry, now), row.secret)
    }
    table.print()
  }

  private static func state(_ entry: KeyRing.Entry, _ now: Date) -> String {
    guard let end = entry.revokedAt else { return "admitted" }
    return entry.isValid(at: now)
      ? "admitted until \(Moment.text(end))" : "revoked \(Moment.text(end))"
  }

  private static func json(_ broker: PublicKey, _ rows: [KeyKeeper.Row], _ now: Date) -> JSON {
    let keys = rows.map { row in
      JSON.object([
        ("name", .text(row.entry.name)), ("fingerprint", .text(row.entry.publicKey.fingerprint)),
        ("publicKey", .text(row.entry.publicKey.text)),
        ("enrolledAt", .text(Moment.text(row.entry.enrolledAt))),
        ("revokedAt", row.entry.revokedAt.map { .text(Moment.text($0)) } ?? .null),
        ("admitted", .bool(row.entry.isValid(at: now))), ("secret", .text(row.secret)),
      ])
    }
    return .object([
      (
        "broker",
        .object([("fingerprint", .text(broker.fingerprint)), ("publicKey", .text(broker.text))])
      ),
      ("keys", .list(keys)),
    ])
  }
}
