/// What is wrong with a plugin's manifest, and where.
public struct PluginManifestError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable code.
  public var code: String { "invalid-plugin" }
  /// Such as `asks.calls[2]`; empty for the whole.
  public let path: String
  /// What is wrong and what is expected.
  public let message: String
  /// Counted from 1; nil where no line can be named.
  public let line: Int?

  init(path: String, line: Int? = nil, _ message: String) {
    self.path = path
    self.message = message
    self.line = line
  }

  public var description: String {
    let place = [line.map { "line \($0)" }, path.isEmpty ? nil : path].compactMap(\.self)
    return place.isEmpty ? message : "\(place.joined(separator: ", ")): \(message)"
  }
}
