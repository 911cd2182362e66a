/// What an operator has set for a plugin, by the names that its manifest declares.
///
/// Values may be secret: they are never logged, and an error names the setting alone.
public struct PluginSettings: Sendable {
  private let values: [String: String]

  public init(_ values: [String: String] = [:]) {
    self.values = values
  }

  /// The names that are set.
  public var names: Set<String> { Set(values.keys) }

  /// - Throws: ``SettingError`` if it is not set, or empty.
  public func text(_ name: String) throws(SettingError) -> String {
    guard let value = optional(name) else {
      throw SettingError(name: name, what: "is not set")
    }
    return value
  }

  /// Nil if it is not set, or empty.
  public func optional(_ name: String) -> String? {
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }

  /// - Throws: ``SettingError`` if it is set to something else than a whole number in the range.
  public func number(
    _ name: String, in range: ClosedRange<Int>, otherwise: Int
  ) throws(SettingError) -> Int {
    guard let text = optional(name) else { return otherwise }
    guard let number = Int(text), range.contains(number) else {
      let limits = "\(range.lowerBound) to \(range.upperBound)"
      throw SettingError(name: name, what: "is not a whole number from \(limits)")
    }
    return number
  }

  /// What stands between commas, without the spaces around it.
  public func list(_ name: String) -> [String] {
    optional(name, splitAt: ",")
  }

  private func optional(_ name: String, splitAt separator: Character) -> [String] {
    (optional(name) ?? "").split(separator: separator).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }
}

/// A setting that a plugin cannot work with.
public struct SettingError: Error, Hashable, CustomStringConvertible {
  public let name: String
  /// Goes on after the name, without the value: "is not set".
  public let what: String

  public init(name: String, what: String) {
    self.name = name
    self.what = what
  }

  /// One sentence, without the value.
  public var description: String { "The setting \(name) \(what)." }
}
