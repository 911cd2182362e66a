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
  /// Where officers key in; nil: nowhere.
  public var officers: OfficerListener?
  /// Of the officers' listener: the header that names the officer, without which nobody is let in.
  var officerHeader: String?
  /// Agencies whose programs may tell of second reports.
  public var agencies = AgencyTokens()
  /// How long one request may take, how long a connection may be silent, and how many there are at once. They are as
  /// ``PortalBounds`` has them but in tests, which reach them.
  var requestLimit = PortalBounds.requestLimit
  var idleLimit = PortalBounds.idleLimit
  var connectionsLimit = PortalBounds.connectionsLimit
  /// Gets the port on which it listens.
  public var onServing: @Sendable (_ port: Int) -> Void = { _ in }

  public init() {}

  /// The name of its process, slice and principal.
  public static let name = "portal"
  /// How its process tells on standard output where it listens: this word and the address.
  public static let word = "portal"
  /// The variable of the environment that says where it listens, where nothing else does.
  public static let variable = "RECOURSE_PORTAL"
  /// Where the exit button leads if nothing else is said.
  public static let exitByDefault = "https://www.bbc.co.uk/weather"
}
