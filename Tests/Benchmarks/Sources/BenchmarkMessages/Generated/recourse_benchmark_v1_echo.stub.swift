// DO NOT EDIT: made by protoc-gen-recourse from recourse/benchmark/v1/echo.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Benchmark_V1_Echo {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = []

  /// Calls `recourse.benchmark.v1.Echo` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func unary<Value: Sendable>(
      request: ClientRequest<Recourse_Benchmark_V1_Body>,
      serializer: some MessageSerializer<Recourse_Benchmark_V1_Body>,
      deserializer: some MessageDeserializer<Recourse_Benchmark_V1_Body>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Benchmark_V1_Body>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Benchmark_V1_Echo.Method.Unary.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func stream<Value: Sendable>(
      request: ClientRequest<Recourse_Benchmark_V1_StreamRequest>,
      serializer: some MessageSerializer<Recourse_Benchmark_V1_StreamRequest>,
      deserializer: some MessageDeserializer<Recourse_Benchmark_V1_Body>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Benchmark_V1_Body>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Recourse_Benchmark_V1_Echo.Method.Stream.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Benchmark_V1_Echo.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Benchmark_V1_Echo.Method.Unary.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Benchmark_V1_Body>(),
      serializer: ProtobufSerializer<Recourse_Benchmark_V1_Body>(),
      handler: { try await self.unary(request: $0, context: $1) })
  }
}
