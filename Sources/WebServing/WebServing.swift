public import Hummingbird
public import Logging
import ServiceLifecycle

/// Runs the servers of this program that are asked by HTTP.
public enum WebServing {
  /// The longest that requests may take which had begun when the server was told to stop; then they are cut off.
  public static let leaveLimit: Duration = .seconds(1)

  /// Serves until the task is cancelled, and then leaves in order: nobody is let in any more, connections on which
  /// nothing is asked are closed, and requests that have begun are answered, within the limit.
  ///
  /// The server itself is not cancelled. A connection that it has accepted and not looked at yet would be thrown away
  /// as it is, and NIO ends the process for that (`NIOAsyncWriter` checks that each has been finished).
  /// - Throws: what the server does, such as where its address cannot be had.
  public static func run(
    _ application: some ApplicationProtocol, leavingWithin limit: Duration = leaveLimit,
    logger: Logger
  ) async throws {
    var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
    configuration.maximumGracefulShutdownDuration = limit
    let group = ServiceGroup(configuration: configuration)
    let serving = Task { try await group.run() }
    try await withTaskCancellationHandler {
      try await serving.value
    } onCancel: {
      Task { await group.triggerGracefulShutdown() }
    }
  }
}
