/// What a plugin says of itself in `plugin.yaml`: what it is for, what it reaches, what it asks for. An operator reads
/// and approves it before the plugin is let in.
public struct PluginManifest: Sendable, Hashable {
  /// The version of the file's form that is understood.
  public static let schema = 1
  /// What the file is called in a package and in a registered plugin's folder.
  public static let fileName = "plugin.yaml"
  /// Bytes of a file at most.
  public static let bytesLimit = 64 * 1024
  /// Settings, hosts, names of each kind and disclosures that there may be.
  public static let listLimit = 64

  /// Its principal, its process and its slice.
  public let name: PluginName
  public let version: PluginVersion
  /// What a person calls it; its name, if the file does not say.
  public let title: String
  /// One sentence for an operator.
  public let purpose: String
  public let source: Source
  /// Hosts outside that it speaks to. None: it needs no network but the broker's.
  public let reaches: [PluginHost]
  public let settings: [PluginSetting]
  public let asks: PluginAsks

  /// What runs it.
  public enum Source: Sendable, Hashable {
    /// A worker that ships in the `recourse` program, by the plugin's own name.
    case shipped
    /// A program; its path is relative to the manifest, if it is not absolute.
    case program(String)
    /// The worker that sends notices to an address, told here what to send.
    case webhook(PluginWebhook)
  }

  /// Reads a manifest.
  /// - Throws: ``PluginManifestError`` with the line and what is expected.
  public init(parsing text: String) throws(PluginManifestError) {
    guard text.utf8.count <= Self.bytesLimit else {
      throw PluginManifestError(path: "", "a manifest has \(Self.bytesLimit) bytes at most")
    }
    self = try PluginManifestReader(root: ManifestNode(text: text)).manifest()
  }

  init(
    name: PluginName, version: PluginVersion, title: String, purpose: String, source: Source,
    reaches: [PluginHost], settings: [PluginSetting], asks: PluginAsks
  ) {
    self.name = name
    self.version = version
    self.title = title
    self.purpose = purpose
    self.source = source
    self.reaches = reaches
    self.settings = settings
    self.asks = asks
  }

  /// The setting of that name, if it is declared.
  public func setting(_ name: String) -> PluginSetting? { settings.first { $0.name == name } }
}

/// A value that an operator sets for a plugin.
public struct PluginSetting: Sendable, Hashable {
  /// Lower case, such as `endpoint`.
  public let name: String
  /// What it means, for who sets it.
  public let says: String
  /// The plugin does not start without it.
  public let isRequired: Bool
  /// It is shown nowhere, and never given on a command line.
  public let isSecret: Bool

  /// Bytes of a name at most.
  public static let nameBytesLimit = 64

  /// What it means, with a full stop.
  var sentence: String { says.hasSuffix(".") ? says : says + "." }

  /// Whether a text could be the name of a setting: 1 to 64 of a-z, 0-9, `-` and `_`, a letter first.
  public static func isName(_ text: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = text.utf8.first, letters.contains(first),
      text.utf8.count <= nameBytesLimit
    else { return false }
    return text.utf8.allSatisfy { byte in
      letters.contains(byte) || digits.contains(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
  }
}

/// What a plugin without code sends, and where to: the part `webhook` of a manifest.
public struct PluginWebhook: Sendable, Hashable {
  /// Attempts at one delivery that a manifest may ask for.
  public static let attemptsRange = 1...100
  /// Bytes of an address at most.
  public static let addressBytesLimit = 2048

  /// Full names of events.
  public let events: [String]
  /// `https://…`, or `http://…` for a test on this machine.
  public let url: String
  /// Attempts at one delivery at most; nil for the worker's own bound.
  public let attempts: Int?
}

/// A host outside, and its port.
public struct PluginHost: Sendable, Hashable, CustomStringConvertible {
  public let host: String
  public let port: Int

  /// Nil if it is not `HOST:PORT`, with a name or an IPv4 address.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port),
      (1...253).contains(parts[0].utf8.count),
      parts[0].utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
          true
        default: false
        }
      })
    else { return nil }
    host = String(parts[0])
    self.port = port
  }

  public var description: String { "\(host):\(port)" }
}

/// Which edition of a plugin it is. Whoever makes it counts; nothing is read into the order.
public struct PluginVersion: Sendable, Hashable, CustomStringConvertible {
  /// Characters at most.
  public static let lengthLimit = 32

  public let text: String

  /// Nil if it is not 1 to 32 letters, digits and `. - +`, a digit first.
  public init?(_ text: String) {
    guard let first = text.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first,
      text.utf8.count <= Self.lengthLimit,
      text.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "+"):
          true
        default: false
        }
      })
    else { return nil }
    self.text = text
  }

  public var description: String { text }
}
