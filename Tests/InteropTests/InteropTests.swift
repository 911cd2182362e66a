import Bus
import BusTesting
import Foundation
import GRPCCore
import Testing

/// gRPC's interop cases between peers of this project.
@Suite("gRPC's interop cases", .timeLimit(.minutes(1)))
struct InteropTests {
  static let worker = "interop"

  @Test(arguments: InteropCase.allCases, Network.allCases)
  func `Swift calls Swift`(_ interopCase: InteropCase, _ network: Network) async throws {
    try await Self.serving(TestService.Short(), on: network) { place in
      for target in [nil, Self.worker] {
        try await interopCase.run(over: place.client, target: target)
      }
    }
  }

  @Test(arguments: InteropCase.allCases, Network.allCases)
  func `Swift calls Swift, with gRPC's executors on both sides`(
    _ interopCase: InteropCase, _ network: Network
  ) async throws {
    try await Self.serving(TestService.Streamed(), on: network) { place in
      try await place.withCaller { peer in
        try await withGRPCClient(transport: BusClientTransport(peer: peer)) { client in
          for target in [nil, Self.worker] {
            try await interopCase.run(over: client, target: target)
          }
        }
      }
    }
  }

  @Test(arguments: InteropCase.allCases, Network.betweenProcesses)
  func `Python calls Swift`(_ interopCase: InteropCase, _ network: Network) async throws {
    try await Self.serving(TestService.Short(), on: network) { place in
      let outcome = try await PythonPeer.run(
        at: place.address, "call", "--case", interopCase.rawValue)
      try requireSuccess(outcome, of: [interopCase])
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `Python calls Swift by the worker's name, with gRPC's executors`(
    _ network: Network
  ) async throws {
    try await Self.serving(TestService.Streamed(), on: network) { place in
      let outcome = try await PythonPeer.run(
        at: place.address, "call", "--case", "all", "--target", Self.worker)
      try requireSuccess(outcome, of: InteropCase.allCases)
    }
  }

  @Test func `Python reads and writes the golden frames`() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "BusTests/Golden/frames.txt")
    let outcome = try await PythonPeer.run("golden", file.path)
    #expect(outcome.isSuccess, "\(outcome.status): \(outcome.output)\n\(outcome.errors)")
  }

  @Test(arguments: Network.betweenProcesses)
  func `who names its own connection is refused, and told why`(_ network: Network) async throws {
    try await Place.withBroker(network) { address in
      let outcome = try await PythonPeer.run(at: address, "named")
      #expect(outcome.isSuccess, "\(outcome.status): \(outcome.output)\n\(outcome.errors)")
    }
  }

  private static func serving(
    _ service: any RegistrableRPCService, on network: Network,
    _ body: @Sendable (Place) async throws -> Void
  ) async throws {
    try await Place.with(network, worker: worker, services: [service], body)
  }
}

/// The same cases, answered by Python.
@Suite("gRPC's interop cases, with a server in Python", .timeLimit(.minutes(1)), .pythonServers)
struct PythonServerTests {
  @Test(arguments: InteropCase.allCases, Network.betweenProcesses)
  func `Swift calls Python`(_ interopCase: InteropCase, _ network: Network) async throws {
    let server = try #require(PythonServers.shared[network])
    try await server.blamed {
      try await Place.withCaller(at: server.address) { peer in
        for target in [nil, server.worker] {
          try await interopCase.run(over: BusClient(peer: peer), target: target)
        }
      }
    }
  }

  @Test(arguments: InteropCase.allCases, Network.betweenProcesses)
  func `Swift calls Python, with gRPC's executors`(
    _ interopCase: InteropCase, _ network: Network
  ) async throws {
    let server = try #require(PythonServers.shared[network])
    try await server.blamed {
      try await Place.withCaller(at: server.address) { peer in
        try await withGRPCClient(transport: BusClientTransport(peer: peer)) { client in
          try await interopCase.run(over: client, target: nil)
        }
      }
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `Python calls Python`(_ network: Network) async throws {
    let server = try #require(PythonServers.shared[network])
    try await server.blamed {
      let outcome = try await PythonPeer.run(at: server.address, "call", "--case", "all")
      try requireSuccess(outcome, of: InteropCase.allCases)
    }
  }
}

/// Throws unless a Python client says that these cases went well, and any others that it has.
private func requireSuccess(
  _ outcome: PythonPeer.Outcome, of cases: [InteropCase],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let missing = Set(cases.map { "ok \($0.rawValue)" }).subtracting(outcome.lines)
  try #require(
    outcome.isSuccess && missing.isEmpty,
    "the Python client: \(outcome.status)\n\(outcome.output)\n\(outcome.errors)",
    sourceLocation: sourceLocation)
}

/// Gives the tests of a suite one Python server on each network: ``PythonServers/shared``.
struct PythonServers: SuiteTrait, TestScoping {
  @TaskLocal static var shared: [Network: PythonPeer.Server] = [:]

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Self.provide(on: Network.betweenProcesses[...], performing: function)
  }

  /// Starts a server on each, one inside the scope of the other.
  private static func provide(
    on networks: ArraySlice<Network>, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard let network = networks.first else { return try await function() }
    try await Place.withBroker(network) { address in
      try await PythonPeer.serving(at: address, as: "python") { server in
        var servers = shared
        servers[network] = server
        try await $shared.withValue(servers) {
          try await provide(on: networks.dropFirst(), performing: function)
        }
      }
    }
  }
}

extension Trait where Self == PythonServers {
  static var pythonServers: PythonServers { PythonServers() }
}
