import Bus
import GRPCCore

/// Who answers a call.
extension BrokerCore {
  /// The least busy instance that is ready and has room; the oldest session among equals.
  func anyone(with method: String) -> UInt64? {
    var best: (calls: Int, session: UInt64)?
    for session in methods.sessions(of: method) {
      guard let slot = sessions.slot(of: session), sessions[at: slot].isReady else { continue }
      guard sessions[at: slot].hasRoom else { continue }
      let calls = sessions[at: slot].answering.count
      if calls < best?.calls ?? .max { best = (calls, session) }
    }
    return best?.session
  }

  /// WORKER or WORKER/INSTANCE, by names that a peer may have.
  static func isTarget(_ target: String) -> Bool {
    let names = target.split(separator: "/", omittingEmptySubsequences: false)
    return names.count <= 2 && isWorker(names[0]) && (names.count < 2 || isInstance(names[1]))
  }

  struct Unroutable: Error {
    let code: Status.Code
    let message: String
    /// It may be otherwise when somebody else comes.
    var isPassing = false
  }

  /// Who gets a call with a target, or why nobody can.
  func route(_ fields: RouteFields) -> Result<UInt64, Unroutable> {
    let parts = fields.method.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      let message = "\(fields.method) is no package.Service/Method"
      return .failure(Unroutable(code: .unimplemented, message: message))
    }
    let (service, method) = (String(parts[0]), String(parts[1]))
    let named = fields.target.split(separator: "/", maxSplits: 1)
    var (isReady, isAble) = (false, false)
    var best: (calls: Int, session: UInt64)?
    for id in methods.sessions(offering: service) {
      guard let slot = sessions.slot(of: id), sessions[at: slot].isReady(for: named) else {
        continue
      }
      isReady = true
      guard sessions[at: slot].offers(service, method) else { continue }
      isAble = true
      let calls = sessions[at: slot].answering.count
      if sessions[at: slot].hasRoom, calls < best?.calls ?? .max { best = (calls, id) }
    }
    if let best { return .success(best.session) }
    if isAble {
      let message = "too much is open, or unread, at \(service)"
      return .failure(Unroutable(code: .resourceExhausted, message: message))
    }
    if isReady {
      let message = "\(service) has no method \(method)"
      return .failure(Unroutable(code: .unimplemented, message: message))
    }
    guard methods.servicesSeen.contains(service) else {
      let message = "no service \(service)"
      return .failure(Unroutable(code: .unimplemented, message: message, isPassing: true))
    }
    let who = fields.target.isEmpty ? service : "\(service) at \(fields.target)"
    let message = "nobody serves \(who) just now"
    return .failure(Unroutable(code: .unavailable, message: message, isPassing: true))
  }
}
