/// Where a process listens for those who watch it: this machine alone unless a host is named.
public struct MonitoringAddress: Sendable, Hashable, CustomStringConvertible {
  /// Where nothing else is said.
  public static let loopback = "127.0.0.1"

  public let host: String
  /// 0 lets the system choose.
  public let port: Int

  public init(host: String = Self.loopback, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`, `[IPV6]:PORT`, `:PORT` or `PORT`; nil if it is none of these.
  public init?(_ text: String) {
    let colon = text.lastIndex(of: ":")
    let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let port = Int(digits), port <= 65_535
    else { return nil }
    var host = String(text[..<(colon ?? text.startIndex)])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    self.init(host: host.isEmpty ? Self.loopback : host, port: port)
  }

  /// `HOST:PORT`.
  public var description: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

  /// So many ports further on; a port that the system chooses stays one.
  public func advanced(by ports: Int) -> MonitoringAddress {
    MonitoringAddress(host: host, port: port == 0 ? 0 : port + ports)
  }
}
