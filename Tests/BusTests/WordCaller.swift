import Bus
import Calls
import GRPCCore
import Messages

/// Calls ``Words`` on every ``Way``.
struct WordCaller: Sendable {
  private let short: BusClient
  private let executors: GRPCClient<BusClientTransport>

  init(_ peer: Peer, config: CallConfig = CallConfig()) {
    short = BusClient(peer: peer, config: config)
    executors = GRPCClient(transport: BusClientTransport(peer: peer, config: config))
  }

  /// Makes a call with one word and returns the one that answers it.
  func call(
    _ word: String, _ way: Way, of service: ServiceDescriptor = Way.service,
    metadata: Metadata = [:], timeout: Duration? = nil, waits: Bool? = nil
  ) async throws -> String {
    let single = ClientRequest(message: word, metadata: metadata)
    let stream = StreamingClientRequest(metadata: metadata) { try await $0.write(word) }
    var options = CallOptions.defaults
    options.timeout = timeout
    options.waitForReady = waits
    let method = way.method(of: service)
    switch way {
    case .short: return try await unary(short, single, method, options)
    case .unary: return try await unary(executors, single, method, options)
    case .clientStreaming:
      return try await executors.clientStreaming(
        request: stream, descriptor: method, serializer: Text(),
        deserializer: Text(), options: options
      ) { try $0.message }
    case .serverStreaming:
      return try await executors.serverStreaming(
        request: single, descriptor: method,
        serializer: Text(), deserializer: Text(), options: options
      ) { try await Self.only($0.messages) }
    case .bothStreaming:
      return try await executors.bidirectionalStreaming(
        request: stream, descriptor: method, serializer: Text(),
        deserializer: Text(), options: options
      ) { try await Self.only($0.messages) }
    }
  }

  /// Begins a call that goes on while its test does something else.
  func begin(
    _ word: String, _ way: Way, of service: ServiceDescriptor = Way.service,
    metadata: Metadata = [:], timeout: Duration? = nil, waits: Bool? = nil
  ) -> OpenCall {
    OpenCall(
      task: Task {
        await Ending.of {
          try await call(
            word, way, of: service, metadata: metadata, timeout: timeout, waits: waits)
        }
      })
  }

  /// Asks the broker who is connected.
  func sessions() async throws -> [Recourse_Bus_V1_Session] {
    try await Recourse_Bus_V1_Directory.Stub(wrapping: short)
      .list(Recourse_Bus_V1_DirectoryRequest()).sessions
  }

  private func unary(
    _ client: some CallMaker, _ request: ClientRequest<String>, _ method: MethodDescriptor,
    _ options: CallOptions
  ) async throws -> String {
    try await client.unary(
      request: request, descriptor: method,
      serializer: Text(), deserializer: Text(), options: options
    ) { try $0.message }
  }

  private static func only(
    _ messages: RPCAsyncSequence<String, any Error>
  ) async throws -> String {
    let words = try await Kinds.all(messages)
    guard words.count == 1 else {
      throw RPCError(code: .dataLoss, message: "\(words.count) words for one")
    }
    return words[0]
  }
}

/// A call that goes on by itself, but not without its test.
struct OpenCall: Sendable {
  fileprivate let task: Task<Ending, Never>

  var ending: Ending {
    get async {
      await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  func giveUp() { task.cancel() }
}

/// How a call ended.
enum Ending: Sendable, Equatable, CustomStringConvertible {
  case answered(String)
  /// With its code, and what the bus says of whether it was delivered.
  case failed(RPCError.Code, delivered: String?)
  case otherwise(String)

  /// Makes a call.
  static func of(_ call: () async throws -> String) async -> Ending {
    do {
      return .answered(try await call())
    } catch let error as RPCError {
      let delivered = Array(error.metadata[stringValues: CallMetadata.delivered])
      return .failed(error.code, delivered: delivered.first)
    } catch {
      return .otherwise("\(error)")
    }
  }

  /// The answer, if that is it.
  var answer: String? {
    if case .answered(let word) = self { word } else { nil }
  }

  static let late = Ending.failed(.deadlineExceeded, delivered: nil)
  /// Whoever had the call is gone, or cannot be reached.
  static let lost = Ending.failed(.unavailable, delivered: "unknown")

  var description: String {
    switch self {
    case .answered(let word): "answered “\(word.prefix(40))”"
    case .failed(let code, let delivered):
      "\(code)" + (delivered.map { ", delivered: \($0)" } ?? "")
    case .otherwise(let error): error
    }
  }
}

extension Way {
  /// Does something for each way, all at once.
  static func each<T: Sendable>(
    _ body: @escaping @Sendable (Way) async throws -> T
  ) async rethrows -> [Way: T] {
    try await withThrowingTaskGroup(of: (Way, T).self) { group in
      for way in allCases { group.addTask { (way, try await body(way)) } }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }
}
