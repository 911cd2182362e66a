import Synchronization

/// What an operator has set for a plugin, by the names that its manifest declares.
///
/// Values may be secret: they are never logged, and an error names the setting alone. Read them where the worker is
/// made, so that `describe` can tell which there are and a missing one is told at the start.
public struct PluginSettings: Sendable {
  /// The names that were asked for so far; every copy has its part in it.
  private final class Asked: Sendable {
    let names = Mutex<Set<String>>([])
  }

  private let values: [String: String]
  /// True where a worker is made in order to be described: what must be set has a value that stands for it.
  private let standsIn: Bool
  private let asked = Asked()

  /// Settings by name; in a test, those that it is about.
  public init(_ values: [String: String] = [:]) {
    self.init(values, standsIn: false)
  }

  private init(_ values: [String: String], standsIn: Bool) {
    self.values = values
    self.standsIn = standsIn
  }

  /// Settings for a worker that is made in order to be described and never runs: what must be set is
  /// `https://NAME.invalid` (RFC 2606), and the rest is not set.
  package static var standIn: PluginSettings { PluginSettings([:], standsIn: true) }

  /// The names that are set.
  public var names: Set<String> { Set(values.keys) }

  /// The names that were asked for so far.
  package var askedNames: Set<String> { asked.names.withLock { $0 } }

  /// A setting without which the plugin cannot work.
  /// - Throws: ``SettingError`` if it is not set, or empty.
  public func text(_ name: String) throws(SettingError) -> String {
    if let value = optional(name) { return value }
    if standsIn { return "https://\(name).invalid" }
    throw SettingError(name: name, what: "is not set")
  }

  /// A setting that there need not be: nil if it is not set, or empty.
  public func optional(_ name: String) -> String? {
    _ = asked.names.withLock { $0.insert(name) }
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }

  /// A whole number.
  /// - Parameter otherwise: what holds if it is not set.
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

  /// What stands between commas, without the spaces around it; none if it is not set.
  public func list(_ name: String) -> [String] {
    (optional(name) ?? "").split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }
}

/// A setting that a plugin cannot work with.
public struct SettingError: Error, Hashable, CustomStringConvertible {
  /// The setting.
  public let name: String
  /// Goes on after the name, without the value: "is not set".
  public let what: String

  /// Describes it; the value is left out.
  public init(name: String, what: String) {
    self.name = name
    self.what = what
  }

  /// One sentence, without the value.
  public var description: String { "The setting \(name) \(what)." }
}
