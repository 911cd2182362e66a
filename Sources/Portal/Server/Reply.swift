/// What a request is answered with.
struct Reply: Sendable {
  enum Content: Sendable {
    case screen(Screen)
    /// See other: a path of our own, in the language of the request already.
    case redirect(String)
    /// With ``opening(_:)`` only: what somebody typed before their session ended is sent to this path again, in the new
    /// session; of a case it is shown there.
    case again(String, PostedForm)
    /// What a program reads: JSON.
    case json(status: Int, [UInt8])
    /// A file to keep, never shown in a page.
    case file(name: String, mediaType: String, [UInt8])
    /// What is built in and the same for everybody: it may be kept by the browser for a day.
    case asset(mediaType: String, [UInt8])
    /// A page made elsewhere, whole, such as a letter for printing.
    case html(String)
    /// Away from here; the browser is told to forget what it has.
    case leave(String)
  }

  enum SessionChange: Sendable, Hashable {
    case keep
    case set(Session)
    case clear
  }

  var content: Content
  var sessionChange = SessionChange.keep
  /// In how many seconds it may be asked again; nil if nothing was asked too often.
  var waitSeconds: Int?

  static func screen(_ screen: Screen) -> Reply { Reply(content: .screen(screen)) }
  static func redirect(_ path: String) -> Reply { Reply(content: .redirect(path)) }
  static func json(_ bytes: [UInt8], status: Int = 200) -> Reply {
    Reply(content: .json(status: status, bytes))
  }

  /// Whether a path leads nowhere but here. What a form says to go to afterwards is somebody's input: browsers take two
  /// slashes, also with a backslash or a tab among them, for another site.
  static func isOwn(_ path: String) -> Bool {
    path.hasPrefix("/") && !path.hasPrefix("//")
      && path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
  }

  /// The same, and the browser shows this session from now on.
  func opening(_ session: Session) -> Reply {
    var copy = self
    copy.sessionChange = .set(session)
    return copy
  }

  /// The same, and the browser forgets its session.
  func closing() -> Reply {
    var copy = self
    copy.sessionChange = .clear
    return copy
  }
}
