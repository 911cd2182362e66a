/// What an event is about. Events of one key stay in order.
public struct EventKey: Sendable, Hashable, CustomStringConvertible {
  /// The kinds of things that events are about.
  public enum Kind: String, Sendable, CaseIterable {
    case `case`
    case area
    case plan
    case system
  }

  public let kind: Kind
  /// Which of its kind, such as a case reference.
  public let name: String

  /// Characters of a name at most.
  public static let nameLimit = 64

  /// - Parameter name: lower-case words of areas and the like, or a case reference; checked by
  ///   ``init(parsing:)`` where it comes from outside.
  public init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// Reads `kind/name`.
  public init(parsing text: String) throws(InvalidKey) {
    guard let slash = text.firstIndex(of: "/"), let kind = Kind(rawValue: String(text[..<slash]))
    else { throw InvalidKey() }
    let name = text[text.index(after: slash)...]
    guard !name.isEmpty, name.utf8.count <= Self.nameLimit,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F })
    else { throw InvalidKey() }
    self.init(kind, String(name))
  }

  /// `kind/name`.
  public var description: String { "\(kind.rawValue)/\(name)" }
}

/// A text that is no event key.
public struct InvalidKey: Error, Sendable, Hashable, CustomStringConvertible {
  public init() {}
  /// Stable code.
  public var code: String { "invalid-key" }
  public var description: String {
    "an event key is case/, area/, plan/ or system/ and a name of at most "
      + "\(EventKey.nameLimit) printable characters"
  }
}

/// Which of 256 partitions a key belongs to, so that instances can share work and still keep each key's
/// order.
///
/// FNV-1a, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo), over the key's UTF-8, its bytes folded by exclusive
/// or. `case/4F7K-2M98` is in 120 and `area/plymouth` in 123.
public enum Partition {
  /// How many there are.
  public static let count = 256

  /// From 0 to 255.
  public static func number(of key: String) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    var folded: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 8) { folded ^= hash >> UInt64(shift) & 0xFF }
    return Int(folded)
  }
}
