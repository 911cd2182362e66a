/// Settles effects by an operator's word.
struct EffectSettling: Sendable {
  /// What a person says of an effect.
  enum Outcome: String, Sendable, CaseIterable {
    /// It happened.
    case happened
    /// It did not: it is to be tried again.
    case `repeat`
    /// It is not to happen any more.
    case abandon

    /// What the effect becomes.
    var state: EffectTable.State {
      switch self {
      case .happened: .confirmed
      case .repeat: .intended
      case .abandon: .abandoned
      }
    }

    /// In which states it can be said.
    var from: [EffectTable.State] { self == .abandon ? [.intended, .uncertain] : [.uncertain] }
  }

  let routes: [EffectRoute]
  let context: WorkerContext

  /// Gives the new state.
  /// - Throws: a ``Refusal`` if there is no such effect, or if its state does not allow it.
  func settle(
    kind: String, key: String, _ outcome: Outcome, _ by: Operator
  ) async throws -> EffectTable.State {
    let route = routes.first { $0.kind == kind }
    return try await context.slice.write { transaction in
      guard let row = try EffectTable.find(kind: kind, key: key, in: transaction) else {
        throw Refusal(
          .notFound, code: "unknown-effect", path: "key",
          message: "There is no effect of this kind and key.")
      }
      guard outcome.from.contains(row.state) else {
        let states = outcome.from.map(\.rawValue).joined(separator: " or ")
        throw Refusal(
          .state, code: "wrong-state", path: "outcome",
          message: "The effect is \(row.state.rawValue); it would have to be \(states).")
      }
      guard route != nil || outcome == .abandon else {
        throw Refusal(
          .state, code: "no-handler", path: "kind",
          message: "This worker has no effects of this kind any more: it can only be abandoned.")
      }
      try EffectTable.move(row.effect, from: row.state, to: outcome.state, in: transaction)
      try by.audit("effect.\(outcome.rawValue)", "\(kind) \(key)", in: transaction)
      switch outcome {
      case .happened: try route?.confirmed(row.effect, transaction)
      case .repeat: transaction.hasIntended = true
      case .abandon: try route?.abandoned(row.effect, nil, transaction)
      }
      return outcome.state
    }
  }

  /// The states that a list is about; without a name, all but confirmed.
  static func states(named name: String) throws -> [EffectTable.State] {
    let all = EffectTable.State.allCases
    guard !name.isEmpty else { return all.filter { $0 != .confirmed } }
    guard let state = EffectTable.State(rawValue: name) else {
      let names = all.map(\.rawValue).joined(separator: ", ")
      throw Refusal(
        .input, code: "unknown-state", path: "state", message: "The states are \(names).")
    }
    return [state]
  }
}
