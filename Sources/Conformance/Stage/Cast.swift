import Broker
import Bus
import CaseModel
import Foundation
import GRPCCore
import Messages
import PluginPackages
import SwiftProtobuf
import Synchronization

/// The workers that a plugin has to do with, played: who announces the events that it takes in, and who answers what
/// it calls. And the check's own client, who asks the plugin how it is.
final class Cast: Sendable {
  /// A call of the plugin that was answered, or is being.
  struct Call: Sendable, Hashable {
    let method: String
    let request: [UInt8]
  }

  /// How a call is answered.
  enum Reply: Sendable {
    case answers
    case refuses(RPCError.Code)
    /// After this long.
    case hesitates(Duration)
  }

  let calls = Watched<[Call]>([])
  /// Methods of others that the plugin calls.
  let methods: [String]
  let client: BusClient
  private let peer: Peer
  private let players: [String: StandIn]
  private let manner: Manner
  /// What everybody but the plugin may do.
  let approvals: [String: Recourse_Bus_V1_Manifest]

  private final class Manner: Sendable {
    let reply = Mutex<@Sendable (_ method: String, _ number: Int) -> Reply>({ _, _ in .answers })
    /// Cases that there are by their references, to answer each call of the one that it names.
    let cases = Mutex<[String: InventedCase]>([:])

    /// The case that a request names, wherever in its bytes.
    func named(in request: [UInt8]) -> InventedCase? {
      let length = 9
      let cases = cases.withLock { $0 }
      guard request.count >= length else { return nil }
      for start in 0...(request.count - length) where request[start + 4] == UInt8(ascii: "-") {
        let text = String(decoding: request[start..<(start + length)], as: UTF8.self)
        if let named = cases[text] { return named }
      }
      return nil
    }
  }

  init(
    _ subject: Subject, _ description: PluginDescription, on network: MemoryNetwork,
    marker: String
  ) {
    let schema = MessageSchema.known
    let manifest = description.manifest
    let own = Set([subject.name, "bus", "worker"])
    let called = manifest.calls.flatMap(schema.methods)
      .filter { MessageSchema.owner(of: $0).map { !own.contains($0) } ?? false }
    methods = called
    let owners = Set(
      (called + manifest.subscribes).compactMap(MessageSchema.owner).filter { !own.contains($0) })
    let (calls, manner) = (calls, Manner())
    self.manner = manner
    let fields = Dictionary(grouping: manifest.disclosures, by: \.method).mapValues { all in
      Set(all.flatMap(\.fields))
    }
    var players: [String: StandIn] = [:]
    var approvals: [String: Recourse_Bus_V1_Manifest] = [:]
    for owner in owners.sorted() {
      let served = called.filter { MessageSchema.owner(of: $0) == owner }
      players[owner] = StandIn(owner, over: network.makeLink(), serving: served) {
        method, request in
        try await Self.answer(
          method, request, manner, calls,
          Inventor.Personal(word: marker, fields: fields[method] ?? []))
      }
      approvals[owner] = StandIn.manifest(owner, serving: served)
    }
    let asked = Self.clientManifest(reading: manifest.publishes.flatMap(schema.types))
    approvals[KeyFolder.operatorName] = asked
    self.players = players
    self.approvals = approvals
    peer = Peer(
      PeerIdentity(
        worker: PeerIdentity.clientName, instance: "check", processID: 0, manifest: asked),
      over: network.makeLink())
    client = BusClient(peer: peer)
  }

  private static func clientManifest(reading types: [String]) -> Recourse_Bus_V1_Manifest {
    typealias Log = Recourse_Bus_V1_EventLog.Method
    return .with {
      $0.calls = [
        "\(Recourse_Worker_V1_Worker.descriptor.fullyQualifiedService)/*",
        Recourse_Bus_V1_Directory.Method.List.descriptor.fullyQualifiedMethod,
      ]
      if !types.isEmpty {
        $0.calls.append(Log.Read.descriptor.fullyQualifiedMethod)
        $0.subscribes = types
      }
    }
  }

  func start() async throws {
    for player in players.values { try await player.start() }
    try await peer.start()
    try await peer.waitUntilReady()
  }

  func stop() async {
    for player in players.values { await player.stop() }
    await peer.close()
  }

  /// How calls are answered from now on: by their method and their number, from 1.
  func behave(_ reply: @escaping @Sendable (_ method: String, _ number: Int) -> Reply) {
    manner.reply.withLock { $0 = reply }
  }

  /// Announces events by those whose they are.
  func announce(_ events: [InventedEvent], of cases: [InventedCase]) async throws {
    manner.cases.withLock { known in
      for one in cases { known[one.reference.description] = one }
    }
    var rest = events[...]
    // In the order in which they are told, whoever tells them.
    while let first = rest.first {
      let owner = MessageSchema.owner(of: first.type) ?? ""
      let run = rest.prefix { MessageSchema.owner(of: $0.type) == owner }
      try await players[owner]?.announce(Array(run))
      rest = rest.dropFirst(run.count)
    }
  }

  private static func answer(
    _ method: String, _ request: [UInt8], _ manner: Manner, _ calls: Watched<[Call]>,
    _ personal: Inventor.Personal
  ) async throws -> [UInt8] {
    let number = calls.update { calls in
      calls.append(Call(method: method, request: request))
      return calls.count
    }
    switch manner.reply.withLock({ $0 })(method, number) {
    case .answers: break
    case .hesitates(let time): try await ContinuousClock().sleep(for: time)
    case .refuses(let code):
      throw RPCError(code: code, message: "the check refuses this call")
    }
    let named = manner.named(in: request)
    guard let output = MessageSchema.known.methods[method]?.output,
      let answer = Inventor().message(
        output, of: named ?? InventedCase(0, at: Stage.start), personal: personal)
    else { throw RPCError(code: .unimplemented, message: "the check does not know this method") }
    return answer
  }
}
