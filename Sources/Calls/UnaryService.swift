public import GRPCCore

/// A service whose unary methods can be called without streams around them.
///
/// A type that conforms to a generated `ServiceProtocol` only has to say that it is one: the generated code
/// has the method. It still registers all methods with a router; who has no use for the short way ignores
/// this.
public protocol UnaryService: RegistrableRPCService {
  func registerUnaryMethods(with registry: inout some UnaryRegistry)
}

/// Takes the unary methods of services.
public protocol UnaryRegistry {
  mutating func registerUnary<Request: Sendable, Response: Sendable>(
    _ descriptor: MethodDescriptor,
    deserializer: some MessageDeserializer<Request>, serializer: some MessageSerializer<Response>,
    handler:
      @Sendable @escaping (ServerRequest<Request>, ServerContext) async throws
      -> ServerResponse<Response>)
}
