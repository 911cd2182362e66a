import CZeroMQ

/// What libzmq asks before it lets a connection in (ZAP, ZeroMQ RFC 27).
public struct ZAPRequest: Sendable {
  let requestID: [UInt8]
  /// That of the socket that somebody connects to.
  public let domain: String
  /// Where the connection comes from; empty of `ipc`.
  public let address: String
  /// The public key by which it came, as 32 bytes; nil if it came by another way than CURVE.
  public let publicKey: [UInt8]?
}

/// Where libzmq asks about every connection of this context: it waits with the connection, and with nothing else,
/// until it is answered. There is one in a context; it is made before the sockets that bind.
/// It belongs to the thread that made it and is not `Sendable`.
public final class ZAPSocket {
  private let socket: Socket
  private static let address = "inproc://zeromq.zap.01"
  private static let version = Array("1.0".utf8)
  /// Frames of a request by CURVE, the last of which is the key.
  private static let frames = 7

  /// Binds.
  public init(in context: Context) throws(ZeroMQError) {
    socket = try Socket(.reply, in: context)
    try socket.set(.linger, 0)
    try socket.bind(Self.address)
  }

  /// What a ``BusThread`` waits for.
  public func pollTarget() throws(ZeroMQError) -> PollTarget { try socket.pollTarget() }

  /// Answers all that waits: a connection that is admitted has its key's text as User-Id, any other is refused.
  public func answerWaiting(_ admits: (ZAPRequest) -> Bool) throws(ZeroMQError) {
    while let frames = try socket.receiveFrames() {
      let request = Self.request(frames)
      let userID = request.flatMap { request in
        admits(request) ? request.publicKey.flatMap(Curve.text) : nil
      }
      try socket.send(frames: [
        Self.version, request?.requestID ?? (frames.count > 1 ? frames[1] : []),
        Array((userID == nil ? "400" : "200").utf8), Array((userID == nil ? "no" : "OK").utf8),
        Array((userID ?? "").utf8), [],
      ])
    }
  }

  /// Closes the socket. Idempotent.
  public func close() { socket.close() }

  /// Version, request, domain, address, routing id, mechanism, credentials. Nil if it is not that.
  private static func request(_ frames: [[UInt8]]) -> ZAPRequest? {
    guard frames.count >= 6, frames[0] == version else { return nil }
    let isCurve = frames.count == Self.frames && frames[5] == Array("CURVE".utf8)
    return ZAPRequest(
      requestID: frames[1], domain: String(decoding: frames[2], as: UTF8.self),
      address: String(decoding: frames[3], as: UTF8.self),
      publicKey: isCurve && frames[6].count == Curve.keyBytes ? frames[6] : nil)
  }
}

extension Socket {
  /// Frames that are kept of one message; what is beyond is dropped.
  private static let framesLimit = 16

  /// Takes one waiting message, or nil if there is none.
  fileprivate func receiveFrames() throws(ZeroMQError) -> [[UInt8]]? {
    guard let first = try receivePart() else { return nil }
    var frames = [first.copiedBytes]
    var last = first
    while last.hasMore, let next = try receivePart() {
      if frames.count < Self.framesLimit { frames.append(next.copiedBytes) }
      last = next
    }
    return frames
  }

  fileprivate func send(frames: [[UInt8]]) throws(ZeroMQError) {
    for (index, frame) in frames.enumerated() {
      let more = index < frames.count - 1 ? ZMQ_SNDMORE : 0
      guard zmq_send(pointer, frame, frame.count, ZMQ_DONTWAIT | more) >= 0 else {
        throw .last("zmq_send")
      }
    }
  }
}
