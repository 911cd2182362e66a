/// Something that is to be done outside Recourse, such as handing a referral to an agency.
public struct Effect: Sendable, Hashable {
  /// Which `EffectRoute` carries it out.
  public let kind: String
  /// What it is about, such as `REF/agency`; never personal data.
  public let key: String
  /// The same for every attempt, so that the other side can tell a repetition.
  public let idempotencyKey: String
}

/// How effects of one kind are carried out, and what is done about those of which nobody knows
/// whether they happened: after a crash between the two, an effect is uncertain.
public struct EffectRoute: Sendable {
  /// Names the effects that it carries out.
  public let kind: String
  /// Carries it out. Throwing means that it did not happen, and it is tried again later.
  let perform: @Sendable (Effect, WorkerContext) async throws -> Void
  /// Asks the other side whether it happened. Nil where it cannot be asked: a person decides.
  let ask: (@Sendable (Effect, WorkerContext) async throws -> Bool)?
  /// Runs in the transaction that records the effect as confirmed.
  let confirmed: @Sendable (Effect, SliceTransaction) throws -> Void

  /// How effects of a kind are carried out, asked about where that is possible, and recorded.
  public static func on(
    _ kind: String,
    perform: @escaping @Sendable (Effect, WorkerContext) async throws -> Void,
    ask: (@Sendable (Effect, WorkerContext) async throws -> Bool)? = nil,
    confirmed: @escaping @Sendable (Effect, SliceTransaction) throws -> Void
  ) -> EffectRoute {
    EffectRoute(kind: kind, perform: perform, ask: ask, confirmed: confirmed)
  }
}
