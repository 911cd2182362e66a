import Broker
import Bus
import Foundation
import Glibc

/// Looks after the keys of an installation: who is enrolled, and the secrets that are kept here.
struct KeyKeeper: Sendable {
  let folder: KeyFolder

  init(_ folder: KeyFolder) { self.folder = folder }

  /// A key that is enrolled, and whether its secret is here.
  struct Row: Sendable {
    /// `here`, `elsewhere`, or the code of what is wrong with its file.
    let secret: String
    let entry: KeyRing.Entry
  }

  // MARK: The first start

  /// Makes what is missing: the broker's pair, the ring, and a pair for each of these who never had one. Says whom it
  /// made one for.
  /// - Parameter starting: those who are to be started from here.
  /// - Throws: ``Failure``, also if one who is to be started has been revoked, or has no secret here.
  @discardableResult
  func prepare(_ names: [String], starting: [String] = []) throws -> [String] {
    let made = try initialise()
    return try changing { ring, now in
      let new = names.filter { name in !ring.entries.contains { $0.name == name } }
      for name in new { _ = try enrolHere(name, in: &ring, now) }
      for name in starting {
        guard !ring.valid(name, at: now).isEmpty else { throw Self.revoked(name) }
        _ = try folder.pair(of: name)
      }
      return (made ? [KeyFolder.broker] : []) + new
    }
  }

  /// Makes the broker's pair and an empty ring, where they are missing. True if the pair was made.
  /// - Throws: ``Failure``.
  func initialise() throws -> Bool {
    try failing {
      try folder.create()
      // Two that each make a pair would leave the secret of one and the public key of the other.
      return try withLock {
        let isMissing = !folder.hasSecret(of: KeyFolder.broker)
        if isMissing { try folder.keepBroker(.make()) }
        let pair = try folder.pair(of: KeyFolder.broker)
        // The secret was kept, and the power went.
        if access(folder.brokerPublicPath, F_OK) != 0 { try folder.keepBroker(pair) }
        try check(pair)
        if access(folder.ringPath, F_OK) != 0 {
          try KeyRingFile.write(KeyRing(), to: folder.ringPath)
        }
        return isMissing
      }
    }
  }

  /// What peers take for the broker must be what the broker has.
  /// - Throws: ``Failure`` `broker-key-mismatch`; ``KeyError``.
  func check(_ pair: KeyPair) throws {
    guard try KeyFile.readPublic(folder.brokerPublicPath) == pair.publicKey else {
      throw Failure(
        exit: .unavailable, code: "broker-key-mismatch", path: folder.brokerPublicPath,
        message: "This is not the public key that belongs to the broker's secret one.",
        wayOut:
          "Put both back from where they came, or make a new pair: `recourse keys rotate broker`.")
    }
  }

  // MARK: What an operator does

  /// Enrols somebody by a key that was made elsewhere, or by a pair that is made here.
  /// - Throws: ``Failure``.
  func enrol(_ name: String, _ key: PublicKey?) throws -> PublicKey {
    try changing { ring, now in
      guard let key else { return try enrolHere(name, in: &ring, now) }
      try ring.enrol(name, key, at: now)
      return key
    }
  }

  /// Revokes all keys of somebody.
  /// - Throws: ``Failure``.
  func revoke(_ name: String) throws {
    try changing { ring, now in try ring.revoke(name, at: now) }
  }

  /// Gives somebody a new key: one that was made elsewhere, or a new pair in the place of the secret that is here.
  /// - Parameter endsOld: the old key is revoked at once, else after ``KeyRing/overlap``.
  /// - Returns: the new key and when the old one ends.
  /// - Throws: ``Failure``.
  func rotate(_ name: String, _ key: PublicKey?, endsOld: Bool) throws -> (PublicKey, Date) {
    if name == KeyFolder.broker { return try rotateBroker() }
    return try changing { ring, now in
      let pair = try key == nil ? newPair(inPlaceOf: name) : nil
      guard let new = key ?? pair?.publicKey else { throw Failure(KeyError.impossible) }
      let end = now.addingTimeInterval(KeyRing.overlap)
      try ring.rotate(name, new, at: now, oldUntil: end)
      if let pair {
        // The new key is admitted before it is used, and the old one is revoked last: whatever is cut short
        // here leaves a secret that is admitted.
        try KeyRingFile.write(ring, to: folder.ringPath)
        try folder.keep(pair.secretKey, of: name)
      }
      guard endsOld else { return (new, end) }
      try ring.end(of: name, but: new, at: now)
      return (new, now)
    }
  }

  /// All that was ever enrolled, and the broker's own key.
  /// - Throws: ``Failure``.
  func list() throws -> (broker: PublicKey, rows: [Row]) {
    try failing {
      let broker = try KeyFile.readPublic(folder.brokerPublicPath)
      let rows = try KeyRingFile.read(folder.ringPath).entries.map { entry in
        Row(secret: place(of: entry), entry: entry)
      }
      return (broker, rows)
    }
  }

  /// Makes a pair whose secret stays here, to be enrolled where the broker is.
  /// - Throws: ``Failure``.
  func make(_ name: String) throws -> PublicKey {
    try failing {
      guard KeyRing.isName(name) else { throw Failure(KeyRingError.badName) }
      try folder.create()
      if folder.hasSecret(of: name) { return try folder.pair(of: name).publicKey }
      let pair = try KeyPair.make()
      try folder.keep(pair.secretKey, of: name)
      return pair.publicKey
    }
  }

  // MARK: How

  private func enrolHere(_ name: String, in ring: inout KeyRing, _ now: Date) throws -> PublicKey {
    // A secret that is here and is nobody's yet is taken: it was made for this.
    let made = folder.hasSecret(of: name) ? try folder.pair(of: name) : nil
    let isFree = made.map { pair in !ring.entries.contains { $0.publicKey == pair.publicKey } }
    let pair = isFree == true ? made : nil
    let new = try pair ?? KeyPair.make()
    // The ring refuses names that are none, before a file gets such a name.
    try ring.enrol(name, new.publicKey, at: now)
    if pair == nil { try folder.keep(new.secretKey, of: name) }
    return new.publicKey
  }

  private func newPair(inPlaceOf name: String) throws -> KeyPair {
    guard KeyRing.isName(name), folder.hasSecret(of: name) else {
      throw Failure.input(
        "secret-elsewhere", path: name, "The secret of \(name) is not here to be replaced."
      ).with(
        wayOut: "Where it is: `recourse keys make`, in a new folder; here: "
          + "`recourse keys rotate \(name) --public-key KEY`.")
    }
    return try KeyPair.make()
  }

  /// Peers know one key of the broker alone, so there is no overlap.
  private func rotateBroker() throws -> (PublicKey, Date) {
    try failing {
      try folder.create()
      return try withLock {
        let pair = try KeyPair.make()
        try folder.keepBroker(pair)
        return (pair.publicKey, Date())
      }
    }
  }

  private func place(of entry: KeyRing.Entry) -> String {
    guard folder.hasSecret(of: entry.name) else { return "elsewhere" }
    do throws(KeyError) {
      return try folder.pair(of: entry.name).publicKey == entry.publicKey ? "here" : "elsewhere"
    } catch { return error.code }
  }

  /// Changes the ring, alone: what is written is what was read, and the change.
  private func changing<Result>(
    _ body: (inout KeyRing, Date) throws -> Result
  ) throws -> Result {
    try failing {
      guard access(folder.ringPath, F_OK) == 0 else {
        throw KeyError.missing(path: folder.ringPath)
      }
      return try withLock {
        let before = try KeyRingFile.read(folder.ringPath)
        var ring = before
        // To the second, as the file has it.
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let result = try body(&ring, now)
        if ring != before { try KeyRingFile.write(ring, to: folder.ringPath) }
        return result
      }
    }
  }

  private func withLock<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = try FileLock(path: "\(folder.path)/ring.lock")
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  private func failing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as KeyError {
      throw Failure(error)
    } catch let error as KeyRingError {
      throw Failure(error)
    } catch FileLockError.held(let path) {
      throw Failure(
        exit: .tryAgain, code: "try-again", path: path,
        message: "Another command is changing the keys.", wayOut: "Try again.")
    } catch let error as FileLockError {
      throw Failure(error)
    }
  }

  private static func revoked(_ name: String) -> Failure {
    Failure(
      exit: .unavailable, code: "key-revoked", path: name,
      message: "All keys of \(name) have been revoked.",
      wayOut: "If it is to work again: `recourse keys enrol \(name) --data DIR`.")
  }
}

extension Failure {
  /// Why something cannot be done with a ring of keys.
  init(_ error: KeyRingError) {
    switch error {
    case .alreadyEnrolled(let name):
      self = Failure.input("already-enrolled", path: name, "\(name) has a key already.").with(
        wayOut: "For another one: `recourse keys rotate \(name)`.")
    case .unknownName(let name):
      self = Failure.input("unknown-key-name", path: name, "\(name) has no key that is admitted.")
        .with(wayOut: "`recourse keys list` shows all; `recourse keys enrol \(name)` makes one.")
    case .keyTaken(let name):
      self = Failure.input("key-taken", path: name, "This key is or was \(name)'s.").with(
        wayOut: "Make another: a key is one principal's for ever.")
    case .badName:
      self = Failure.input(
        "bad-name", path: "NAME",
        "A name is 1 to 64 of a-z, 0-9 and -, and neither broker nor client.")
    case .full:
      self = Failure.input(
        "ring-full", path: "ring.json",
        "\(KeyRing.entriesLimit) keys have been enrolled: no more can be.")
    }
  }
}
