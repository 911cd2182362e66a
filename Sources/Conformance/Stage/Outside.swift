import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization
import WebServing

/// The world outside, as a plugin meets it: a web server on this machine that remembers what it was asked.
final class Outside: Sendable {
  /// A request that came.
  struct Request: Sendable, Hashable {
    let method: String
    let path: String
    /// By which the other side tells a repetition: `Idempotency-Key` or `Webhook-Id`, where the plugin sends one.
    let idempotencyKey: String?
    let body: [UInt8]

    /// What tells one effect from another: its key, or all that was said.
    var identity: String {
      idempotencyKey ?? "\(method) \(path) \(String(decoding: body, as: UTF8.self))"
    }
  }

  /// How it answers.
  enum Manner: Sendable {
    case accepts
    /// Takes the request and never says so.
    case silent
  }

  private static let idempotencyKeys = ["Idempotency-Key", "Webhook-Id"]
  /// Bytes of one body.
  private static let bodyBytesLimit = 1_048_576
  /// How long one who is never answered waits, if they do.
  private static let silence: Duration = .seconds(60)

  let requests = Watched<[Request]>([])
  private let manner = Mutex(Manner.accepts)
  private let port = Watched<Int?>(nil)
  private let serving = Mutex<Task<Void, Never>?>(nil)

  /// How it answers from now on.
  func behave(_ manner: Manner) { self.manner.withLock { $0 = manner } }

  /// Serves until ``stop()``. Returns where.
  func start() async throws -> String {
    let task = Task {
      try? await WebServing.run(
        application(), leavingWithin: .milliseconds(100), logger: Self.quiet)
    }
    serving.withLock { $0 = Task { _ = await task.value } }
    cancellation.withLock { $0 = { task.cancel() } }
    guard await port.wait(within: .seconds(10), until: { $0 != nil }), let port = port.value else {
      throw StageError.noPort
    }
    return "http://127.0.0.1:\(port)"
  }

  private let cancellation = Mutex<@Sendable () -> Void>({})

  func stop() async {
    cancellation.withLock { $0 }()
    await serving.withLock { $0 }?.value
  }

  private static let quiet = Logger(label: "outside") { _ in SwiftLogNoOpLogHandler() }

  private func application() -> some ApplicationProtocol {
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
      try await self.answer(request)
    }
    return Application(
      responder: responder,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port
        self.port.update { $0 = port }
      },
      logger: Self.quiet)
  }

  private func answer(_ request: Hummingbird.Request) async throws -> Response {
    let body = try await request.body.collect(upTo: Self.bodyBytesLimit)
    let key = Self.idempotencyKeys.lazy.compactMap { name in
      HTTPField.Name(name).flatMap { request.headers[$0] }
    }.first
    let came = Request(
      method: request.method.rawValue, path: request.uri.path, idempotencyKey: key,
      body: Array(body.readableBytesView))
    requests.update { $0.append(came) }
    if case .silent = manner.withLock({ $0 }) {
      try await ContinuousClock().sleep(for: Self.silence)
    }
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: "{}")))
  }
}
