import ArgumentParser
import Bus
import Logging
import Monitoring

/// `--http`: whether a process tells others how it is.
struct MonitoringOptions: ParsableArguments {
  @Option(
    name: .customLong("http"),
    help: ArgumentHelp(
      "Serve /healthz, /readyz and /metrics (Prometheus) here; PORT alone is this machine's loopback.",
      valueName: "host:port"),
    transform: MonitoringOptions.address)
  var address: MonitoringAddress?

  /// Reads what stands after `--http`.
  /// - Throws: `ValidationError`.
  static func address(_ text: String) throws -> MonitoringAddress {
    guard let address = MonitoringAddress(text) else {
      throw ValidationError("Expected HOST:PORT or PORT, such as 127.0.0.1:9100.")
    }
    return address
  }

  /// How a process tells on standard output where it is watched: this word and the address.
  static let word = "http"

  /// Runs the body and, where that is asked, serves the pages as long as it runs. The body begins when they are served.
  /// - Parameter onServing: gets where they are; by default it is a line on standard output.
  /// - Throws: ``Failure`` `http-address` if the address cannot be had, or what the body throws.
  static func serving(
    _ pages: MonitoringPages, at address: MonitoringAddress?, _ logger: Logger,
    onServing: @escaping @Sendable (MonitoringAddress) -> Void = { Output.line("\(word) \($0)") },
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    guard let address else { return try await body() }
    let (served, serving) = AsyncStream<Void>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await serve(pages, at: address, logger) { port in
          onServing(MonitoringAddress(host: address.host, port: port))
          serving.finish()
        }
      }
      group.addTask {
        for await _ in served {}
        try Task.checkCancellation()
        try await body()
      }
      defer { group.cancelAll() }
      try await group.next()
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private static func serve(
    _ pages: MonitoringPages, at address: MonitoringAddress, _ logger: Logger,
    _ onServing: @escaping @Sendable (_ port: Int) async -> Void
  ) async throws {
    do {
      try await MonitoringServer.run(pages, at: address, logger: logger, onServing: onServing)
    } catch {
      // What the system said is for whoever reads its manual; why it is so can be tried.
      let why = PortTrial.tcp(host: address.host, port: address.port).why ?? "\(error)"
      throw Failure(
        exit: .unavailable, code: "http-address", path: "--http",
        message: "Nothing can be served at \(address): \(why).",
        wayOut: "Name another port, or end the process that has it.")
    }
  }
}

extension PortTrial {
  /// Why nothing can be served there, in words that a sentence ends with; nil where nothing is known to be in the way.
  var why: String? {
    switch self {
    case .free, .unknown: nil
    case .taken: "another process listens there"
    case .elsewhere: "it is no address of this machine"
    case .forbidden: "this user may not listen there"
    }
  }
}
