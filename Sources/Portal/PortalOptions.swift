/// How the portal is set up.
public struct PortalOptions: Sendable {
  /// Where it listens.
  public var host = "127.0.0.1"
  /// 0 lets the system choose.
  public var port = 8080
  /// A proxy before it speaks TLS: cookies are marked secure, browsers are told to come by TLS alone, and whoever asks
  /// is told by the last entry of `X-Forwarded-For`.
  public var isBehindTLS = false
  /// Where the exit button leads: a page that tells nobody anything.
  public var exitAddress = Self.exitByDefault
  /// By how much what one address may ask in a minute is multiplied, such as for a public library or a measurement.
  public var rateFactor = 1
  /// Gets the port on which it listens.
  public var onServing: @Sendable (_ port: Int) -> Void = { _ in }

  public init() {}

  /// Where the exit button leads if nothing else is said.
  public static let exitByDefault = "https://www.bbc.co.uk/weather"
}
