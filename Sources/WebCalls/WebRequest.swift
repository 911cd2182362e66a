/// One request by HTTP or HTTPS to somebody outside.
public struct WebRequest: Sendable {
  /// What is asked of the resource (RFC 9110, section 9).
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  public var method: Method
  /// Absolute, `http:` or `https:`, without user information. Nothing personal may be in it: others log it.
  public var url: String
  /// Names and values in the order in which they are sent. Host, length and agent come by themselves.
  public var headers: [(name: String, value: String)]
  /// Empty for none.
  public var body: [UInt8]
  /// The same for every attempt, sent as `Idempotency-Key`: by it the other side tells a repetition. Nil where it has
  /// no use for one.
  public var idempotencyKey: String?
  /// False where the answer's status is all that counts: its body is thrown away, however long it is.
  public var wantsBody = true

  public init(
    _ method: Method = .get, url: String, headers: [(name: String, value: String)] = [],
    body: [UInt8] = [], idempotencyKey: String? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.idempotencyKey = idempotencyKey
  }

  /// True if sending it twice does what sending it once does: by its method (RFC 9110, section 9.2.2) or by its
  /// idempotency key.
  public var isRepeatable: Bool { method != .post || idempotencyKey != nil }
}
