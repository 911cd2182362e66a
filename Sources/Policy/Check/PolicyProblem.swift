/// Why a pack cannot be understood. What the law says about it is a ``PolicyFinding``.
public struct PolicyProblem: Sendable, Hashable {
  /// Where, such as `mandatory.required` or `clocks[0].from`.
  public let path: String
  /// What is wrong, and what is expected.
  public let message: String
}

extension PolicyPack {
  /// Everything that keeps it from being used: names, dates, ranges and what contradicts itself.
  public func check() -> [PolicyProblem] {
    var check = PolicyCheck(pack: self)
    check.run()
    return check.problems
  }

  /// Bodies that a panel may require at most: the smallest set that has no day in common is searched for
  /// among all of them.
  public static let requiredBodiesLimit = 12

  /// Complaints, people, households or stages at most that a rule may ask for.
  public static let countLimit = 100
}
