import Bus
import BusTesting

extension Place {
  /// Runs `body` with a worker `echo` that serves ``Kinds``, and a client.
  static func with<T: Sendable>(
    _ network: Network, _ body: @escaping @Sendable (Place) async throws -> T
  ) async throws -> T {
    try await with(network, services: [Kinds()], body)
  }
}
