/// What is wrong with a pack, in law or in itself.
public struct PolicyProblem: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The pack cannot be used.
    case refused
    /// It can be used; somebody should look.
    case warning
  }

  public let severity: Severity
  /// Where, such as `mandatory.required`.
  public let path: String
  public let message: String
}

extension PolicyPack {
  /// Everything that is wrong with it.
  public func check() -> [PolicyProblem] {
    var check = PolicyCheck(pack: self)
    check.run()
    return check.problems
  }

  /// Bodies that a panel may require at most: the smallest set that has no day in common is searched for
  /// among all of them.
  public static let requiredBodiesLimit = 12
}
