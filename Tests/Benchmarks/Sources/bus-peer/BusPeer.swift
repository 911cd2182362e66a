import ArgumentParser
import BenchmarkMessages
import Bus
import Foundation
import GRPCCore
import Measuring
import Messages

/// Recourse's bus: through its broker, by the stub that a plugin's author gets.
@main
struct BusPeer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Serve.self, Call.self])

  /// - Parameter keys: a folder of keys; a client has the operator's.
  static func peer(_ name: String, at address: String, keys: String) throws -> Peer {
    let owner = name == PeerIdentity.clientName ? KeyFolder.operatorName : name
    let service = Recourse_Benchmark_V1_Echo.descriptor.fullyQualifiedService
    var manifest = Recourse_Bus_V1_Manifest()
    if name == PeerIdentity.clientName {
      manifest.calls = ["\(service)/*"]
    } else {
      manifest.serves = [service]
    }
    return Peer(
      PeerIdentity(
        worker: name, instance: UUID().uuidString,
        processID: UInt32(ProcessInfo.processInfo.processIdentifier), isStateless: true,
        manifest: manifest),
      over: try ZeroMQLink(address: address, keys: KeyFolder(keys).keys(of: owner)))
  }

  struct Serve: AsyncParsableCommand {
    @Option var at: String
    @Option var keys: String

    func run() async throws {
      let peer = try peer("echo", at: at, keys: keys)
      let server = peer.makeServer(of: [EchoService()])
      try await peer.start()
      try await peer.waitUntilReady()
      FileHandle.standardOutput.write(Data("ready\n".utf8))
      try await server.serve()
    }
  }

  struct Call: AsyncParsableCommand {
    @Option var at: String
    @Option var keys: String
    @OptionGroup var load: LoadOptions

    func run() async throws {
      let peer = try peer(PeerIdentity.clientName, at: at, keys: keys)
      try await peer.start()
      let stub = Recourse_Benchmark_V1_Echo.Stub(wrapping: BusClient(peer: peer))
      try await Load.run(load, over: stub)
      await peer.close()
    }
  }
}
