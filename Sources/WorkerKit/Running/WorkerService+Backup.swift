import Bus
import GRPCCore
import Messages

extension WorkerService {
  func backup(
    request: Recourse_Bus_V1_BackupRequest,
    response writer: RPCWriter<Recourse_Bus_V1_BackupResponse>, context call: ServerContext
  ) async throws {
    guard BackupFile.isName(request.name) else {
      throw RPCError(code: .invalidArgument, message: "name is 1 to 64 of a-z 0-9 -")
    }
    guard let snapshot = try context.slice.snapshot() else {
      throw RPCError(code: .failedPrecondition, message: "a slice in memory cannot be backed up")
    }
    var response = Recourse_Bus_V1_BackupResponse()
    response.opened.logPosition = snapshot.taken
    try await writer.write(response)
    let file: BackupFile
    do {
      file = try await snapshot.copy(to: request.name)
    } catch let error as BackupFileError {
      throw RPCError(code: .failedPrecondition, message: "\(error)")
    }
    response.done.file = file.path
    response.done.bytes = file.bytes
    response.done.sha256 = file.sha256
    try await writer.write(response)
  }
}
