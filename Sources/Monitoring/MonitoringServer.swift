import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import WebServing

/// What a process tells whoever asks by HTTP: whether it can do its work, and its metrics. That it answers at all says
/// that it is alive.
public struct MonitoringPages: Sendable {
  /// Whether the process can do its work.
  public enum Readiness: Sendable, Hashable {
    case ready
    /// Why not, in words without personal data.
    case notReady(String)
  }

  public var readiness: @Sendable () async -> Readiness
  public var metrics: @Sendable () async -> Exposition

  public init(
    readiness: @escaping @Sendable () async -> Readiness,
    metrics: @escaping @Sendable () async -> Exposition
  ) {
    self.readiness = readiness
    self.metrics = metrics
  }
}

/// Serves ``MonitoringPages`` as `/healthz`, `/readyz` and `/metrics`. No other page, no request body, no secret.
public enum MonitoringServer {
  /// Connections at once; one more waits.
  public static let connectionsLimit = 256
  /// Seconds after which a connection on which nothing is asked is closed: as long, at most, silent ones keep out a
  /// health check.
  public static let idleSecondsLimit: Int64 = 5

  /// Serves until the task is cancelled.
  /// - Parameters:
  ///   - address: where to listen; port 0 lets the system choose.
  ///   - onServing: gets the port that it ended up with.
  /// - Throws: what the system says if the address cannot be had.
  public static func run(
    _ pages: MonitoringPages, at address: MonitoringAddress, logger: Logger,
    onServing: @escaping @Sendable (_ port: Int) async -> Void
  ) async throws {
    let router = Router()
    router.get("healthz") { _, _ -> Response in page(.ok, "ok\n") }
    router.get("readyz") { _, _ -> Response in
      switch await pages.readiness() {
      case .ready: page(.ok, "ready\n")
      case .notReady(let why): page(.serviceUnavailable, "not ready: \(why)\n")
      }
    }
    router.get("metrics") { _, _ -> Response in
      page(.ok, await pages.metrics().text, Exposition.mediaType)
    }
    var quiet = logger
    quiet.logLevel = .error
    let application = Application(
      router: router,
      server: .http1(configuration: .init(idleTimeout: .seconds(idleSecondsLimit))),
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port),
        availableConnectionsDelegate: MaximumAvailableConnections(connectionsLimit, logger: quiet)),
      onServerRunning: { channel in await onServing(channel.localAddress?.port ?? address.port) },
      logger: quiet)
    do {
      try await WebServing.run(application, logger: quiet)
    } catch {
      // To be cancelled is the ordinary way to end.
      guard Task.isCancelled else { throw error }
    }
  }

  private static func page(
    _ status: HTTPResponse.Status, _ text: String, _ type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
