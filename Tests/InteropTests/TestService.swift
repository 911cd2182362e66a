import Bus
import Calls
import Dispatch
import Foundation
import GRPCCore

/// The service that gRPC's interop cases call, as gRPC describes it.
struct TestService: Grpc_Testing_TestService.ServiceProtocol, UnaryService {
  func emptyCall(
    request: ServerRequest<Grpc_Testing_Empty>, context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_Empty> {
    ServerResponse(message: Grpc_Testing_Empty())
  }

  func unaryCall(
    request: ServerRequest<Grpc_Testing_SimpleRequest>, context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_SimpleResponse> {
    let message = request.message
    if message.hasResponseStatus { try Self.end(with: message.responseStatus) }
    var answer = Grpc_Testing_SimpleResponse()
    answer.payload = try Self.payload(message.responseSize)
    let echo = Echo(of: request.metadata)
    return ServerResponse(
      message: answer, metadata: echo.initial, trailingMetadata: echo.trailing)
  }

  func streamingOutputCall(
    request: ServerRequest<Grpc_Testing_StreamingOutputCallRequest>, context: ServerContext
  ) async throws -> StreamingServerResponse<Grpc_Testing_StreamingOutputCallResponse> {
    let message = request.message
    return Self.answering(request.metadata) { writer in
      try await Self.answer(message, to: writer, context)
    }
  }

  func streamingInputCall(
    request: StreamingServerRequest<Grpc_Testing_StreamingInputCallRequest>, context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_StreamingInputCallResponse> {
    var size = 0
    for try await message in request.messages { size += message.payload.body.count }
    var answer = Grpc_Testing_StreamingInputCallResponse()
    answer.aggregatedPayloadSize = Int32(clamping: size)
    return ServerResponse(message: answer)
  }

  func fullDuplexCall(
    request: StreamingServerRequest<Grpc_Testing_StreamingOutputCallRequest>,
    context: ServerContext
  ) async throws -> StreamingServerResponse<Grpc_Testing_StreamingOutputCallResponse> {
    Self.answering(request.metadata) { writer in
      for try await message in request.messages {
        try await Self.answer(message, to: writer, context)
      }
    }
  }

  func halfDuplexCall(
    request: StreamingServerRequest<Grpc_Testing_StreamingOutputCallRequest>,
    context: ServerContext
  ) async throws -> StreamingServerResponse<Grpc_Testing_StreamingOutputCallResponse> {
    Self.answering(request.metadata) { writer in
      var messages: [Grpc_Testing_StreamingOutputCallRequest] = []
      for try await message in request.messages { messages.append(message) }
      for message in messages { try await Self.answer(message, to: writer, context) }
    }
  }

  /// Asked for by the protocol, and never offered.
  func unimplementedCall(
    request: ServerRequest<Grpc_Testing_Empty>, context: ServerContext
  ) async throws -> ServerResponse<Grpc_Testing_Empty> {
    throw RPCError(code: .unimplemented, message: "never implemented")
  }
}

// MARK: - As it is offered

extension TestService {
  /// Without UnimplementedCall, which nobody has. Every method is answered by gRPC's executors.
  struct Streamed: RegistrableRPCService {
    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
      TestService().registerMethods(with: &router)
      _ = router.removeHandler(
        forMethod: Grpc_Testing_TestService.Method.UnimplementedCall.descriptor)
    }
  }

  /// The same with the bus's short way for unary methods.
  struct Short: UnaryService {
    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
      Streamed().registerMethods(with: &router)
    }

    func registerUnaryMethods(with registry: inout some UnaryRegistry) {
      TestService().registerUnaryMethods(with: &registry)
    }
  }
}

// MARK: - What they have in common

extension TestService {
  typealias Answer = Grpc_Testing_StreamingOutputCallResponse

  /// A stream of answers between the metadata that a request asks to have sent back.
  private static func answering(
    _ metadata: Metadata, _ write: @escaping @Sendable (RPCWriter<Answer>) async throws -> Void
  ) -> StreamingServerResponse<Answer> {
    let echo = Echo(of: metadata)
    return StreamingServerResponse(metadata: echo.initial) { writer in
      try await write(writer)
      return echo.trailing
    }
  }

  /// The answers that one request asks for, each after its interval.
  private static func answer(
    _ request: Grpc_Testing_StreamingOutputCallRequest, to writer: RPCWriter<Answer>,
    _ context: ServerContext
  ) async throws {
    if request.hasResponseStatus { try end(with: request.responseStatus) }
    for wanted in request.responseParameters {
      try await waitForInterval(wanted.intervalUs, context)
      var answer = Answer()
      answer.payload = try payload(wanted.size)
      try await writer.write(answer)
    }
  }

  /// Ends the call as it asks, unless it asks for OK.
  private static func end(with wanted: Grpc_Testing_EchoStatus) throws {
    let code = Status.Code(rawValue: Int(wanted.code)) ?? .unknown
    if let error = RPCError(status: Status(code: code, message: wanted.message)) { throw error }
  }

  private static func payload(_ size: Int32) throws -> Grpc_Testing_Payload {
    guard (0...WireLimits.bodyBytesLimit).contains(Int(size)) else {
      throw RPCError(code: .invalidArgument, message: "a payload of \(size) bytes")
    }
    return .zeros(Int(size))
  }

  /// The interval is a part of what is asked for, and no wait for anything to happen. A call that is
  /// cancelled does not wait for its end.
  private static func waitForInterval(
    _ microseconds: Int32, _ context: ServerContext
  ) async throws {
    guard microseconds > 0 else { return }
    let (interval, end) = AsyncStream<Void>.makeStream()
    let time = DispatchTime.now() + .microseconds(Int(microseconds))
    DispatchQueue.global().asyncAfter(deadline: time) { end.finish() }
    await withRPCCancellationHandler {
      for await _ in interval {}
    } onCancelRPC: {
      end.finish()
    }
    if context.cancellation.isCancelled {
      throw RPCError(code: .cancelled, message: "given up in an interval")
    }
  }
}

/// Metadata that a request asks to have sent back.
private struct Echo {
  var initial: Metadata = [:]
  var trailing: Metadata = [:]

  init(of request: Metadata) {
    for text in request[stringValues: EchoKey.initial] {
      initial.addString(text, forKey: EchoKey.initial)
    }
    for bytes in request[binaryValues: EchoKey.trailing] {
      trailing.addBinary(bytes, forKey: EchoKey.trailing)
    }
  }
}

/// Keys of the metadata that comes back.
enum EchoKey {
  /// Text, sent back as initial metadata.
  static let initial = "x-grpc-test-echo-initial"
  /// Bytes, sent back as trailing metadata.
  static let trailing = "x-grpc-test-echo-trailing-bin"
}

extension Grpc_Testing_Payload {
  /// So many bytes of zero.
  static func zeros(_ count: Int) -> Grpc_Testing_Payload {
    var payload = Grpc_Testing_Payload()
    payload.body = Data(count: count)
    return payload
  }
}
