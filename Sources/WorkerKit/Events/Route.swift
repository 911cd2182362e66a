public import CaseModel
public import Foundation
public import SwiftProtobuf

/// An event as a handler gets it.
public struct Received<Event: Sendable>: Sendable {
  public let event: Event
  /// The key that keeps it in order, such as `case/REF`.
  public let key: EventKey
  /// Its place in the log.
  public let position: UInt64
  /// When it happened, by the producer's clock.
  public let occurredAt: Date
  /// True if it is delivered again on purpose: outside effects must refuse.
  public let isReplay: Bool
}

/// What a worker does with one type of event.
///
/// A handler has two parts: `gather` may wait and call others, and writes nothing; `apply` runs inside
/// the write transaction, cannot wait, re-checks what it relies on, and may run more than once.
public struct Route: Sendable {
  /// Full name of the event's message.
  public let type: String
  /// False if `prepare` needs nothing from elsewhere, so that several events fit one transaction.
  let gathers: Bool
  /// True if it may see events of the past again.
  let replays: Bool
  /// Turns a logged event into its apply, having gathered what that needs.
  let prepare: @Sendable (LoggedEvent, WorkerContext) async throws -> Apply

  typealias Apply = @Sendable (SliceTransaction) throws -> Void

  /// A handler that needs nothing from elsewhere.
  /// - Parameter replays: true if it may see events again that it has seen (``Received/isReplay``): it then
  ///   changes what it keeps, and announces, intends and sets nothing.
  public static func on<Event: EventMessage>(
    _ type: Event.Type, replays: Bool = false,
    apply: @escaping @Sendable (Received<Event>, SliceTransaction) throws -> Void
  ) -> Route {
    Route(type: Event.protoMessageName, gathers: false, replays: replays) { logged, _ in
      let received = try logged.decoded(as: Event.self)
      return { try apply(received, $0) }
    }
  }

  /// A handler that first gathers something.
  /// - Parameter replays: true if it may see events again that it has seen (``Received/isReplay``): it then
  ///   changes what it keeps, and announces, intends and sets nothing.
  public static func on<Event: EventMessage, Gathered: Sendable>(
    _ type: Event.Type, replays: Bool = false,
    gather: @escaping @Sendable (Received<Event>, WorkerContext) async throws -> Gathered,
    apply: @escaping @Sendable (Received<Event>, Gathered, SliceTransaction) throws -> Void
  ) -> Route {
    Route(type: Event.protoMessageName, gathers: true, replays: replays) { logged, context in
      let received = try logged.decoded(as: Event.self)
      let gathered = try await gather(received, context)
      return { try apply(received, gathered, $0) }
    }
  }
}

extension Route {
  /// A handler of events whose type is known by its name alone, such as one that an operator has written down.
  /// - Parameter type: full name of the message.
  public static func on(
    named type: String,
    apply: @escaping @Sendable (Received<EncodedEvent>, SliceTransaction) throws -> Void
  ) -> Route {
    Route(type: type, gathers: false, replays: false) { logged, _ in
      let received = Received(
        event: EncodedEvent(type: logged.type, payload: logged.payload), key: logged.key,
        position: logged.position, occurredAt: logged.occurredAt, isReplay: logged.isReplay)
      return { try apply(received, $0) }
    }
  }
}

/// An event as it came, for who does not know its message.
public struct EncodedEvent: Sendable, Hashable {
  /// Full name of the message.
  public let type: String
  /// The message in protobuf's binary form.
  public let payload: Data

  public init(type: String, payload: Data) {
    self.type = type
    self.payload = payload
  }
}

/// An event as it stands in the log, before it is decoded.
struct LoggedEvent: Sendable {
  let position: UInt64
  let key: EventKey
  let partition: Int
  let type: String
  let payload: Data
  let occurredAt: Date
  var isReplay = false

  func decoded<Event: EventMessage>(as _: Event.Type) throws -> Received<Event> {
    Received(
      event: try Event(serializedBytes: payload), key: key, position: position,
      occurredAt: occurredAt, isReplay: isReplay)
  }
}
