import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization

/// Plays the part of a worker: announces its events, and answers its methods with what a script says.
final class StandIn: Sendable {
  let owner: String
  private let peer: Peer
  private let client: BusClient
  private let sliceID = withUnsafeBytes(of: UUID().uuid) { Data($0) }
  private let sequence = Mutex<UInt64>(0)

  /// - Parameters:
  ///   - methods: which it serves.
  ///   - reply: gives what a call is answered, as protobuf's bytes.
  init(
    _ owner: String, over link: MemoryLink, serving methods: [String],
    reply: @escaping @Sendable (_ method: String, _ request: [UInt8]) async throws -> [UInt8]
  ) {
    self.owner = owner
    peer = Peer(
      PeerIdentity(
        worker: owner, instance: "stand-in", processID: 0,
        manifest: Self.manifest(owner, serving: methods)), over: link)
    client = BusClient(peer: peer)
    let server = peer.makeServer(of: [StandInService(methods: methods, reply: reply)])
    serving = Task { try? await server.serve() }
  }

  private let serving: Task<Void, Never>

  func start() async throws {
    try await peer.start()
    try await peer.waitUntilReady()
  }

  func stop() async {
    serving.cancel()
    await peer.close()
  }

  /// What it may do, and asks for.
  static func manifest(_ owner: String, serving methods: [String]) -> Recourse_Bus_V1_Manifest {
    .with {
      $0.serves = Set(methods.compactMap(StandInService.service)).sorted()
      $0.publishes = ["recourse.\(owner).v1.*"]
      $0.calls = [Recourse_Bus_V1_EventLog.Method.Append.descriptor.fullyQualifiedMethod]
    }
  }

  /// Events of one batch.
  private static let batchLimit = 256

  /// Announces events. Returns when they are in the log.
  func announce(_ events: [InventedEvent]) async throws {
    var rest = events[...]
    while !rest.isEmpty {
      try await append(Array(rest.prefix(Self.batchLimit)))
      rest = rest.dropFirst(Self.batchLimit)
    }
  }

  private func append(_ events: [InventedEvent]) async throws {
    let first = sequence.withLock { sequence in
      defer { sequence += UInt64(events.count) }
      return sequence + 1
    }
    let batch = Recourse_Bus_V1_AppendRequest.with {
      $0.producer.sliceID = sliceID
      $0.producer.incarnation = 1
      $0.producer.epoch = 1
      $0.producer.worker = owner
      $0.events = events.enumerated().map { index, event in
        .with {
          $0.sequence = first + UInt64(index)
          $0.key = event.key
          $0.type = event.type
          $0.payload = Data(event.payload)
          $0.occurredAt = Google_Protobuf_Timestamp(date: event.moment)
        }
      }
    }
    let last = first + UInt64(events.count) - 1
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: client)
    let request = StreamingClientRequest(of: Recourse_Bus_V1_AppendRequest.self) { writer in
      try await writer.write(batch)
    }
    try await log.append(request: request) { response in
      for try await answer in response.messages where answer.durableSequence >= last { return }
    }
  }
}

/// A fact that the check makes up.
struct InventedEvent: Sendable, Hashable {
  let key: String
  let type: String
  var payload: [UInt8]
  let moment: Date
}

/// Answers any method from bytes to bytes; of streams, once.
private struct StandInService: RegistrableRPCService {
  let methods: [String]
  let reply: @Sendable (_ method: String, _ request: [UInt8]) async throws -> [UInt8]

  /// `package.Service` of `package.Service/Method`.
  static func service(_ method: String) -> String? {
    method.split(separator: "/").first.map(String.init)
  }

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    for method in methods {
      guard let service = Self.service(method),
        let name = method.split(separator: "/").last.map(String.init)
      else { continue }
      let descriptor = MethodDescriptor(fullyQualifiedService: service, method: name)
      router.registerHandler(
        forMethod: descriptor, deserializer: PlainBytes(), serializer: PlainBytes()
      ) { [reply] request, _ in
        var asked: [UInt8] = []
        for try await message in request.messages { asked = message }
        let answer = try await reply(method, asked)
        return StreamingServerResponse { writer in
          try await writer.write(answer)
          return [:]
        }
      }
    }
  }
}

/// Messages as the bytes that they are.
private struct PlainBytes: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
    bytes.withUnsafeBytes { [UInt8]($0) }
  }
}
