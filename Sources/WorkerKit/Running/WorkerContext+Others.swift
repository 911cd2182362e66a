import Bus
import GRPCCore
import Messages
import SwiftProtobuf

extension WorkerContext {
  /// True if a worker is connected to the broker now. One that is not may come back at any moment.
  /// - Parameter worker: its name, which is its principal too.
  /// - Throws: `RPCError` if the broker does not say within ``Bounds/whoIsThereLimit``.
  public func isConnected(_ worker: String) async throws -> Bool {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: client)
    var options = CallOptions.defaults
    options.timeout = Bounds.whoIsThereLimit
    return try await directory.list(.init(), options: options)
      .sessions.contains { $0.worker == worker }
  }
}
