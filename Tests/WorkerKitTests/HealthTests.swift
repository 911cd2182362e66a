import Foundation
import GRPCCore
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Health", .timeLimit(.minutes(1)))
struct HealthTests {
  /// Serves once it has a note.
  private static let worker = Worker(
    name: "source", migrations: Fixture.source.migrations,
    unready: { reader in
      try reader.row("SELECT text FROM note") == nil ? "nothing is noted" : nil
    })
  private static let target: Metadata = ["recourse-target": "source"]

  private func request(_ service: String) -> Grpc_Health_V1_HealthCheckRequest {
    var request = Grpc_Health_V1_HealthCheckRequest()
    request.service = service
    return request
  }

  @Test func `a worker says whether it serves, now and whenever that changes`() async throws {
    try await TestPlace.with([Self.worker], now: Fixture.start, unready: ["source"]) { place in
      let health = Grpc_Health_V1_Health.Stub(wrapping: place.client)
      let before = try await health.check(request(""), metadata: Self.target)
      #expect(before.status == .notServing)
      let heard = try await health.watch(
        request("recourse.worker.v1.Worker"), metadata: Self.target
      ) { response in
        var heard: [Grpc_Health_V1_HealthCheckResponse.ServingStatus] = []
        for try await answer in response.messages {
          heard.append(answer.status)
          if heard.count == 2 { break }
          try await place.context(of: "source")?.slice.write {
            try $0.execute("INSERT INTO note (text) VALUES ('ready')")
          }
        }
        return heard
      }
      #expect(heard == [.notServing, .serving])
    }
  }

  @Test func `a service that the worker does not host is not found`() async throws {
    try await TestPlace.with([Self.worker], now: Fixture.start, unready: ["source"]) { place in
      let health = Grpc_Health_V1_Health.Stub(wrapping: place.client)
      let error = await #expect(throws: RPCError.self) {
        try await health.check(request("recourse.test.Nothing"), metadata: Self.target)
      }
      #expect(error?.code == .notFound)
    }
  }
}
