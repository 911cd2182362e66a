import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The Swift code for one service.
struct ServiceCode {
  private let service: ServiceDescriptor
  /// The service's type, as gRPC's plugin names it.
  private let type: String
  private let namer: SwiftProtobufNamer
  private let access: String

  init(
    _ service: ServiceDescriptor, prefix: String, _ namer: SwiftProtobufNamer, _ access: String
  ) {
    self.service = service
    self.type = prefix + service.name
    self.namer = namer
    self.access = access
  }

  var lines: [String] {
    ["", "extension \(type) {"] + repeatable
      + ["", "  /// Calls `\(service.fullName)` by any maker of calls."]
      + ["  \(access) struct Stub<Caller: CallMaker>: ClientProtocol {"]
      + ["    private let caller: Caller", ""]
      + ["    \(access) init(wrapping caller: Caller) { self.caller = caller }"]
      + service.methods.flatMap(call) + ["  }", "}"] + registration
  }

  /// Methods that may be called again when nobody knows whether they were carried out.
  private var repeatable: [String] {
    let names = service.methods
      .filter { $0.options.idempotencyLevel != .idempotencyUnknown }
      .map { "    \"\(service.fullName)/\($0.name)\"," }
    return [
      "  /// Full names of the methods whose `idempotency_level` says that they may be repeated.",
      "  \(access) static let repeatableMethods: Set<String> = [" + (names.isEmpty ? "]" : ""),
    ] + (names.isEmpty ? [] : names + ["  ]"])
  }

  private func call(_ method: MethodDescriptor) -> [String] {
    let (request, kind) = (requestType(method), kind(method))
    let response = method.serverStreaming ? "StreamingClientResponse" : "ClientResponse"
    let output = namer.fullName(message: method.outputType)
    let input = namer.fullName(message: method.inputType)
    let fallback = method.serverStreaming ? "" : " = { try $0.message }"
    return [
      "", "    \(access) func \(name(method))<Value: Sendable>(",
      "      request: \(request),", "      serializer: some MessageSerializer<\(input)>,",
      "      deserializer: some MessageDeserializer<\(output)>,",
      "      options: CallOptions = .defaults,",
      "      onResponse handleResponse:",
      "        @Sendable @escaping (\(response)<\(output)>) async throws -> Value\(fallback)",
      "    ) async throws -> Value {", "      try await caller.\(kind)(",
      "        request: request, descriptor: \(descriptor(method)),",
      "        serializer: serializer, deserializer: deserializer, options: options,",
      "        onResponse: handleResponse)", "    }",
    ]
  }

  /// Registers unary methods; streams have no short way.
  private var registration: [String] {
    ["", "extension \(type).ServiceProtocol {"]
      + ["  /// Registers the methods with one request and one response (`UnaryService`)."]
      + ["  \(access) func registerUnaryMethods(with registry: inout some UnaryRegistry) {"]
      + service.methods.filter { !$0.clientStreaming && !$0.serverStreaming }.flatMap(register)
      + ["  }", "}"]
  }

  private func register(_ method: MethodDescriptor) -> [String] {
    let input = namer.fullName(message: method.inputType)
    let output = namer.fullName(message: method.outputType)
    return [
      "    registry.registerUnary(", "      \(descriptor(method)),",
      "      deserializer: ProtobufDeserializer<\(input)>(),",
      "      serializer: ProtobufSerializer<\(output)>(),",
      "      handler: { try await self.\(name(method))(request: $0, context: $1) })",
    ]
  }

  private func requestType(_ method: MethodDescriptor) -> String {
    let input = namer.fullName(message: method.inputType)
    return method.clientStreaming ? "StreamingClientRequest<\(input)>" : "ClientRequest<\(input)>"
  }

  private func kind(_ method: MethodDescriptor) -> String {
    switch (method.clientStreaming, method.serverStreaming) {
    case (false, false): "unary"
    case (true, false): "clientStreaming"
    case (false, true): "serverStreaming"
    case (true, true): "bidirectionalStreaming"
    }
  }

  private func descriptor(_ method: MethodDescriptor) -> String {
    "\(type).Method.\(method.name).descriptor"
  }

  /// As gRPC's plugin names it: the first letter in lower case.
  private func name(_ method: MethodDescriptor) -> String {
    method.name.prefix(1).lowercased() + method.name.dropFirst()
  }
}
