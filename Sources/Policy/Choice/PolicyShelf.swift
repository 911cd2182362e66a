public import CaseModel

/// All packs that are known, by digest, and the choice among them.
public struct PolicyShelf: Sendable, Hashable {
  private var packs: [PolicyPack] = []

  public init(_ packs: some Sequence<PolicyPack> = []) {
    for pack in packs { add(pack) }
  }

  /// Adds a pack; one with the same digest is there already.
  public mutating func add(_ pack: PolicyPack) {
    guard self[pack.digest] == nil else { return }
    packs.append(pack)
  }

  /// The pack that a digest names, or nil.
  public subscript(digest: String) -> PolicyPack? { packs.first { $0.digest == digest } }

  /// All packs, in the order in which they were added.
  public var all: [PolicyPack] { packs }

  /// Areas that have a pack, in alphabetical order.
  public var areas: [String] { Set(packs.compactMap(\.area)).sorted() }

  /// The newest version of the pack that lends clocks, in force on a day.
  public func defaultPack(on day: CalendarDate) -> PolicyPack? {
    packs.filter { $0.name == PolicyPack.defaultName && $0.isInForce(on: day) }
      .max { $0.isSuperseded(by: $1) }
  }

  /// The pack for an application received in an area on a day: of those in force, the one that began last;
  /// of those that began together, the newest version.
  public func pack(
    forArea area: String, receivedOn day: CalendarDate
  ) throws(PolicyChoiceError) -> PolicyPack {
    let ofArea = packs.filter { $0.area == area }
    guard !ofArea.isEmpty else { throw .unknownArea(known: areas) }
    let inForce = ofArea.filter { $0.isInForce(on: day) }
    guard let pack = inForce.max(by: { $0.isSuperseded(by: $1) }) else {
      throw .noneInForce(area: area, on: day)
    }
    return pack
  }
}

extension PolicyPack {
  /// An order of all packs, so that the choice does not depend on the order in which they came.
  fileprivate func isSuperseded(by other: PolicyPack) -> Bool {
    if from != other.from { return from < other.from }
    if Self.isVersion(version, before: other.version) { return true }
    if Self.isVersion(other.version, before: version) { return false }
    return digest < other.digest
  }

  /// Versions go by their parts, numbers as numbers: 2 is before 10, 1.9 before 1.10.
  private static func isVersion(_ left: String, before right: String) -> Bool {
    let (left, right) = (left.split(separator: "."), right.split(separator: "."))
    for (one, other) in zip(left, right) where one != other {
      guard let one = Int(one), let other = Int(other) else { return one < other }
      if one != other { return one < other }
    }
    return left.count < right.count
  }
}

/// Why no pack could be chosen.
public enum PolicyChoiceError: Error, Sendable, Hashable, CustomStringConvertible {
  case unknownArea(known: [String])
  case noneInForce(area: String, on: CalendarDate)

  /// Stable code.
  public var code: String {
    switch self {
    case .unknownArea: "unknown-area"
    case .noneInForce: "no-policy-in-force"
    }
  }

  public var description: String {
    switch self {
    case .unknownArea(let known):
      "there is no policy pack for this area; areas that have one: \(known.joined(separator: ", "))"
    case .noneInForce(let area, let day):
      "no policy pack of \(area) was in force on \(day)"
    }
  }
}
