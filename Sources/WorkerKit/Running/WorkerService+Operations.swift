import Bus
import GRPCCore
import Messages

// What an operator asks a worker for.
extension WorkerService {
  func listParked(
    request: Recourse_Worker_V1_ListParkedRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_ListParkedResponse {
    throw RPCError(code: .unimplemented, message: "")
  }

  func retryParked(
    request: Recourse_Worker_V1_RetryParkedRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_RetryParkedResponse {
    throw RPCError(code: .unimplemented, message: "")
  }

  func skipParked(
    request: Recourse_Worker_V1_SkipParkedRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_SkipParkedResponse {
    throw RPCError(code: .unimplemented, message: "")
  }

  func listEffects(
    request: Recourse_Worker_V1_ListEffectsRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_ListEffectsResponse {
    throw RPCError(code: .unimplemented, message: "")
  }

  func settleEffect(
    request: Recourse_Worker_V1_SettleEffectRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_SettleEffectResponse {
    throw RPCError(code: .unimplemented, message: "")
  }

  func replay(
    request: Recourse_Worker_V1_ReplayRequest,
    response writer: RPCWriter<Recourse_Worker_V1_ReplayResponse>, context call: ServerContext
  ) async throws {
    throw RPCError(code: .unimplemented, message: "")
  }
}
