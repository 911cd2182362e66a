/// A value that stands in a plan, whatever it is written in.
public indirect enum PlanValue: Sendable, Hashable {
  case text(String)
  case number(Int)
  case flag(Bool)
  /// What belongs together, such as an organisation and a role.
  case group(PlanRecord)
  case list([PlanRecord])
}

/// Values by name, in the order of the plan's schema; what is not known is absent.
public struct PlanRecord: Sendable, Hashable {
  /// A name and what stands under it.
  public struct Field: Sendable, Hashable {
    public let name: String
    public let value: PlanValue

    /// A value under its name.
    public init(_ name: String, _ value: PlanValue) {
      self.name = name
      self.value = value
    }
  }

  public var fields: [Field]

  /// A record of these fields.
  public init(_ fields: [Field] = []) { self.fields = fields }

  /// Nil if it is not known.
  public subscript(name: String) -> PlanValue? {
    fields.first { $0.name == name }?.value
  }

  /// The text under a name; nil if there is none.
  public func text(_ name: String) -> String? {
    if case .text(let text) = self[name] { text } else { nil }
  }
}

extension PlanRecord {
  /// Names of what differs between two records, such as `owner.role`; entries of lists by their ids, such as
  /// `guests.victim-support`.
  public func differences(from other: PlanRecord) -> [String] {
    let names = fields.map(\.name)
    let others = other.fields.map(\.name).filter { !names.contains($0) }
    return (names + others).flatMap { name -> [String] in
      switch (self[name], other[name]) {
      case (let one, let two) where one == two: []
      case (.group(let one), .group(let two)):
        one.differences(from: two).map { "\(name).\($0)" }
      case (.list(let one), .list(let two)): Self.differences(one, two).map { "\(name).\($0)" }
      default: [name]
      }
    }
  }

  private static func differences(_ one: [PlanRecord], _ two: [PlanRecord]) -> [String] {
    let (left, right) = (byID(one), byID(two))
    let names = (one + two).enumerated().map { index, record in
      record.text("id") ?? String(index < one.count ? index : index - one.count)
    }
    var seen: Set<String> = []
    let different = names.filter { left[$0] != right[$0] && seen.insert($0).inserted }
    // The same entries in another order.
    return different.isEmpty && one != two ? ["order"] : different
  }

  private static func byID(_ records: [PlanRecord]) -> [String: PlanRecord] {
    Dictionary(
      records.enumerated().map { ($1.text("id") ?? String($0), $1) }, uniquingKeysWith: { $1 })
  }
}
