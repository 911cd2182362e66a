public import Messages

/// What a manifest or an approval names, ready to be looked up and compared.
public struct Grants: Sendable, Hashable {
  public let serves: NamePatterns
  /// With the reading of the log by key, where that is asked for.
  public let calls: NamePatterns
  public let publishes: NamePatterns
  public let subscribes: NamePatterns
  public let readsByKey: Bool
  public let disclosures: Set<Disclosed>

  /// One field of personal data that a method is asked for, for one purpose.
  public struct Disclosed: Sendable, Hashable {
    public let method: String
    public let purpose: String
    /// Empty if the purpose needs nothing personal.
    public let field: String
  }

  static let readByKey = "\(LogCore.service)/ReadByKey"

  public init(_ manifest: Recourse_Bus_V1_Manifest) {
    serves = NamePatterns(manifest.serves)
    calls = NamePatterns(manifest.calls + (manifest.readsByKey ? [Self.readByKey] : []))
    publishes = NamePatterns(manifest.publishes)
    subscribes = NamePatterns(manifest.subscribes)
    readsByKey = manifest.readsByKey
    disclosures = Set(
      manifest.disclosures.flatMap { disclosure in
        disclosure.purposes.flatMap { purpose in
          // Where no field is named, what is asked for is what holds for every purpose.
          (disclosure.fields.isEmpty ? [""] : disclosure.fields).map {
            Disclosed(method: disclosure.method, purpose: purpose, field: $0)
          }
        }
      })
  }

  private init(_ one: Grants, and other: Grants) {
    serves = one.serves.intersection(other.serves)
    calls = one.calls.intersection(other.calls)
    publishes = one.publishes.intersection(other.publishes)
    subscribes = one.subscribes.intersection(other.subscribes)
    readsByKey = one.readsByKey && other.readsByKey
    disclosures = one.disclosures.intersection(other.disclosures)
  }

  /// What stands in both.
  func intersection(_ other: Grants) -> Grants { Grants(self, and: other) }

  /// What stands here and not in the other, a line each, such as `calls recourse.intake.v1.Intake/Submit`; in order.
  public func lines(notIn other: Grants) -> [String] {
    var lines = serves.subtracting(other.serves).map { "serves \($0)" }
    let calls = readsByKey ? NamePatterns(calls.names.filter { $0 != Self.readByKey }) : calls
    lines += calls.subtracting(other.calls).map { "calls \($0)" }
    lines += publishes.subtracting(other.publishes).map { "publishes \($0)" }
    lines += subscribes.subtracting(other.subscribes).map { "subscribes to \($0)" }
    if readsByKey, !other.readsByKey { lines.append("reads the log by key") }
    lines += disclosures.subtracting(other.disclosures).map(\.line).sorted()
    return lines
  }

  /// All that stands here, a line each.
  public var lines: [String] { lines(notIn: Grants(Recourse_Bus_V1_Manifest())) }
}

extension Grants.Disclosed {
  var line: String {
    "asks \(method) for \(field.isEmpty ? "nothing personal" : field), for \(purpose)"
  }
}

extension Grants {
  /// Methods that may be asked for personal data, and purposes and fields of one.
  static let disclosuresLimit = 256
  static let purposesLimit = 16
  static let fieldsLimit = 64
  /// Bytes of the names of all purposes and fields of one method, and as many again for what stands between them.
  static let disclosureBytesLimit = SessionRights.stampBytesLimit / 4

  /// What makes a manifest one that cannot be taken, in words; nil if it can.
  public static func problem(in manifest: Recourse_Bus_V1_Manifest) -> String? {
    let kinds = [
      ("serves", manifest.serves), ("calls", manifest.calls), ("publishes", manifest.publishes),
      ("subscribes", manifest.subscribes),
    ]
    for (kind, names) in kinds {
      guard names.count <= NamePatterns.namesLimit else {
        return "manifest.\(kind) has \(names.count) names, at most \(NamePatterns.namesLimit)"
      }
      if let place = names.firstIndex(where: { !NamePatterns.isPattern($0) }) {
        return "manifest.\(kind)[\(place)] is no name"
      }
    }
    return problem(in: manifest.disclosures)
  }

  private static func problem(in disclosures: [Recourse_Bus_V1_Disclosure]) -> String? {
    guard disclosures.count <= disclosuresLimit else {
      return "manifest.disclosures has more than \(disclosuresLimit) methods"
    }
    var bytes: [String: Int] = [:]
    for (place, disclosure) in disclosures.enumerated() {
      let at = "manifest.disclosures[\(place)]"
      guard NamePatterns.isPattern(disclosure.method), !disclosure.method.hasSuffix("*") else {
        return "\(at).method is no package.Service/Method"
      }
      guard disclosure.purposes.count <= purposesLimit, disclosure.fields.count <= fieldsLimit
      else { return "\(at) has more than \(purposesLimit) purposes or \(fieldsLimit) fields" }
      guard disclosure.purposes.allSatisfy({ isWord($0, "-") }) else {
        return "\(at).purposes are 1 to 64 of a-z 0-9 - each"
      }
      guard disclosure.fields.allSatisfy({ isWord($0, "_.") }) else {
        return "\(at).fields are 1 to 64 of a-z 0-9 _ . each"
      }
      let perPurpose = disclosure.fields.reduce(0) { $0 + $1.utf8.count }
      bytes[disclosure.method, default: 0] += disclosure.purposes.reduce(0) {
        $0 + $1.utf8.count + perPurpose
      }
      guard bytes[disclosure.method, default: 0] <= disclosureBytesLimit else {
        return "\(at) makes more than \(disclosureBytesLimit) bytes of purposes and their fields"
      }
    }
    return nil
  }

  private static func isWord(_ text: String, _ others: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || others.utf8.contains(byte)
      }
  }
}
