/// Where ClamAV's `clamd` listens: `unix:/run/clamav/clamd.ctl`, or `tcp:HOST:PORT`.
public enum ScannerPlace: Sendable, Hashable, CustomStringConvertible {
  case unix(path: String)
  case tcp(host: String, port: Int)

  /// Longest path of a socket (unix(7)), without the byte that ends it.
  static let pathLimit = 107

  /// Nil for anything else than one of the two.
  public init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard path.hasPrefix("/"), path.utf8.count <= Self.pathLimit else { return nil }
      self = .unix(path: path)
    } else if text.hasPrefix("tcp:") {
      let rest = text.dropFirst(4)
      guard let colon = rest.lastIndex(of: ":"), colon > rest.startIndex,
        let port = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(port)
      else { return nil }
      self = .tcp(host: rest[..<colon].filter { $0 != "[" && $0 != "]" }, port: port)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): "tcp:\(host):\(port)"
    }
  }
}
