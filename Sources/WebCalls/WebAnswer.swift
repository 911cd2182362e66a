/// What came back, whatever its status.
public struct WebAnswer: Sendable, Hashable {
  /// 100 to 599 (RFC 9110, section 15).
  public let status: Int
  /// By their names in lower case; of one that came several times the last.
  public let headers: [String: String]
  public let body: [UInt8]

  public init(status: Int, headers: [String: String], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
