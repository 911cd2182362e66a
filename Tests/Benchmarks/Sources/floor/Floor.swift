import ArgumentParser
import BenchmarkMessages
import GRPCCore
import GRPCInProcessTransport
import Measuring

/// gRPC's core alone: client and server in one process, no wire between them.
@main
struct Floor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Call.self])

  struct Call: AsyncParsableCommand {
    @OptionGroup var load: LoadOptions

    func run() async throws {
      let transport = InProcessTransport()
      try await withGRPCServer(transport: transport.server, services: [EchoService()]) { _ in
        try await withGRPCClient(transport: transport.client) { client in
          try await Load.run(load, over: Recourse_Benchmark_V1_Echo.Client(wrapping: client))
        }
      }
    }
  }
}
