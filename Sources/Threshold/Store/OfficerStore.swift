import WorkerKit

/// A person who signs.
struct Officer: Sendable, Hashable {
  /// Does not leave with an event.
  let name: String
  /// What leaves in place of the name: the same for all that an officer signs here.
  let key: String

  /// True if two names as they were written are one person's: capitals and white space do not make
  /// another.
  static func areSame(_ one: String, _ other: String) -> Bool {
    func words(_ name: String) -> [String] {
      name.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    }
    return words(one) == words(other)
  }
}

extension SliceTransaction {
  /// The officer of a name; one who has no key yet draws 128 random bits.
  func officer(
    _ name: String, using generator: inout some RandomNumberGenerator
  ) throws -> Officer {
    try execute(
      "INSERT INTO officer (name, officer_key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
      .text(name), .text(Self.drawKey(using: &generator)))
    guard let row = try row("SELECT officer_key FROM officer WHERE name = ?", .text(name)) else {
      throw DamagedSlice(what: "an officer")
    }
    return Officer(name: name, key: try row.text("officer_key"))
  }

  /// In hexadecimal.
  private static func drawKey(using generator: inout some RandomNumberGenerator) -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
