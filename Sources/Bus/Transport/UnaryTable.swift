public import Calls
public import GRPCCore

/// The unary methods that a peer answers by the short way: from OPEN to STATUS without streams between.
public struct UnaryTable: UnaryRegistry, Sendable {
  /// Answers one call. The error is what the handler threw.
  typealias Handler =
    @Sendable (_ metadata: Metadata, _ message: WireBytes, ServerContext) async
    -> Result<UnaryAnswer, RPCError>

  private(set) var handlers: [String: Handler] = [:]
  /// Told what a handler threw that is no answer.
  var onFault: (@Sendable (_ method: String, any Error) -> Void)?

  public init() {}

  public mutating func registerUnary<Request: Sendable, Response: Sendable>(
    _ descriptor: MethodDescriptor,
    deserializer: some MessageDeserializer<Request>, serializer: some MessageSerializer<Response>,
    handler:
      @Sendable @escaping (ServerRequest<Request>, ServerContext) async throws
      -> ServerResponse<Response>
  ) {
    handlers[descriptor.fullyQualifiedMethod] = { [onFault] metadata, message, context in
      do {
        let request = ServerRequest(
          metadata: metadata, message: try deserializer.deserialize(message))
        let contents = try await handler(request, context).accepted.get()
        return .success(
          UnaryAnswer(
            metadata: contents.metadata, message: try serializer.serialize(contents.message),
            trailingMetadata: contents.trailingMetadata))
      } catch let error as RPCError {
        return .failure(error)
      } catch let error as any RPCErrorConvertible {
        return .failure(RPCError(error))
      } catch {
        onFault?(descriptor.fullyQualifiedMethod, error)
        return .failure(
          RPCError(code: .unknown, message: "the handler failed for an unknown reason"))
      }
    }
  }
}

/// What a unary call brings back.
struct UnaryAnswer: Sendable {
  var metadata: Metadata
  var message: WireBytes
  var trailingMetadata: Metadata
}
