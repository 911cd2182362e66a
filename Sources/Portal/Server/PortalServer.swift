import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization
import WebServing
import WorkerKit

/// Serves the pages while the worker works: from the moment it is connected until it is told to leave, and then until
/// open requests have ended.
final class PortalServer: Sendable {
  let options: PortalOptions
  private struct State {
    var task: Task<Void, any Error>?
    /// Serves anew, as it was asked to first.
    var begin: (@Sendable () async throws -> Void)?
  }

  private let state = Mutex(State())

  init(_ options: PortalOptions) { self.options = options }

  /// Returns when it listens.
  /// - Throws: ``ProcessFailure`` `portal-address` if the address cannot be had; `CancellationError`.
  func start(_ routes: [Route], _ context: WorkerContext) async throws {
    state.withLock { state in
      state.begin = { [self] in try await listen(routes, context) }
    }
    try await listen(routes, context)
  }

  private func listen(_ routes: [Route], _ context: WorkerContext) async throws {
    if state.withLock({ $0.task != nil }) { return }
    let answering = Answering(
      routes, workers: Workers(client: context.client), options: options, clock: context.clock,
      logger: context.logger)
    let (ports, port) = AsyncStream<Int>.makeStream()
    let application = application(answering, context.logger) { port.yield($0) }
    // Not a child of whoever starts it: it goes on while the worker does, and ends in order.
    let task = Task {
      defer { port.finish() }
      try await WebServing.run(
        application, leavingWithin: PortalBounds.drainLimit, logger: Self.quiet(context.logger))
    }
    state.withLock { $0.task = task }
    for await port in ports {
      options.onServing(port)
      return
    }
    task.cancel()
    let outcome = await task.result
    state.withLock { $0.task = nil }
    try Task.checkCancellation()
    if case .failure(let error) = outcome { throw failure(error) }
    throw failure(CancellationError())
  }

  /// Goes on until the task is cancelled; then open requests may end, within ``PortalBounds/drainLimit``.
  func run() async throws {
    // One that has fallen over is begun again; the first was begun before the worker was ready.
    try await state.withLock({ $0.begin })?()
    guard let task = state.withLock({ $0.task }) else { return }
    defer { state.withLock { $0.task = nil } }
    try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  private func application(
    _ answering: Answering, _ logger: Logger, _ onServing: @escaping @Sendable (Int) -> Void
  ) -> some ApplicationProtocol {
    let quiet = Self.quiet(logger)
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: PortalBounds.headerBytesLimit,
      maxHeaderListSize: PortalBounds.headerBytesLimit,
      maxHeaderFieldCount: PortalBounds.headersLimit)
    var configuration = HTTP1Channel.Configuration(idleTimeout: TimeAmount(options.idleLimit))
    configuration.httpDecoder = decoder
    let port = options.port
    return Application(
      responder: CallbackResponder { (request: Request, context: PortalRequestContext) in
        let response = await answering.respond(to: request, from: context.address)
        return request.method == .head ? response.createHeadResponse() : response
      },
      server: .http1(
        configuration: configuration),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(
          options.connectionsLimit, logger: quiet)),
      onServerRunning: { channel in onServing(channel.localAddress?.port ?? port) },
      logger: quiet)
  }

  /// Hummingbird's own lines may hold addresses and paths.
  private static func quiet(_ logger: Logger) -> Logger {
    var quiet = logger
    quiet.logLevel = .critical
    return quiet
  }

  private func failure(_ error: any Error) -> ProcessFailure {
    ProcessFailure(
      .unavailable, code: "portal-address", path: "\(options.host):\(options.port)",
      "The portal cannot listen there: \(error).",
      wayOut: "Name another address, or end the process that has it (`ss -ltnp` names it).")
  }
}

/// What the server knows of a request besides what it says: where it comes from.
struct PortalRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Without the port. In no log.
  let address: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
  }
}
