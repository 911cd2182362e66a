/// Something that is to be done outside Recourse, such as handing a referral to an agency.
public struct Effect: Sendable, Hashable {
  /// Which `EffectRoute` carries it out.
  public let kind: String
  /// What it is about, such as `REF/agency`; never personal data.
  public let key: String
  /// The same for every attempt, so that the other side can tell a repetition.
  public let idempotencyKey: String
}

/// Thrown where an effect did not happen and never will: it becomes abandoned and is not tried again.
public struct EffectRefused: Error, Sendable, Hashable {
  /// Why, as a stable code or a few words without personal data; kept in the slice's audit.
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }
}

/// Thrown where an effect did not happen and is not to be tried again before a while: its route knows better than the
/// kit, whose pauses end at ``Bounds/retryDelayLimit``, how long the other side needs.
public struct EffectPostponed: Error, Sendable, Hashable {
  /// From the attempt to the next.
  public let pause: Duration
  /// In words without personal data, for the log.
  public let why: String?

  public init(for pause: Duration, because why: String? = nil) {
    self.pause = pause
    self.why = why
  }
}

/// Thrown where nobody knows whether an effect happened, such as when a connection broke before the answer: the
/// other side is asked later, or a person decides.
public struct EffectUnknown: Error, Sendable, Hashable {
  public init() {}
}

/// How effects of one kind are carried out, and what is done about those of which nobody knows
/// whether they happened: after a crash between the two, an effect is uncertain.
public struct EffectRoute: Sendable {
  /// Names the effects that it carries out.
  public let kind: String
  /// Carries it out. Throwing means that it did not happen: it is tried again later, or never if what is
  /// thrown is ``EffectRefused``, and no sooner than said by ``EffectPostponed``. Nobody knows after ``EffectUnknown``, or if the worker left meanwhile.
  let perform: @Sendable (Effect, WorkerContext) async throws -> Void
  /// Asks the other side whether it happened. Nil where it cannot be asked: a person decides.
  let ask: (@Sendable (Effect, WorkerContext) async throws -> Bool)?
  /// Runs in the transaction that records the effect as confirmed.
  let confirmed: @Sendable (Effect, SliceTransaction) throws -> Void
  /// Runs in the transaction that records the effect as abandoned, with what was refused; nil if a person
  /// gave it up.
  let abandoned: @Sendable (Effect, EffectRefused?, SliceTransaction) throws -> Void
  /// Of what happens inside the slice alone: what is to be done in the transaction that records it as confirmed, having
  /// gathered what that needs. Nil for what happens outside.
  var prepare: (@Sendable (Effect, WorkerContext) async throws -> Route.Apply)? = nil

  /// How effects of a kind are carried out, asked about where that is possible, and recorded.
  /// - Parameters:
  ///   - perform: throws if it did not happen: it is tried again later, or never after ``EffectRefused``; throws
  ///     ``EffectUnknown`` if that is not known. What it throws once its task is cancelled means that as well.
  ///   - ask: whether it happened; nil where the other side cannot be asked.
  ///   - confirmed: runs in the transaction that records that it happened.
  ///   - abandoned: runs in the transaction that records that it never will; without ``EffectRefused`` a
  ///     person gave it up.
  public static func on(
    _ kind: String,
    perform: @escaping @Sendable (Effect, WorkerContext) async throws -> Void,
    ask: (@Sendable (Effect, WorkerContext) async throws -> Bool)? = nil,
    confirmed: @escaping @Sendable (Effect, SliceTransaction) throws -> Void,
    abandoned: @escaping @Sendable (Effect, EffectRefused?, SliceTransaction) throws -> Void = {
      _, _, _ in
    }
  ) -> EffectRoute {
    EffectRoute(
      kind: kind, perform: perform, ask: ask, confirmed: confirmed, abandoned: abandoned)
  }

  /// How effects of a kind are carried out of which nothing leaves the slice: others are asked, and what follows is
  /// written in the transaction that records the effect as confirmed. It happens once, whatever ends when, so that none
  /// is ever uncertain.
  /// - Parameters:
  ///   - gather: may wait and call others, and writes nothing; run again after a crash. What it throws means what it
  ///     means in ``on(_:perform:ask:confirmed:abandoned:)``; ``EffectUnknown`` is tried again.
  ///   - apply: runs inside the transaction, re-checks what it relies on, and may run more than once.
  ///   - abandoned: runs in the transaction that records that it never will; without ``EffectRefused`` a
  ///     person gave it up.
  public static func inside<Gathered: Sendable>(
    _ kind: String,
    gather: @escaping @Sendable (Effect, WorkerContext) async throws -> Gathered,
    apply: @escaping @Sendable (Effect, Gathered, SliceTransaction) throws -> Void,
    abandoned: @escaping @Sendable (Effect, EffectRefused?, SliceTransaction) throws -> Void = {
      _, _, _ in
    }
  ) -> EffectRoute {
    EffectRoute(
      kind: kind, perform: { _, _ in },
      // One that an earlier version had begun has not happened: it would be confirmed.
      ask: { _, _ in false }, confirmed: { _, _ in }, abandoned: abandoned,
      prepare: { effect, context in
        let gathered = try await gather(effect, context)
        return { try apply(effect, gathered, $0) }
      })
  }
}
