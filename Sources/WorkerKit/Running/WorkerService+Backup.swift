import Bus
import GRPCCore
import Messages

extension WorkerService {
  func backup(
    request: Recourse_Bus_V1_BackupRequest,
    response writer: RPCWriter<Recourse_Bus_V1_BackupResponse>, context call: ServerContext
  ) async throws {
    throw RPCError(code: .unimplemented, message: "")
  }
}
