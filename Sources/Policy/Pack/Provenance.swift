/// Where a pack's values come from, and which of them nobody knows. A value without a source is the
/// drafter's; a value that is not known is never made up.
public struct Provenance: Sendable, Hashable {
  /// What was read.
  public let sources: [Source]
  /// Which sources a value rests on, by the value's path; a path covers all that lies beneath it.
  public let rests: [Rest]
  /// Paths of what the procedure is not known to say.
  public let unknown: [String]

  /// A published document or page.
  public struct Source: Sendable, Hashable {
    /// Stable within the pack, such as `S50`.
    public let key: String
    public let title: String
    /// Where it was read, without scheme.
    public let address: String
    /// True if it could only be read in part.
    public let isInPart: Bool

    public init(key: String, title: String, address: String, isInPart: Bool = false) {
      self.key = key
      self.title = title
      self.address = address
      self.isInPart = isInPart
    }
  }

  /// What one value rests on.
  public struct Rest: Sendable, Hashable {
    /// Such as `mandatory` or `clocks.decide`; an element of a list is named by its key.
    public let path: String
    /// Keys of ``Source``; empty where the drafter assumed it.
    public let sources: [String]
    /// What was assumed and why, where no source says so; empty otherwise.
    public let assumption: String

    public init(path: String, sources: [String], assumption: String = "") {
      self.path = path
      self.sources = sources
      self.assumption = assumption
    }
  }

  public init(sources: [Source] = [], rests: [Rest] = [], unknown: [String] = []) {
    self.sources = sources
    self.rests = rests
    self.unknown = unknown
  }

  /// The nearest statement about a path: its own, or that of what it lies beneath.
  public func rest(of path: String) -> Rest? {
    rests.filter { Self.covers($0.path, path) }.max { $0.path.utf8.count < $1.path.utf8.count }
  }

  /// True if the procedure is not known to say it.
  public func isUnknown(_ path: String) -> Bool {
    unknown.contains { Self.covers($0, path) }
  }

  private static func covers(_ upper: String, _ path: String) -> Bool {
    upper == path || path.hasPrefix(upper + ".")
  }
}
