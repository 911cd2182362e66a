import ArgumentParser
import BenchmarkMessages
import Bus
import Foundation
import GRPCCore
import Measuring

/// Recourse's bus: through its broker, by the stub that a plugin's author gets.
@main
struct BusPeer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Serve.self, Call.self])

  static func peer(_ name: String, at address: String) throws -> Peer {
    Peer(
      PeerIdentity(
        worker: name, instance: UUID().uuidString,
        processID: UInt32(ProcessInfo.processInfo.processIdentifier), isStateless: true),
      over: try ZeroMQLink(address: address))
  }

  struct Serve: AsyncParsableCommand {
    @Option var at: String

    func run() async throws {
      let peer = try peer("echo", at: at)
      let server = peer.makeServer(of: [EchoService()])
      try await peer.start()
      try await peer.waitUntilReady()
      FileHandle.standardOutput.write(Data("ready\n".utf8))
      try await server.serve()
    }
  }

  struct Call: AsyncParsableCommand {
    @Option var at: String
    @OptionGroup var load: LoadOptions

    func run() async throws {
      let peer = try peer(PeerIdentity.clientName, at: at)
      try await peer.start()
      let stub = Recourse_Benchmark_V1_Echo.Stub(wrapping: BusClient(peer: peer))
      try await Load.run(load, over: stub)
      await peer.close()
    }
  }
}
