import Bus
import GRPCCore

/// Calls that wait at the broker until somebody can answer them (`wait-for-ready`).
struct WaitingCalls: Sendable {
  struct Entry: Sendable {
    let fields: RouteFields
    /// Nanoseconds at which it came.
    let since: UInt64
    /// What its caller has said so far, oldest first: bounded by the caller's credit.
    var frames: [Frame]
  }

  /// Calls that may wait at once.
  static let limit = 1024
  /// Bytes of all their frames. A call that would take it beyond is refused.
  static let bytesLimit = 64 * 1024 * 1024
  /// Nanoseconds that a call waits at most, whatever its deadline.
  static let timeLimit: UInt64 = 60_000_000_000

  /// What calls wait for.
  private struct Place: Hashable, Sendable {
    let service: String
    let target: String
  }

  private(set) var entries: [UInt64: Entry] = [:]
  /// Numbers of the calls by what they wait for, oldest first.
  private var places: [Place: [UInt64]] = [:]
  private var bytes = 0

  var isEmpty: Bool { entries.isEmpty }
  /// Numbers of the calls, oldest first.
  var numbers: [UInt64] { entries.values.isEmpty ? [] : entries.keys.sorted() }

  /// Numbers of the calls that a session may answer, by what it offers and by who it is, oldest first.
  func numbers(for session: Session) -> [UInt64] {
    let targets = ["", session.worker, "\(session.worker)/\(session.instance)"]
    var numbers: [UInt64] = []
    for offer in session.services {
      for target in targets {
        numbers += places[Place(service: offer.name, target: target)] ?? []
      }
    }
    return numbers.sorted()
  }

  private static func place(of fields: RouteFields) -> Place {
    Place(service: String(fields.method.prefix { $0 != "/" }), target: fields.target)
  }

  /// False if there is no room.
  mutating func add(_ call: UInt64, _ frame: Frame, _ fields: RouteFields, now: UInt64) -> Bool {
    guard entries.count < Self.limit, take(frame) else { return false }
    places[Self.place(of: fields), default: []].append(call)
    entries[call] = Entry(fields: fields, since: now, frames: [frame])
    return true
  }

  /// A further frame of a call that waits. False if there is no room.
  mutating func append(_ frame: Frame, to call: UInt64) -> Bool {
    guard let held = entries[call]?.frames.count, held < Self.framesLimit, take(frame) else {
      return false
    }
    entries[call]?.frames.append(frame)
    return true
  }

  /// Frames of one call: its messages and a few that carry none.
  static let framesLimit = WireLimits.initialCredit.messages + 4

  mutating func remove(_ call: UInt64) -> Entry? {
    guard let entry = entries.removeValue(forKey: call) else { return nil }
    let place = Self.place(of: entry.fields)
    places[place]?.removeAll { $0 == call }
    if places[place]?.isEmpty == true { places[place] = nil }
    bytes -= entry.frames.reduce(0) { $0 + $1.bytes }
    return entry
  }

  private mutating func take(_ frame: Frame) -> Bool {
    guard bytes + frame.bytes <= Self.bytesLimit else { return false }
    bytes += frame.bytes
    return true
  }
}

extension BrokerCore {
  /// Keeps a call that nobody can answer just now.
  mutating func hold(_ frame: Frame, _ fields: RouteFields, _ caller: Call.End) {
    let id = begin(frame, caller, .waiting, fields)
    guard waiting.add(id, frame, fields, now: now) else {
      if let call = calls[id] { close(call) }
      return answer(caller, .resourceExhausted, "too many calls wait for somebody to answer them")
    }
  }

  /// A further frame of a call that waits.
  mutating func held(_ frame: Frame, _ call: Call) {
    if frame.kind == .cancel { return close(call) }
    guard waiting.append(frame, to: call.id) else {
      close(call)
      return answer(call.caller, .resourceExhausted, "too much waits for somebody to answer")
    }
  }

  /// A peer has come, or has got free or active: who waits for what it offers is tried again, oldest first.
  mutating func releaseWaiting(for session: UInt64) {
    guard !waiting.isEmpty, let slot = sessions.slot(of: session), sessions[at: slot].hasRoom else {
      return
    }
    for id in waiting.numbers(for: sessions[at: slot]) {
      guard let slot = sessions.slot(of: session), sessions[at: slot].hasRoom else { return }
      guard let fields = waiting.entries[id]?.fields, case .success(let callee) = route(fields),
        let call = calls[id]
      else { continue }
      handOver(call, to: callee)
    }
  }

  private mutating func handOver(_ call: Call, to callee: UInt64) {
    guard let entry = waiting.remove(call.id) else { return }
    connect(call, to: callee)
    let method = tally.name(entry.fields.method)
    calls[call.id]?.method = method
    guard case .peer(let end)? = calls[call.id]?.callee, let slot = sessions.slot(of: callee)
    else { return }
    let hears = sessions[at: slot].hearsCaller
    for frame in entry.frames {
      var frame = shortened(frame, since: entry.since)
      if frame.kind == .open, hears {
        frame = stamped(frame, entry.fields.method, call.caller.session, hears: slot)
      }
      forward(frame, to: end)
    }
  }

  /// OPEN with what is left of its time.
  private func shortened(_ frame: Frame, since: UInt64) -> Frame {
    guard frame.kind == .open, var fields = try? OpenFields(decoding: frame.fields),
      fields.timeoutMilliseconds > 0
    else { return frame }
    fields.takeOff(UInt32(clamping: (now - since) / 1_000_000))
    var frame = frame
    frame.fields = fields.encoded()
    return frame
  }

  /// Ends waiting that has lasted too long.
  mutating func expireWaiting() {
    for id in waiting.numbers {
      guard let entry = waiting.entries[id], now >= entry.since + WaitingCalls.timeLimit,
        let call = calls[id]
      else { continue }
      switch route(entry.fields) {
      case .success(let callee): handOver(call, to: callee)
      case .failure(let refusal):
        close(call)
        answer(call.caller, refusal.code, refusal.message)
      }
    }
  }
}
