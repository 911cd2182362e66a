// DO NOT EDIT: made by protoc-gen-recourse from recourse/outreach/v1/material.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Outreach_V1_OutreachMaterials {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.outreach.v1.OutreachMaterials/AddMaterial",
    "recourse.outreach.v1.OutreachMaterials/ListMaterials",
  ]

  /// Calls `recourse.outreach.v1.OutreachMaterials` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func addMaterial<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_AddMaterialRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_AddMaterialRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_AddMaterialResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_AddMaterialResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_OutreachMaterials.Method.AddMaterial.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func listMaterials<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_ListMaterialsRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_ListMaterialsRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_ListMaterialsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_ListMaterialsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_OutreachMaterials.Method.ListMaterials.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Outreach_V1_OutreachMaterials.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Outreach_V1_OutreachMaterials.Method.AddMaterial.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_AddMaterialRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_AddMaterialResponse>(),
      handler: { try await self.addMaterial(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_OutreachMaterials.Method.ListMaterials.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_ListMaterialsRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_ListMaterialsResponse>(),
      handler: { try await self.listMaterials(request: $0, context: $1) })
  }
}
