public import Bus
public import Foundation

/// Who is enrolled: which key is whose, since when, and until when. A value; who keeps it in a file is
/// ``KeyRingFile``.
///
/// Entries are added and get an end, and are never removed: a key that was somebody's is never another's.
public struct KeyRing: Sendable, Hashable, Codable {
  /// One key of a principal.
  public struct Entry: Sendable, Hashable, Codable {
    /// The principal's name, a worker's or `operator`.
    public let name: String
    /// The key.
    public let publicKey: PublicKey
    /// When it was enrolled.
    public let enrolledAt: Date
    /// From when on it is not admitted any more, which may be a time to come; nil if there is no end.
    public fileprivate(set) var revokedAt: Date?
    /// It was ended at once: whatever a clock says that is set back, it is not admitted any more.
    public fileprivate(set) var isEnded: Bool?

    /// True if the key is admitted at a time.
    public func isValid(at now: Date) -> Bool {
      isEnded != true && (revokedAt.map { now < $0 } ?? true)
    }

    enum CodingKeys: String, CodingKey {
      case name
      case publicKey = "public_key"
      case enrolledAt = "enrolled_at"
      case revokedAt = "revoked_at"
      case isEnded = "ended"
    }
  }

  /// All that was ever enrolled, oldest first.
  public private(set) var entries: [Entry] = []

  /// Entries at most.
  public static let entriesLimit = 4096
  /// How long an old key is still admitted after its owner got a new one.
  public static let overlap: TimeInterval = 24 * 60 * 60
  /// Names that are nobody's: the broker's own, and that of who serves nothing.
  private static let reservedNames: Set = [KeyFolder.broker, PeerIdentity.clientName]

  /// A ring with nobody on it.
  public init() {}

  enum CodingKeys: String, CodingKey { case entries = "keys" }

  /// Enrols a principal's first key, or its next one after the last was revoked.
  /// - Throws: ``KeyRingError``.
  public mutating func enrol(
    _ name: String, _ key: PublicKey, at now: Date
  ) throws(KeyRingError) {
    guard valid(name, at: now).isEmpty else { throw .alreadyEnrolled(name) }
    try add(name, key, now)
  }

  /// Gives a principal a further key. The old ones are admitted until `end`.
  /// - Throws: ``KeyRingError``.
  public mutating func rotate(
    _ name: String, _ key: PublicKey, at now: Date, oldUntil end: Date
  ) throws(KeyRingError) {
    guard !valid(name, at: now).isEmpty else { throw .unknownName(name) }
    try add(name, key, now)
    endKeys(at: end, now) { $0.name == name && $0.publicKey != key }
  }

  /// Revokes all keys of a principal but one.
  /// - Throws: ``KeyRingError`` if it has none.
  public mutating func end(
    of name: String, but key: PublicKey, at now: Date
  ) throws(KeyRingError) {
    guard !valid(name, at: now).isEmpty else { throw .unknownName(name) }
    endKeys(at: now, now) { $0.name == name && $0.publicKey != key }
  }

  /// Revokes all keys of a principal.
  /// - Throws: ``KeyRingError`` if there are none.
  public mutating func revoke(_ name: String, at now: Date) throws(KeyRingError) {
    guard !valid(name, at: now).isEmpty else { throw .unknownName(name) }
    endKeys(at: now, now) { $0.name == name }
  }

  /// A principal's keys that are admitted at a time, oldest first.
  public func valid(_ name: String, at now: Date) -> [Entry] {
    entries.filter { $0.name == name && $0.isValid(at: now) }
  }

  /// True if a principal may have this name.
  public static func isName(_ name: String) -> Bool {
    BrokerCore.isWorker(name) && !reservedNames.contains(name)
  }

  private mutating func add(
    _ name: String, _ key: PublicKey, _ now: Date
  ) throws(KeyRingError) {
    guard Self.isName(name) else { throw .badName }
    if let owner = entries.first(where: { $0.publicKey == key }) { throw .keyTaken(owner.name) }
    guard entries.count < Self.entriesLimit else { throw .full }
    entries.append(Entry(name: name, publicKey: key, enrolledAt: now))
  }

  /// An end that has come or is sooner stays. One at once is for good, also of keys whose end has come already.
  private mutating func endKeys(at end: Date, _ now: Date, where isMeant: (Entry) -> Bool) {
    for index in entries.indices where isMeant(entries[index]) {
      if entries[index].isValid(at: now) {
        entries[index].revokedAt = min(entries[index].revokedAt ?? end, end)
      }
      if end <= now { entries[index].isEnded = true }
    }
  }
}

/// Why something cannot be done with a ring.
public enum KeyRingError: Error, Sendable, Hashable {
  /// The principal has a key already.
  case alreadyEnrolled(String)
  /// No key of this name is admitted.
  case unknownName(String)
  /// This key is, or was, somebody's.
  case keyTaken(String)
  /// A name is 1 to 64 of a-z 0-9 -, and neither `broker` nor `client`.
  case badName
  /// ``KeyRing/entriesLimit`` keys have been enrolled.
  case full
}

// MARK: - What the broker decides by

extension KeyRing {
  /// What each key means at one time.
  public struct Standing: Sendable, Hashable {
    /// Whose a key is.
    enum Verdict: Sendable, Hashable {
      case principal(String)
      case revoked(String)
      case unknown
    }

    private var verdicts: [PublicKey: Verdict] = [:]

    fileprivate init(_ entries: [Entry], at now: Date) {
      for entry in entries {
        verdicts[entry.publicKey] =
          entry.isValid(at: now) ? .principal(entry.name) : .revoked(entry.name)
      }
    }

    func verdict(on key: PublicKey) -> Verdict { verdicts[key] ?? .unknown }
  }

  /// What each key means at a time.
  public func standing(at now: Date) -> Standing { Standing(entries, at: now) }

  /// The next time at which a key's end comes; nil if none is known.
  func nextEnd(after now: Date) -> Date? {
    entries.compactMap(\.revokedAt).filter { $0 > now }.min()
  }
}
