import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The question to the broker who is there.
enum BrokerCall {
  /// How long the broker may take.
  static let answerLimit: Duration = .seconds(10)

  /// True if a worker is connected.
  static func hasSession(_ worker: String, _ context: WorkerContext) async throws -> Bool {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: context.client)
    var options = CallOptions.defaults
    options.timeout = answerLimit
    return try await directory.list(Recourse_Bus_V1_DirectoryRequest(), options: options)
      .sessions.contains { $0.worker == worker }
  }
}
