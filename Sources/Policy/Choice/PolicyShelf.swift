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

  /// Areas that have a pack, and parts of them that applications are made for, in alphabetical order.
  public var areas: [String] {
    Set(packs.flatMap { ($0.area.map { [$0] } ?? []) + $0.procedure.parts.map(\.area) }).sorted()
  }

  /// The newest version of the pack that lends clocks, in force on a day.
  public func defaultPack(on day: CalendarDate) -> PolicyPack? {
    packs.filter { $0.name == PolicyPack.defaultName && $0.isInForce(on: day) }
      .max { $0.isSuperseded(by: $1) }
  }

  /// The pack for an application received in an area on a day: of those in force, the one that began last;
  /// of those that began together, the newest version. A part of an area has the pack of the whole. From the
  /// day on which another area took its place it is that area's.
  public func pack(
    forArea area: String, receivedOn day: CalendarDate
  ) throws(PolicyChoiceError) -> PolicyPack {
    let way = succession(from: area, on: day)
    let last = way.last?.area ?? area
    let inForce = packs.filter { $0.serves(last) && $0.isInForce(on: day) }
    if let pack = inForce.max(by: { $0.isSuperseded(by: $1) }) { return pack }
    let mergers = way + (successor(of: last).map { [$0] } ?? [])
    guard packs.contains(where: { $0.serves(area) }) || !mergers.isEmpty else {
      throw .unknownArea(known: areas)
    }
    throw .noneInForce(area: area, on: day, mergers: mergers)
  }

  /// The areas that took an area's place one after another, up to a day.
  private func succession(from area: String, on day: CalendarDate) -> [PolicyChoiceError.Merger] {
    var way: [PolicyChoiceError.Merger] = []
    var last = area
    while let next = successor(of: last, by: day), next.area != area,
      !way.contains(where: { $0.area == next.area })
    {
      way.append(next)
      last = next.area
    }
    return way
  }

  /// Which area takes an area's place, and since when; the first to do so.
  private func successor(of area: String, by day: CalendarDate? = nil) -> PolicyChoiceError.Merger?
  {
    packs.filter { $0.procedure.succeeds.contains(area) && $0.from <= day ?? $0.from }
      .compactMap { pack in pack.area.map { PolicyChoiceError.Merger(area: $0, from: pack.from) } }
      .min { ($0.from, $0.area) < ($1.from, $1.area) }
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
  /// Where the area went, if another takes its place.
  case noneInForce(area: String, on: CalendarDate, mergers: [Merger] = [])

  /// An area that takes another's place.
  public struct Merger: Sendable, Hashable {
    /// The one that takes it.
    public let area: String
    /// The first day on which it does.
    public let from: CalendarDate

    public init(area: String, from: CalendarDate) {
      self.area = area
      self.from = from
    }
  }

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
    case .noneInForce(let area, let day, let mergers):
      (["no policy pack of \(area) was in force on \(day)"]
        + mergers.map { "\($0.area) takes its place from \($0.from)" }).joined(separator: "; ")
    }
  }
}
