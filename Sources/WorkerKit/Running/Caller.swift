import Bus
public import GRPCCore

/// Who makes a call, and what they may be told.
public struct Caller: Sendable, Hashable {
  /// As the broker says: a worker's name, or `operator`; ``unknown`` where nothing says who it is.
  public let principal: String
  /// Fields of the answer that the operator has approved for the caller, by purpose; nil where nothing is checked.
  private let approved: [String: Set<String>]?

  /// What stands for a caller whom nothing names.
  public static let unknown = "caller"

  /// A caller by name.
  /// - Parameter approved: fields that they may be told, by purpose; nil where nothing is checked.
  public init(principal: String, approved: [String: Set<String>]? = nil) {
    self.principal = principal
    self.approved = approved
  }

  /// The caller of the call that is being answered, as the broker says. A caller whom nothing names may be told
  /// nothing.
  public init(_ call: ServerContext) {
    guard let caller = call.transportSpecific as? BusCaller, !caller.principal.isEmpty else {
      self.init(principal: Self.unknown, approved: [:])
      return
    }
    let approved = caller.purposes.map { ($0.name, Set($0.fields)) }
    self.init(
      principal: caller.principal,
      approved: caller.isUnchecked
        ? nil : Dictionary(approved, uniquingKeysWith: { $0.union($1) }))
  }

  /// Of the least that a purpose needs, what this caller may be told.
  /// - Throws: PERMISSION_DENIED if the purpose is not approved for them.
  public func fields<Field: RawRepresentable>(
    _ minimum: [Field], for purpose: String
  ) throws -> [Field] where Field.RawValue == String {
    guard let approved else { return minimum }
    guard let fields = approved[purpose] else {
      throw RPCError(
        code: .permissionDenied,
        message: "\(principal) is not approved to ask this for \(purpose): `recourse rights show`")
    }
    return minimum.filter { fields.contains($0.rawValue) }
  }
}
