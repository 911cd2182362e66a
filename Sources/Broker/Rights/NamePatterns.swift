/// Names of methods, services or events: exact ones, and all that lie directly below another.
///
/// `package.Service/*` are all methods of a service, `package.*` all messages or services of a package. Nothing names
/// everything.
public struct NamePatterns: Sendable, Hashable {
  /// As they were given, in order and each once.
  public let names: [String]
  private let exact: Set<String>
  /// With the separator at the end, without the star.
  private let stems: Set<String>

  /// Names of one kind that a manifest may have, and bytes of each.
  public static let namesLimit = 1024
  public static let nameBytesLimit = 256

  /// - Parameter names: what is no name (``isPattern(_:)``) covers nothing.
  public init(_ names: some Sequence<String>) {
    var seen: Set<String> = []
    self.names = names.filter { seen.insert($0).inserted && Self.isPattern($0) }
    exact = Set(self.names.filter { !$0.hasSuffix("*") })
    stems = Set(self.names.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) })
  }

  /// True if there is nothing that they cover.
  public var isEmpty: Bool { names.isEmpty }

  /// True if a name, which has no star, is one of them.
  @inline(__always)
  func contains(_ name: String) -> Bool {
    exact.contains(name) || !stems.isEmpty && stems.contains(Self.stem(of: name))
  }

  /// True if everything that a pattern means is covered.
  func covers(_ pattern: String) -> Bool {
    guard pattern.hasSuffix("*") else { return contains(pattern) }
    return stems.contains(String(pattern.dropLast()))
  }

  /// Those that the others do not cover, in their order.
  func subtracting(_ others: NamePatterns) -> [String] { names.filter { !others.covers($0) } }

  /// What both cover.
  func intersection(_ others: NamePatterns) -> NamePatterns {
    NamePatterns(names.filter(others.covers) + others.names.filter(covers))
  }

  /// What is in front of the last separator, and that.
  private static func stem(of name: String) -> String {
    guard let end = name.utf8.lastIndex(where: { $0 == dot || $0 == slash }) else { return "" }
    return String(name[...end])
  }

  /// Letters, digits and `. _ - /`, with a star at the very end at most, after a separator.
  static func isPattern(_ text: String) -> Bool {
    guard (1...nameBytesLimit).contains(text.utf8.count) else { return false }
    guard text.hasSuffix("*") else { return text.utf8.allSatisfy(isOfName) }
    let stem = text.utf8.dropLast()
    // A stem is a whole name and a separator: `.*` and `*` mean nothing.
    guard let last = stem.last, last == dot || last == slash, stem.count > 1 else { return false }
    return stem.allSatisfy(isOfName)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), dot, slash:
      true
    default: false
    }
  }

  private static let dot = UInt8(ascii: ".")
  private static let slash = UInt8(ascii: "/")
}
