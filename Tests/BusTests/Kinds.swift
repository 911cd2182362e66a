import Calls
import GRPCCore

/// A service with one method of each kind, over plain text.
struct Kinds: UnaryService {
  static let service = ServiceDescriptor(fullyQualifiedService: "recourse.test.Kinds")
  static let unary = method("Unary", .unary)
  static let collect = method("Collect", .clientStreaming)
  static let count = method("Count", .serverStreaming)
  static let chat = method("Chat", .bidirectionalStreaming)
  static let wait = method("Wait", .unary)
  static let fail = method("Fail", .unary)

  private static func method(
    _ name: String, _ type: MethodDescriptor.RPCType
  ) -> MethodDescriptor {
    MethodDescriptor(service: service, method: name, type: type)
  }

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    register(Self.unary, in: &router) { request, context in
      let request = try await ServerRequest(stream: request)
      return StreamingServerResponse(single: Self.answer(request, context))
    }
    register(Self.collect, in: &router) { request, _ in
      let words = try await Self.all(request.messages)
      return StreamingServerResponse(single: ServerResponse(message: words.joined(separator: " ")))
    }
    register(Self.count, in: &router) { request, _ in
      let words = try await Self.all(request.messages)
      let limit = words.first.flatMap { Int($0) } ?? 0
      return StreamingServerResponse { writer in
        for number in 0..<limit { try await writer.write("\(number)") }
        return [:]
      }
    }
    register(Self.chat, in: &router) { request, _ in
      StreamingServerResponse { writer in
        for try await word in request.messages { try await writer.write(word + "!") }
        return [:]
      }
    }
    register(Self.wait, in: &router) { request, context in
      let request = try await ServerRequest(stream: request)
      return StreamingServerResponse(single: try await Self.wait(request, context))
    }
    register(Self.fail, in: &router) { request, context in
      let request = try await ServerRequest(stream: request)
      return StreamingServerResponse(single: try await Self.fail(request, context))
    }
  }

  func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    let text = Text()
    registry.registerUnary(
      Self.unary, deserializer: text, serializer: text, handler: Self.answer)
    registry.registerUnary(Self.wait, deserializer: text, serializer: text, handler: Self.wait)
    registry.registerUnary(Self.fail, deserializer: text, serializer: text, handler: Self.fail)
  }

  @Sendable private static func answer(
    _ request: ServerRequest<String>, _ context: ServerContext
  ) -> ServerResponse<String> {
    ServerResponse(
      message: request.message, metadata: request.metadata.matching("x-"),
      trailingMetadata: ["x-end": "1"])
  }

  @Sendable private static func wait(
    _ request: ServerRequest<String>, _ context: ServerContext
  ) async throws -> ServerResponse<String> {
    Probe.shared.note("waiting \(request.message)")
    try await context.cancellation.cancelled
    Probe.shared.note("cancelled \(request.message)")
    throw RPCError(code: .cancelled, message: "told to stop")
  }

  @Sendable private static func fail(
    _ request: ServerRequest<String>, _ context: ServerContext
  ) async throws -> ServerResponse<String> {
    throw RPCError(code: .failedPrecondition, message: "no – ✗", metadata: ["x-why": "because"])
  }

  private func register<Transport: ServerTransport>(
    _ method: MethodDescriptor, in router: inout RPCRouter<Transport>,
    _ handler:
      @escaping @Sendable (
        StreamingServerRequest<String>, ServerContext
      ) async throws -> StreamingServerResponse<String>
  ) {
    router.registerHandler(
      forMethod: method, deserializer: Text(), serializer: Text(), handler: handler)
  }

  static func all(_ messages: RPCAsyncSequence<String, any Error>) async throws -> [String] {
    var words: [String] = []
    for try await word in messages { words.append(word) }
    return words
  }
}

/// Text as a message.
struct Text: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: String) throws -> Bytes {
    Bytes(message.utf8)
  }
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> String {
    bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}

extension Metadata {
  func matching(_ prefix: String) -> Metadata {
    var result: Metadata = [:]
    for (key, value) in self where key.hasPrefix(prefix) {
      switch value {
      case .string(let text): result.addString(text, forKey: key)
      case .binary(let bytes): result.addBinary(bytes, forKey: key)
      }
    }
    return result
  }
}
