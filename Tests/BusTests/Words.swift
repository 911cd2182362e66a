import Bus
import Calls
import GRPCCore

/// A way for a call to take. All carry one word there and one back.
enum Way: String, CaseIterable, Sendable {
  /// Unary, beneath gRPC's executors on both sides.
  case short = "Short"
  /// Through gRPC's executors on both sides.
  case unary = "Unary"
  case clientStreaming = "Collect"
  case serverStreaming = "Count"
  case bothStreaming = "Chat"

  static let service = ServiceDescriptor(fullyQualifiedService: "recourse.test.Words")

  var method: MethodDescriptor { method(of: Self.service) }

  /// The same in a service of another name.
  func method(of service: ServiceDescriptor) -> MethodDescriptor {
    let kind: MethodDescriptor.RPCType =
      switch self {
      case .short, .unary: .unary
      case .clientStreaming: .clientStreaming
      case .serverStreaming: .serverStreaming
      case .bothStreaming: .bidirectionalStreaming
      }
    return MethodDescriptor(service: service, method: rawValue, type: kind)
  }
}

/// A service that does as it is told, in the same manner on every ``Way``, and knows what it was told.
///
/// A word is a verb, a name, and whatever may follow.
struct Words: UnaryService {
  /// What a word can begin with.
  enum Verb: String {
    /// Answer with the word.
    case say
    /// Answer with `grpc-timeout`.
    case timeout
    /// Answer with who calls.
    case caller
    /// Answer when the name has been released; the answer is the word.
    case hold
    /// Answer never.
    case wait
    /// Refuse: UNAVAILABLE.
    case fail
    /// The same with what the bus says of a call that nobody got: an error of a call that the handler made.
    case escape
    /// Refuse after the answer has begun.
    case begin
    /// Answer how often the name was heard with other verbs, and how often such a call was cancelled.
    case heard
    case ended
  }

  /// Verbs and names that were heard, without those that ask about others.
  let heard = Shared<[String]>([])
  /// Verb and name of what was heard; `ended` and the name of what was cancelled.
  let notes = Notes()
  private let ended = Shared<[String]>([])
  private let service: ServiceDescriptor

  init(as service: ServiceDescriptor = Way.service) { self.service = service }

  /// Lets calls with ``Verb/hold`` and that name be answered.
  func release(_ name: String) { notes.note("release \(name)") }

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    for way in Way.allCases {
      router.registerHandler(
        forMethod: way.method(of: service), deserializer: Text(), serializer: Text()
      ) { request, context in
        var words = request.messages.makeAsyncIterator()
        guard let word = try await words.next(), try await words.next() == nil else {
          throw RPCError(code: .invalidArgument, message: "one word is expected")
        }
        let (service, metadata) = (self, request.metadata)
        if word.hasPrefix(Verb.begin.rawValue) {
          return StreamingServerResponse { writer in
            try await writer.write(service.answer(word, metadata, context))
            return [:]
          }
        }
        let message = try await service.answer(word, metadata, context)
        return StreamingServerResponse(single: ServerResponse(message: message))
      }
    }
  }

  func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Way.short.method(of: service), deserializer: Text(), serializer: Text()
    ) { request, context in
      ServerResponse(message: try await answer(request.message, request.metadata, context))
    }
  }

  private func answer(
    _ word: String, _ metadata: Metadata, _ context: ServerContext
  ) async throws -> String {
    let parts = word.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count >= 2, let verb = Verb(rawValue: parts[0]) else {
      throw RPCError(code: .invalidArgument, message: "no word: \(word)")
    }
    let name = parts[1]
    switch verb {
    case .heard: return "\(heard.value.count { $0.hasSuffix(" \(name)") })"
    case .ended: return "\(ended.value.count { $0 == name })"
    default: heard.change { $0.append("\(verb) \(name)") }
    }
    notes.note("\(verb) \(name)")
    switch verb {
    case .timeout:
      return Array(metadata[stringValues: "grpc-timeout"]).joined(separator: ", ")
    case .caller:
      return (context.transportSpecific as? BusCaller)?.principal ?? "nobody says"
    case .hold:
      try await withRPCCancellationHandler {
        try await notes.wait(for: "release \(name)")
      } onCancelRPC: {
        release(name)
      }
      return word
    case .wait:
      try await context.cancellation.cancelled
      ended.change { $0.append(name) }
      notes.note("ended \(name)")
      throw RPCError(code: .cancelled, message: "told to stop")
    case .fail, .begin:
      throw RPCError(code: .unavailable, message: "told to fail")
    case .escape:
      throw RPCError(
        code: .unavailable, message: "nobody serves that just now",
        metadata: [CallMetadata.delivered: "no"])
    case .say, .heard, .ended:
      return word
    }
  }
}
