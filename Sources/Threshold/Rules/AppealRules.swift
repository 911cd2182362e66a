public import Policy

/// What somebody who is dissatisfied may do (Sch. 4 para 3). Where the procedure is not known to say
/// something, nobody is kept from an appeal by it.
public enum AppealRules {
  /// Why an appeal cannot be made.
  public enum Refusal: Error, Sendable, Hashable {
    /// The procedure has these grounds and no others.
    case groundNotInProcedure([AppealPolicy.Ground])
    /// The procedure has so many stages, and they are used up.
    case noFurtherStage(Int)

    /// Stable.
    public var code: String {
      switch self {
      case .groundNotInProcedure: "ground-not-in-procedure"
      case .noFurtherStage: "no-further-stage"
      }
    }

    /// What is wrong and what would be right.
    public var message: String {
      switch self {
      case .groundNotInProcedure(let grounds):
        "the procedure does not have this ground; it has: "
          + grounds.map(\.rawValue).joined(separator: ", ")
      case .noFurtherStage(let stages):
        "the procedure has \(stages) stage\(stages == 1 ? "" : "s") of appeal against a decision, "
          + "and no further one"
      }
    }
  }

  /// Nil if the appeal may be made. No day bars one: a procedure's window counts from the day of telling, which nobody
  /// keeps.
  /// - Parameters:
  ///   - policy: what the procedure says of such appeals; nil where it is not known to say anything.
  ///   - earlier: how many stages are used up, see ``stagesUsed(by:)``.
  public static func refusal(
    on ground: AppealPolicy.Ground, under policy: AppealPolicy?, earlier: Int
  ) -> Refusal? {
    guard let policy else { return nil }
    let grounds = policy.grounds
    if !grounds.isEmpty, !grounds.contains(.any), !grounds.contains(ground) {
      return .groundNotInProcedure(grounds)
    }
    return policy.stagesLeft(after: earlier) == 0 ? .noFurtherStage(max(1, policy.stages)) : nil
  }

  /// How many stages appeals have used up. One that was upheld leads to another decision, or to the review
  /// being carried out again: against what comes of that, all stages are there.
  /// - Parameter verdicts: of the appeals about the same, the first one first: true if it was upheld, false if
  ///   it was dismissed, nil while it is open.
  public static func stagesUsed(by verdicts: [Bool?]) -> Int {
    verdicts.count - ((verdicts.lastIndex(of: true) ?? -1) + 1)
  }
}
