import GRPCCore

/// A service with one method of each kind, over plain text.
struct Kinds: RegistrableRPCService {
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
    register(Self.unary, in: &router) { request, _ in
      let metadata = request.metadata
      let words = try await Self.all(request.messages)
      return StreamingServerResponse(
        single: ServerResponse(
          message: words.joined(), metadata: metadata.matching("x-"),
          trailingMetadata: ["x-end": "1"]))
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
      let words = try await Self.all(request.messages)
      Probe.shared.note("waiting \(words.joined())")
      try await context.cancellation.cancelled
      Probe.shared.note("cancelled \(words.joined())")
      throw RPCError(code: .cancelled, message: "told to stop")
    }
    register(Self.fail, in: &router) { _, _ in
      throw RPCError(code: .failedPrecondition, message: "no – ✗", metadata: ["x-why": "because"])
    }
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
