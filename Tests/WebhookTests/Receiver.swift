import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization
import WebServing

/// Somebody who takes notices in: answers as a test says, and keeps what came.
final class Receiver: Sendable {
  struct Notice: Sendable {
    let headers: [String: String]
    let body: Data

    var told: Told { get throws { try JSONDecoder().decode(Told.self, from: body) } }
  }

  /// What a notice of a decision says.
  struct Told: Decodable, Sendable {
    struct Decision: Decodable, Sendable {
      let caseReference: String
      let clause: String
    }

    let `case`: String
    let delivery: String
    let event: String
    let occurredAt: String
    let position: String
    let data: Decision
  }

  /// What it does with the notice of a number, from 0.
  enum Answer: Sendable {
    case status(Int)
    /// Nothing, until the other side has gone.
    case none
  }

  private let taken = Mutex<[Notice]>([])
  private let answers: @Sendable (Int, Notice) -> Answer
  private let arrived: AsyncStream<Notice>.Continuation
  /// Each notice, when it has come.
  let arrivals: AsyncStream<Notice>

  var notices: [Notice] { taken.withLock { $0 } }

  private init(_ answers: @escaping @Sendable (Int, Notice) -> Answer) {
    self.answers = answers
    (arrivals, arrived) = AsyncStream.makeStream()
  }

  /// Answers one after the other by these, and then by the last.
  static func answering(_ statuses: [Int]) -> @Sendable (Int, Notice) -> Answer {
    { number, _ in .status(statuses[min(number, statuses.count - 1)]) }
  }

  struct NoServer: Error {}

  /// Serves while `body` runs, which gets the address.
  static func with<T: Sendable>(
    _ answers: @escaping @Sendable (Int, Notice) -> Answer = { _, _ in .status(204) },
    _ body: @escaping @Sendable (Receiver, String) async throws -> T
  ) async throws -> T {
    let receiver = Receiver(answers)
    let router = Router()
    router.post("recourse") { request, _ in try await receiver.take(request) }
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
        for await port in ports {
          return try await body(receiver, "http://127.0.0.1:\(port)/recourse")
        }
        throw NoServer()
      }
      defer { group.cancelAll() }
      while let outcome = try await group.next() {
        if let outcome { return outcome }
      }
      throw NoServer()
    }
  }

  private func take(_ request: Request) async throws -> Response {
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    let body = try await request.body.collect(upTo: 1_000_000)
    let notice = Notice(headers: headers, body: Data(body.readableBytesView))
    let number = taken.withLock { taken in
      taken.append(notice)
      return taken.count - 1
    }
    arrived.yield(notice)
    switch answers(number, notice) {
    case .status(let status): return Response(status: .init(code: status))
    case .none:
      let (nothing, keep) = AsyncStream<Void>.makeStream()
      for await _ in nothing {}
      withExtendedLifetime(keep) {}
      throw CancellationError()
    }
  }
}
