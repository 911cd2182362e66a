/// Where officers key in what reaches them by telephone, on paper and in person. It belongs behind the council's own
/// sign-on, which says in a header who it is; without it nobody is let in.
public struct OfficerListener: Sendable {
  /// Where it listens.
  public var host: String
  /// 0 lets the system choose.
  public var port: Int
  /// The header in which the sign-on passes the officer's name.
  public var header: String
  /// Gets the port on which it listens.
  public var onServing: @Sendable (_ port: Int) -> Void = { _ in }

  /// How its process tells on standard output where it listens: this word and the address.
  public static let word = "officers"
  /// Characters of an officer's name.
  public static let nameCharactersLimit = 100

  /// Nil for a header that cannot be one.
  public init?(host: String, port: Int, header: String) {
    guard Self.isHeader(header) else { return nil }
    self.host = host
    self.port = port
    self.header = header
  }

  /// A token of RFC 9110, and none that browsers send by themselves.
  static func isHeader(_ text: String) -> Bool {
    let own: Set = ["authorization", "cookie", "host", "origin", "referer", "user-agent"]
    return (1...100).contains(text.utf8.count) && !own.contains(text.lowercased())
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
      }
  }

  /// The officer whom a request names. One name, once: what a browser added beside the sign-on's is nobody.
  static func officer(in values: [String]) -> String? {
    guard values.count == 1, let name = values.first.map({ PostedForm.clean($0) }),
      (1...nameCharactersLimit).contains(name.count), !name.contains("\n")
    else { return nil }
    return name
  }
}

extension PortalOptions {
  /// How the officers' listener is set up; nil where there is none.
  var forOfficers: PortalOptions? {
    guard let officers else { return nil }
    var copy = self
    copy.host = officers.host
    copy.port = officers.port
    copy.onServing = officers.onServing
    copy.officerHeader = officers.header
    copy.officers = nil
    // No program comes this way.
    copy.agencies = AgencyTokens()
    return copy
  }
}
