import Bus
import Messages

/// Who somebody is: what the key says by which a peer is connected, never what the peer says.
extension BrokerCore {
  /// Why a peer gets no session.
  struct Denial: Error {
    let code: Recourse_Bus_V1_Refuse.Code
    let message: String
    let refused: Refused
  }

  /// The principal that a greeting comes from. Where the broker runs without keys, in tests, nobody else can reach
  /// it, and what a peer claims is believed.
  /// - Parameter key: that of the connection; nil if it showed none.
  func principal(
    of hello: Recourse_Bus_V1_Hello, by key: PublicKey?
  ) -> Result<String, Denial> {
    let isClient = hello.worker == PeerIdentity.clientName
    guard let keys else { return .success(isClient ? KeyFolder.operatorName : hello.worker) }
    let name: String
    switch key.map(keys.verdict) ?? .unknown {
    case .principal(let principal): name = principal
    case .revoked, .unknown:
      return .failure(Self.stranger(key, keys, "greeted as \(hello.worker)"))
    }
    // Whoever has a key may call as a client does: what it may call is its principal's.
    if hello.worker == name || isClient && hello.services.isEmpty { return .success(name) }
    let claim =
      isClient ? "offered services as \(hello.worker)" : "claimed to be \(hello.worker)"
    return .failure(
      Denial(
        code: .notYours, message: "this key is \(name)'s, and the greeting \(claim)",
        refused: Refused(principal: name, kind: .notYours, detail: claim)))
  }

  private static func stranger(
    _ key: PublicKey?, _ keys: KeyRing.Standing, _ detail: String
  ) -> Denial {
    let fingerprint = key?.fingerprint ?? ""
    guard let key, case .revoked(let name) = keys.verdict(on: key) else {
      return Denial(
        code: .unknownKey, message: "nobody has enrolled this key",
        refused: Refused(principal: fingerprint, kind: .unknownKey, detail: detail))
    }
    return Denial(
      code: .unknownKey, message: "this key of \(name) has been revoked",
      refused: Refused(
        principal: fingerprint, kind: .revokedKey, detail: "\(detail); it was \(name)'s"))
  }

  /// Tells a peer that it gets no session. It is recorded also where the peer is not told any more, or whoever has been
  /// refused often could go on unseen; how often it is written down is the record's to bound (``RefusalPace``).
  /// - Parameter asked: what the principal asks for in vain, if it is to be kept: whoever reads of the refusal finds
  ///   that there.
  mutating func deny(
    _ peer: PeerID, _ session: UInt64, _ denial: Denial, asked: Recourse_Bus_V1_Manifest? = nil
  ) {
    _ = tells(peer, session, denial.code, denial.message)
    if let asked { keepAsked(asked, denial.refused.principal) }
    act(.refused(denial.refused))
  }

  /// Whether a key may connect at all, asked before there is a connection. Who may not is recorded, unless the broker
  /// tries at its start whether strangers are refused.
  mutating func admits(_ key: PublicKey) -> Bool {
    guard let keys else { return false }
    if case .principal = keys.verdict(on: key) { return true }
    if key != settings.trialKey {
      act(.refused(Self.stranger(key, keys, "wanted to connect").refused))
    }
    return false
  }

  /// The ring has changed: whose key means something else now has no session any more.
  mutating func takeKeys(_ changed: KeyRing.Standing) {
    keys = changed
    for id in sessions.numbers {
      guard let session = sessions[id], let key = session.key,
        changed.verdict(on: key) != .principal(session.principal)
      else { continue }
      deny(session.peer, id, Self.stranger(key, changed, "was connected as \(session.worker)"))
      end(id)
    }
  }
}
