import ArgumentParser
import BenchmarkMessages
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import Measuring

/// gRPC over HTTP/2, direct from caller to server. Addresses are `tcp://127.0.0.1:PORT`.
@main
struct HTTP2Peer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Serve.self, Call.self])

  static func port(of address: String) throws -> Int {
    guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else {
      throw ValidationError("no port in \(address)")
    }
    return port
  }

  struct Serve: AsyncParsableCommand {
    @Option var at: String

    func run() async throws {
      let transport = HTTP2ServerTransport.Posix(
        address: .ipv4(host: "127.0.0.1", port: try port(of: at)), transportSecurity: .plaintext)
      let server = GRPCServer(transport: transport, services: [EchoService()])
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.serve() }
        _ = try await server.listeningAddress
        FileHandle.standardOutput.write(Data("ready\n".utf8))
        try await group.next()
      }
    }
  }

  struct Call: AsyncParsableCommand {
    @Option var at: String
    @OptionGroup var load: LoadOptions

    func run() async throws {
      let transport = try HTTP2ClientTransport.Posix(
        target: .ipv4(address: "127.0.0.1", port: try port(of: at)), transportSecurity: .plaintext)
      try await withGRPCClient(transport: transport) { client in
        try await Load.run(load, over: Recourse_Benchmark_V1_Echo.Client(wrapping: client))
      }
    }
  }
}
