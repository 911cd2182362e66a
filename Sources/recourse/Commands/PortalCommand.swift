import ArgumentParser
import Bus
import Foundation
import Monitoring
import Portal
import WorkerKit

/// `recourse portal`: the public's door, as this process.
struct PortalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portal",
    abstract: "Serve the public's pages as this process.",
    discussion: """
      For operators who run the processes apart; `recourse up` starts it by itself. It prints the line \
      "\(PortalOptions.word) http://HOST:PORT" when it listens and "ready" when it serves, and leaves in order: open \
      requests may end.

      It listens on this machine alone unless a host is named, and speaks plain HTTP: before it belongs a proxy that \
      speaks TLS and says in X-Forwarded-For whom it speaks for. With --behind-tls cookies are for TLS alone, and \
      browsers are told to come back by TLS.

      With --officer-address officers key in what reaches them by telephone, on paper and in person. That listener belongs \
      behind the council's own sign-on, which passes the officer's name in a header of its own (--officer-header) and lets \
      no browser set it; what comes without that header is refused.

      It keeps nothing of any case, and may do what is approved for the principal "portal" and no more.

      Example: recourse portal --data /var/lib/recourse --listen 127.0.0.1:8080 --behind-tls
      """,
    subcommands: [PortalWordsCommand.self])

  @OptionGroup var process: WorkerProcess
  @OptionGroup var portal: PortalSettings
  @OptionGroup var monitoring: MonitoringOptions

  func run() async throws {
    let address = monitoring.address
    let options = try portal.options()
    try await process.run(
      PortalOptions.name,
      watched: { window, logger, body in
        try await MonitoringOptions.serving(
          .worker(PortalOptions.name, window), at: address, logger, body)
      },
      make: { place in
        try DataDirectory(place.path).refuseHalfRestored()
        return PortalWorker.worker(options)
      })
  }
}

/// How the portal is set up, on the command line or else by the environment.
struct PortalSettings: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where it listens, else RECOURSE_PORTAL, else 127.0.0.1:8080; port 0: any free one.",
      valueName: "host:port"),
    transform: MonitoringOptions.address)
  var listen: MonitoringAddress?

  @Flag(name: .long, help: "A proxy before it speaks TLS.")
  var behindTls = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where \"Leave this site\" leads: a page that tells nobody anything.", valueName: "address"))
  var exit = PortalOptions.exitByDefault

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Multiplies how often one address may ask, such as for a library.", valueName: "number"))
  var rateFactor = 1

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where officers key in, behind the council's own sign-on; off unless given.",
      valueName: "host:port"),
    transform: MonitoringOptions.address)
  var officerAddress: MonitoringAddress?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The header in which the sign-on passes the officer's name.", valueName: "name"))
  var officerHeader: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Agencies whose programs tell of second reports: lines of NAME and the SHA-256 of a token.",
      valueName: "file"))
  var agencies: String?

  func validate() throws {
    guard (officerAddress == nil) == (officerHeader == nil) else {
      throw ValidationError("--officer-address and --officer-header go together.")
    }
    if let officerAddress, listener(officerAddress) == nil {
      throw ValidationError("--officer-header is the name of a header, such as X-Officer.")
    }
    guard let address = URL(string: exit), address.scheme == "https", address.host != nil else {
      throw ValidationError(
        "--exit is an address that begins with https://, such as \(PortalOptions.exitByDefault): "
          + "nobody on the way may see where somebody went.")
    }
    guard (1...1_000_000).contains(rateFactor) else {
      throw ValidationError("--rate-factor is 1 to 1000000.")
    }
  }

  /// - Throws: `ValidationError` for an environment that names no address; ``Failure`` `agencies-file`.
  func options() throws -> PortalOptions {
    var options = try Self.fromEnvironment()
    if let listen {
      options.host = listen.host
      options.port = listen.port
    }
    options.isBehindTLS = behindTls
    options.exitAddress = exit
    options.rateFactor = rateFactor
    options.officers = officerAddress.flatMap(listener)
    if let agencies { options.agencies = try Self.tokens(in: agencies) }
    return options
  }

  /// Tries where it would listen, before anything is started.
  /// - Throws: ``Failure`` `portal-address`.
  func checkAddress() throws {
    let options = try options()
    let place = MonitoringAddress(host: options.host, port: options.port)
    guard let why = PortTrial.tcp(host: options.host, port: options.port).why else { return }
    throw Failure(
      exit: .unavailable, code: "portal-address", path: "--listen",
      message: "The public's pages cannot be served at \(place): \(why).",
      wayOut: "Name another address, such as --listen 127.0.0.1:\(options.port + 1).")
  }

  private func listener(_ address: MonitoringAddress) -> OfficerListener? {
    var listener = OfficerListener(
      host: address.host, port: address.port, header: officerHeader ?? "")
    listener?.onServing = { port in
      Output.line(
        "\(OfficerListener.word) http://\(MonitoringAddress(host: address.host, port: port))")
    }
    return listener
  }

  /// - Throws: ``Failure`` `agencies-file` for one that cannot be used, without what stands in it.
  static func tokens(in file: String) throws -> AgencyTokens {
    guard let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
      throw agencies("The file cannot be read.")
    }
    do throws(AgencyTokensError) {
      return try AgencyTokens(text: text)
    } catch {
      throw agencies("Line \(error.line) of the file is no name and SHA-256 in hexadecimal.")
    }
  }

  private static func agencies(_ message: String) -> Failure {
    Failure.usage("agencies-file", path: "--agencies", message).with(
      wayOut:
        "Each line is NAME and, after a space, what `printf %s TOKEN | sha256sum` prints first.")
  }

  /// What the environment says, and else what is usual.
  static func fromEnvironment() throws -> PortalOptions {
    var options = PortalOptions()
    if let text = ProcessInfo.processInfo.environment[PortalOptions.variable], !text.isEmpty {
      let address = try MonitoringOptions.address(text)
      options.host = address.host
      options.port = address.port
    }
    let host = options.host
    options.onServing = { port in
      Output.line(
        "\(PortalOptions.word) http://\(MonitoringAddress(host: host, port: port))")
    }
    return options
  }

  /// As the supervisor gives them to the process that it starts.
  var arguments: [String] {
    var arguments: [String] = []
    if let listen { arguments += ["--listen", listen.description] }
    if behindTls { arguments.append("--behind-tls") }
    if exit != PortalOptions.exitByDefault { arguments += ["--exit", exit] }
    if rateFactor != 1 { arguments += ["--rate-factor", String(rateFactor)] }
    if let officerAddress { arguments += ["--officer-address", officerAddress.description] }
    if let officerHeader { arguments += ["--officer-header", officerHeader] }
    if let agencies { arguments += ["--agencies", agencies] }
    return arguments
  }
}
