import DequeModule
import GRPCCore

@testable import Broker
@testable import Bus

/// One call as its two ends see it, by the frames that they say and hear alone.
final class Talk {
  let caller: Call.End
  let opening: Frame
  let method: String
  let target: String
  /// The broker answers it itself.
  let isHosted: Bool
  /// Nil as long as nobody has heard of it.
  var handler: Call.End?
  var wasHeard = false
  /// Sequence of the next frame that each side says, and hears.
  var callerSays: UInt32 = 1
  var callerHears: UInt32 = 0
  var handlerSays: UInt32 = 0
  var handlerHears: UInt32 = 0
  /// Frames that were said and not yet heard.
  var toHandler: Deque<Frame> = []
  var toCaller: Deque<Frame> = []
  /// Messages that each side may still say, if the broker does not answer.
  private var callerRoom = WireLimits.initialCredit
  private var handlerRoom = WireLimits.initialCredit
  /// Of a call that the broker answers: what it may send, and what the caller has sent less grants.
  var room = WireLimits.initialCredit
  var ungranted = Credit(messages: 0, bytes: 0)

  /// Whose it was cannot be told any more.
  private let isOfNobody: Bool

  init(_ frame: Frame, isOfNobody: Bool = false) {
    self.isOfNobody = isOfNobody
    caller = Call.End(session: frame.session, stream: frame.stream)
    opening = frame
    let fields = try? RouteFields(decoding: frame.fields)
    method = fields?.method ?? ""
    target = fields?.target ?? ""
    isHosted =
      fields != nil && frame.sequence == 0 && !frame.stream.isMultiple(of: 2)
      && Self.isHosted(method, target)
    if isHosted {
      takeMessage(frame)
    } else {
      toHandler.append(frame)
      Self.take(frame, &callerRoom, &handlerRoom)
    }
  }

  convenience init(ofNobody frame: Frame) { self.init(frame, isOfNobody: true) }

  private static func isHosted(_ method: String, _ target: String) -> Bool {
    let service = method.prefix { $0 != "/" }
    return (target.isEmpty || target == "broker")
      && [LogCore.service, LogCore.backupService, BrokerCore.directoryService]
        .contains(String(service))
  }

  /// The caller says its next frame.
  func callerSaid(_ frame: Frame) {
    callerSays &+= 1
    if !isHosted {
      Self.take(frame, &callerRoom, &handlerRoom)
      return toHandler.append(frame)
    }
    takeMessage(frame)
    if frame.kind == .credit, let grant = try? Credit(decoding: frame.fields) {
      room.messages += grant.messages
      room.bytes += grant.bytes
    }
  }

  /// The handler says its next frame.
  func handlerSaid(_ frame: Frame) {
    handlerSays &+= 1
    Self.take(frame, &handlerRoom, &callerRoom)
    toCaller.append(frame)
  }

  /// False of a message that nobody has granted. The broker's own services say so by themselves.
  func callerMaySay(_ frame: Frame) -> Bool {
    isHosted || frame.body == nil || callerRoom.messages > 0 && callerRoom.bytes > 0
  }

  func handlerMaySay(_ frame: Frame) -> Bool {
    frame.body == nil || handlerRoom.messages > 0 && handlerRoom.bytes > 0
  }

  private static func take(_ frame: Frame, _ own: inout Credit, _ others: inout Credit) {
    if let body = frame.body {
      own.messages -= 1
      own.bytes -= body.count
    }
    if frame.kind == .credit, let grant = try? Credit(decoding: frame.fields) {
      others.messages += grant.messages
      others.bytes += grant.bytes
    }
  }

  private func takeMessage(_ frame: Frame) {
    guard let body = frame.body else { return }
    ungranted.messages += 1
    ungranted.bytes += body.count
  }

  // MARK: What is heard

  /// The handler hears a frame that the caller must have said.
  func handlerHears(_ frame: Frame) throws(Breach) {
    if isOfNobody || frame.kind == .cancel && toHandler.first?.kind != .cancel { return }
    guard let said = toHandler.popFirst() else {
      throw Breach("a handler hears \(frame.kind), its caller has said nothing more")
    }
    try Self.check(frame, said)
  }

  /// The caller hears a frame: of the handler, or of the broker.
  func callerHears(_ frame: Frame) throws(Breach) {
    if let said = toCaller.first, said.kind == frame.kind {
      toCaller.removeFirst()
      return try Self.check(frame, said)
    }
    if isHosted, frame.kind != .status { return try takeOwn(frame) }
    try hold(frame.kind == .status, "a caller hears \(frame.kind) that nobody has said")
    try checkStatus(frame)
  }

  /// A frame of the broker's own services keeps to credit.
  private func takeOwn(_ frame: Frame) throws(Breach) {
    if let body = frame.body {
      try hold(
        room.messages > 0 && room.bytes > 0, "the broker sends a message without credit")
      room.messages -= 1
      room.bytes -= body.count
    }
    guard frame.kind == .credit else { return }
    guard let grant = try? Credit(decoding: frame.fields) else {
      throw Breach("the broker grants what cannot be read")
    }
    ungranted.messages -= grant.messages
    ungranted.bytes -= grant.bytes
    try hold(
      ungranted.messages >= 0 && ungranted.bytes >= 0, "the broker grants more than it has got")
  }

  /// The broker's own last word can be read, and is true about delivery.
  private func checkStatus(_ frame: Frame) throws(Breach) {
    let fields: StatusFields
    do { fields = try StatusFields(decoding: frame) } catch {
      throw Breach("the broker's own STATUS cannot be read: \(error)")
    }
    let delivered = Array(fields.trailingMetadata[stringValues: CallMetadata.delivered])
    if isHosted { return }
    try hold(fields.status.code != .ok, "the broker says OK for a handler")
    try hold(frame.body == nil, "the broker answers for a handler")
    try hold(
      delivered.isEmpty == (fields.status.code != .unavailable),
      "recourse-delivered stands with \(fields.status.code)")
    try hold(delivered != ["no"] || !wasHeard, "a call that was heard is said to be undelivered")
  }

  /// A frame is passed on as it came, but for what the broker changes.
  private static func check(_ heard: Frame, _ said: Frame) throws(Breach) {
    try hold(
      heard.kind == said.kind && heard.sequence == said.sequence
        && heard.flags == said.flags.subtracting(.wait),
      "\(said.kind) \(said.sequence) is heard as \(heard.kind) \(heard.sequence)")
    try hold(
      isSame(heard.body, said.body) && hasSameFields(heard, said),
      "\(said.kind) is passed on with other bytes")
  }

  /// OPEN of a call that waited has what is left of its time.
  private static func hasSameFields(_ heard: Frame, _ said: Frame) -> Bool {
    if isSame(heard.fields, said.fields) { return true }
    guard said.kind == .open, said.flags.contains(.wait),
      let after = try? OpenFields(decoding: heard.fields),
      var before = try? OpenFields(decoding: said.fields),
      (1...max(before.timeoutMilliseconds, 1)).contains(after.timeoutMilliseconds)
    else { return false }
    before.timeoutMilliseconds = after.timeoutMilliseconds
    return before == after
  }

  private static func isSame(_ one: WireBytes?, _ other: WireBytes?) -> Bool {
    if let one, let other, one.part === other.part, one.offset == other.offset { return true }
    return one == other
  }
}
