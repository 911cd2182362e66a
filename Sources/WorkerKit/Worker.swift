public import GRPCCore
public import SwiftProtobuf

/// A worker, declared once: what it is called, what it takes in, what it emits, what it serves and
/// keeps. `WorkerMain.run` starts it; `WorkerKitTesting` runs it in a test.
public struct Worker: Sendable {
  /// Lower case, such as `threshold`: the name of its process, slice and principal.
  public let name: String
  /// The events that it may emit. Emitting another one is a programming error and throws.
  public let emits: [any EventMessage.Type]
  /// What it does with each event that it takes in.
  public let routes: [Route]
  /// The methods of other workers that it calls. Others are not let through.
  public let calls: [MethodDescriptor]
  /// The personal data that it asks other workers for. What it asks is called too.
  public let disclosures: [DisclosureNeed]
  /// The events that it reads of a case, by the case's key, when it is asked about it: full names of messages, or a
  /// package's with `.*`. It does not take them in.
  public let readsByKey: [String]
  /// What it does when a timer is due.
  public let timers: [TimerRoute]
  /// How it carries out what it intends towards the outside world.
  public let effects: [EffectRoute]
  /// What it does again and again beside its events.
  public let rounds: [Round]
  /// The schema of its slice. Added to, never edited.
  public let migrations: [Migration]
  /// The gRPC services that it hosts.
  public let services: @Sendable (WorkerContext) -> [any RegistrableRPCService]
  /// Runs once after the slice is open and the link is up, before events are taken in; again if the
  /// slice's storage failed meanwhile.
  public let onStart: @Sendable (WorkerContext) async throws -> Void
  /// Nil if the worker can do its work; else why not, in words. Asked after every change.
  public let unready: @Sendable (SliceReader) throws -> String?

  public init(
    name: String,
    emits: [any EventMessage.Type] = [],
    routes: [Route] = [],
    calls: [MethodDescriptor] = [],
    disclosures: [DisclosureNeed] = [],
    readsByKey: [String] = [],
    timers: [TimerRoute] = [],
    effects: [EffectRoute] = [],
    rounds: [Round] = [],
    migrations: [Migration] = [],
    services: @escaping @Sendable (WorkerContext) -> [any RegistrableRPCService] = { _ in [] },
    onStart: @escaping @Sendable (WorkerContext) async throws -> Void = { _ in },
    unready: @escaping @Sendable (SliceReader) throws -> String? = { _ in nil }
  ) {
    self.name = name
    self.emits = emits
    self.routes = routes
    self.calls = calls
    self.disclosures = disclosures
    self.readsByKey = readsByKey
    self.timers = timers
    self.effects = effects
    self.rounds = rounds
    self.migrations = migrations
    self.services = services
    self.onStart = onStart
    self.unready = unready
  }
}

/// Personal data that a worker asks another one for, and for what.
public struct DisclosureNeed: Sendable, Hashable {
  /// The method that is asked.
  public let method: MethodDescriptor
  /// Lower case with hyphens, such as `support-referral`.
  public let purpose: String
  /// Fields of the response, as `proto/` names them; none if the purpose needs nothing personal.
  public let fields: [String]

  public init(_ method: MethodDescriptor, purpose: String, fields: [String]) {
    self.method = method
    self.purpose = purpose
    self.fields = fields
  }
}

/// A protobuf message that travels as an event: a fact in the past tense without personal data.
public typealias EventMessage = SwiftProtobuf.Message & Sendable
