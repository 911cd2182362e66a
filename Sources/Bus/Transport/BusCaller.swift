public import GRPCCore

/// Who makes a call, as the broker says it: in `ServerContext.transportSpecific` of every call that is answered
/// over the bus. Nothing that the caller sends can change it.
public struct BusCaller: ServerContext.TransportSpecific, Hashable {
  /// As OPEN has it in the place of its target (`proto/README.md`, “Who calls”).
  private let stamp: String

  /// Nobody says who calls: the broker does not know how to.
  public static let unknown = BusCaller(stamp: "")

  init(stamp: String) { self.stamp = stamp }

  /// The caller's principal, such as `support` or `operator`; empty if nobody says so.
  public var principal: String { String(parts[0]) }

  /// True if rights are not checked on this bus, so that nothing is said of purposes: a bus in one process.
  public var isUnchecked: Bool { parts.dropFirst() == ["*"] }

  /// For what the caller may ask this method for personal data, and for which fields then.
  public var purposes: [Purpose] {
    parts.dropFirst().filter { $0 != "*" }.map { part in
      let named = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let fields = named.count < 2 ? [] : named[1].split(separator: ",").map(String.init)
      return Purpose(name: String(named[0]), fields: fields)
    }
  }

  /// A purpose that is approved, with the fields of the response that it covers.
  public struct Purpose: Sendable, Hashable {
    /// Such as `support-referral`.
    public let name: String
    /// Names as in `proto/`.
    public let fields: [String]
  }

  private var parts: [Substring] {
    stamp.split(separator: ";", omittingEmptySubsequences: false)
  }
}
