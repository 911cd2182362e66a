import Hummingbird
import Logging
import NIOCore
import WebCalls
import WebServing

/// A server of HTTP for a test, on a port of its own.
enum WebPlace {
  /// What a route knows of who asks: which connection it comes over.
  struct Asked: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The port of the other end: another one for every connection.
    let peerPort: Int

    init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      peerPort = source.channel.remoteAddress?.port ?? 0
    }
  }

  struct NoServer: Error {}

  /// Serves while `body` runs, which gets the address: `http://127.0.0.1:PORT`.
  static func with<T: Sendable>(
    _ router: Router<Asked>, _ body: @escaping @Sendable (String) async throws -> T
  ) async throws -> T {
    let (ports, serving) = AsyncStream<Int>.makeStream()
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { serving.yield($0.localAddress?.port ?? 0) },
      logger: quiet)
    return try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask {
        defer { serving.finish() }
        do {
          try await WebServing.run(application, leavingWithin: .milliseconds(100), logger: quiet)
        } catch { if !Task.isCancelled { throw error } }
        return nil
      }
      group.addTask {
        for await port in ports { return try await body("http://127.0.0.1:\(port)") }
        throw NoServer()
      }
      defer { group.cancelAll() }
      while let outcome = try await group.next() {
        if let outcome { return outcome }
      }
      throw NoServer()
    }
  }

  /// Waits until the test is over.
  static func forever() async throws -> Never {
    let (nothing, keep) = AsyncStream<Void>.makeStream()
    for await _ in nothing {}
    withExtendedLifetime(keep) {}
    throw CancellationError()
  }
}
