import Calls
import GRPCCore
import Messages

/// gRPC's own health service, for tools that know it: a worker serves when its slice says that it can do its
/// work. All of its services share that answer.
struct HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol, UnaryService {
  let worker: Worker
  let context: WorkerContext
  /// Fully qualified names of what this worker hosts.
  let services: Set<String>

  func check(
    request: Grpc_Health_V1_HealthCheckRequest, context call: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard request.service.isEmpty || services.contains(request.service) else {
      throw RPCError(code: .notFound, message: "this worker does not host that service")
    }
    return try await response()
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response writer: RPCWriter<Grpc_Health_V1_HealthCheckResponse>, context call: ServerContext
  ) async throws {
    guard request.service.isEmpty || services.contains(request.service) else {
      var unknown = Grpc_Health_V1_HealthCheckResponse()
      unknown.status = .serviceUnknown
      try await writer.write(unknown)
      // A worker's services do not change while it runs; the caller ends the call.
      return try await call.cancellation.cancelled
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await call.cancellation.cancelled }
      group.addTask { try await tell(writer) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Says how it is whenever that changes.
  private func tell(_ writer: RPCWriter<Grpc_Health_V1_HealthCheckResponse>) async throws {
    var last: Grpc_Health_V1_HealthCheckResponse?
    while true {
      let seen = context.progress.facts.changes
      let now = try await response()
      if now != last { try await writer.write(now) }
      last = now
      try await context.progress.wait { $0.changes > seen }
    }
  }

  private func response() async throws -> Grpc_Health_V1_HealthCheckResponse {
    var response = Grpc_Health_V1_HealthCheckResponse()
    guard context.progress.facts.storage == nil else {
      response.status = .notServing
      return response
    }
    let unready =
      try await context.slice.read { [worker] in try worker.unready($0) }
      ?? context.progress.facts.readingRefused
    response.status = unready == nil ? .serving : .notServing
    return response
  }
}
