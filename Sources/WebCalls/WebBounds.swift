/// Everything in calls to the web that waits or grows is bounded by one of these. Redirects are not followed: the bound
/// is none.
public struct WebBounds: Sendable, Hashable {
  /// Connections at once, those that are kept for the next request among them.
  public var connectionsLimit = 8
  /// Requests that wait for a connection; one more is not sent.
  public var waitingLimit = 1_024
  /// From the first try to connect to the last byte of the answer. A request that waits for its turn has not begun.
  public var wholeTimeLimit: Duration = .seconds(30)
  /// For the name of the host, the connection and its encryption.
  public var connectTimeLimit: Duration = .seconds(10)
  /// Bytes of an answer's body.
  public var answerBytesLimit = 1_024 * 1_024
  /// Lines of an answer's head.
  public var headersLimit = 128
  /// Bytes of an answer's head.
  public var headerBytesLimit = 64 * 1_024
  /// Bytes of a request's body.
  public var requestBytesLimit = 8 * 1_024 * 1_024
  /// Bytes of a URL.
  public var urlBytesLimit = 2_048
  /// How long connections are kept, and the thread that carries the calls, when nothing is asked.
  public var idleLimit: Duration = .seconds(30)

  public init() {}
}

/// Whom calls to the web trust, and which way they take.
public struct WebTrust: Sendable, Hashable {
  /// A file of certificates (PEM) that are trusted instead of the system's, for a host whose certificate is signed by an
  /// authority of one's own; nil for the system's. Certificates are verified either way.
  public var authoritiesPath: String?
  /// Go through the proxy that the environment names (`https_proxy`, `no_proxy`), which is not looked at otherwise.
  public var usesProxyOfEnvironment: Bool

  public init(authoritiesPath: String? = nil, usesProxyOfEnvironment: Bool = false) {
    self.authoritiesPath = authoritiesPath
    self.usesProxyOfEnvironment = usesProxyOfEnvironment
  }
}
