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
  /// What it does when a timer is due.
  public let timers: [TimerRoute]
  /// How it carries out what it intends towards the outside world.
  public let effects: [EffectRoute]
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
    timers: [TimerRoute] = [],
    effects: [EffectRoute] = [],
    migrations: [Migration] = [],
    services: @escaping @Sendable (WorkerContext) -> [any RegistrableRPCService] = { _ in [] },
    onStart: @escaping @Sendable (WorkerContext) async throws -> Void = { _ in },
    unready: @escaping @Sendable (SliceReader) throws -> String? = { _ in nil }
  ) {
    self.name = name
    self.emits = emits
    self.routes = routes
    self.timers = timers
    self.effects = effects
    self.migrations = migrations
    self.services = services
    self.onStart = onStart
    self.unready = unready
  }
}

/// A protobuf message that travels as an event: a fact in the past tense without personal data.
public typealias EventMessage = SwiftProtobuf.Message & Sendable
