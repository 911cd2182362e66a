import Foundation
import WorkerKit

/// A person who signs.
struct Officer: Sendable, Hashable {
  /// Does not leave with an event.
  let name: String
  /// What leaves in place of the name: the same for all that an officer signs here.
  let key: String

  /// True if two names as they were written are one person's.
  static func areSame(_ one: String, _ other: String) -> Bool { folded(one) == folded(other) }

  /// A name's letters and digits: capitals, accents, dots and spaces make no other person of it.
  static func folded(_ name: String) -> String {
    let letters = name.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    // A name that has none is compared as it is written.
    return letters.isEmpty ? name : String(String.UnicodeScalarView(letters))
  }
}

extension SliceTransaction {
  /// The officer of a name, however it is written, as it was written first; one who has no key yet draws
  /// 128 random bits.
  func officer(
    _ name: String, using generator: inout some RandomNumberGenerator
  ) throws -> Officer {
    if let known = try knownOfficer(name) { return known }
    let officer =
      try officerBeforeFolding(name)
      ?? Officer(name: name, key: Self.drawKey(using: &generator))
    try execute(
      "INSERT INTO officer (name, officer_key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
      .text(officer.name), .text(officer.key))
    try execute(
      "INSERT INTO officer_folded (folded, officer_key) VALUES (?, ?)",
      .text(Officer.folded(name)), .text(officer.key))
    return officer
  }

  private func knownOfficer(_ name: String) throws -> Officer? {
    try row(
      """
      SELECT name, officer.officer_key AS officer_key
      FROM officer_folded JOIN officer ON officer.officer_key = officer_folded.officer_key
      WHERE folded = ?
      """, .text(Officer.folded(name))
    ).map { Officer(name: try $0.text("name"), key: try $0.text("officer_key")) }
  }

  /// Somebody who signed when two spellings still made two officers: the first of them, by name.
  private func officerBeforeFolding(_ name: String) throws -> Officer? {
    try rows("SELECT name, officer_key FROM officer ORDER BY name")
      .map { Officer(name: try $0.text("name"), key: try $0.text("officer_key")) }
      .first { Officer.areSame($0.name, name) }
  }

  /// In hexadecimal.
  private static func drawKey(using generator: inout some RandomNumberGenerator) -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
