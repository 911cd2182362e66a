import GRPCCore
import Synchronization

/// Turns a caller's parts into frames. A call with one request message is one frame: metadata and
/// message are held until the end.
final class RequestWriter: ClosableRPCWriterProtocol, Sendable {
  typealias Element = RPCRequestPart<WireBytes>

  private struct Held {
    var fields: OpenFields?
    var message: WireBytes?
    var isOpen = false
  }

  private let call: CallStream
  private let held = Mutex(Held())
  private let isStreaming: Bool

  private let waits: Bool
  /// Milliseconds of the call's time that were left when it could begin; nil is no limit.
  private let timeLeft: UInt32?

  /// - Parameters:
  ///   - waits: the call waits at the broker while nobody can answer it.
  ///   - timeLeft: milliseconds of the call's time; nil is no limit. gRPC's metadata may say more: its
  ///     executor for one attempt writes it before a wait for a session, that for retries after it.
  init(_ call: CallStream, waits: Bool, timeLeft: UInt32?) {
    self.timeLeft = timeLeft
    self.call = call
    self.waits = waits
    self.isStreaming = call.descriptor.type?.isRequestStreaming ?? true
  }

  func write(_ part: Element) async throws {
    switch part {
    case .metadata(let metadata):
      var fields = OpenFields(method: call.descriptor.fullyQualifiedMethod, request: metadata)
      if let timeLeft, fields.timeoutMilliseconds > 0 {
        fields.timeoutMilliseconds = min(fields.timeoutMilliseconds, timeLeft)
      }
      guard isStreaming else { return held.withLock { $0.fields = fields } }
      held.withLock { $0.isOpen = true }
      try call.send(entries: fields.metadata.count) {
        $0.open(fields, message: nil, ends: false, waits: waits)
      }
    case .message(let bytes) where isStreaming:
      try await call.sendMessage(bytes: bytes.count) {
        $0.data(metadata: nil, message: bytes)
      }
    case .message(let bytes):
      guard bytes.count <= WireLimits.bodyBytesLimit else {
        throw CallStream.tooLarge(bytes.count)
      }
      held.withLock { $0.message = bytes }
    }
  }

  func write(contentsOf elements: some Sequence<Element>) async throws {
    for element in elements { try await write(element) }
  }

  func finish() async {
    let (fields, message) = held.withLock { held in
      defer { held.isOpen = true }
      return (held.isOpen ? nil : held.fields, held.message)
    }
    if let fields {
      do {
        try call.send(entries: fields.metadata.count) {
          $0.open(fields, message: message, ends: true, waits: waits)
        }
      } catch {
        call.abandon(error as? RPCError ?? RPCError(code: .internalError, message: "\(error)"))
      }
    } else if isStreaming {
      try? call.send { $0.end() }
    }
  }

  func finish(throwing error: any Error) async {
    var rpcError = error as? RPCError ?? RPCError(code: .cancelled, message: "the request failed")
    // gRPC wraps what a producer threw because its task was cancelled; to the caller that is CANCELLED.
    if rpcError.cause is CancellationError {
      rpcError = RPCError(code: .cancelled, message: "the call was cancelled")
    }
    if held.withLock({ $0.isOpen }) { call.cancelIfUnfinished() }
    call.abandon(rpcError)
  }
}

extension OpenFields {
  /// What OPEN says for a request's metadata: target and timeout have fields of their own.
  init(method: String, request metadata: Metadata) {
    self.init(method: method, metadata: metadata.withCallID)
    if let target = metadata.text(CallMetadata.target) {
      self.target = target
      self.metadata.removeAllValues(forKey: CallMetadata.target)
    }
    if let timeout = metadata.text(CallMetadata.timeout) {
      timeoutMilliseconds = Self.milliseconds(ofTimeout: timeout)
      self.metadata.removeAllValues(forKey: CallMetadata.timeout)
    }
  }

  /// Notes that a part of the timeout has passed; at least a millisecond is left, for 0 is no limit.
  public mutating func takeOff(_ milliseconds: UInt32) {
    guard timeoutMilliseconds > 0 else { return }
    timeoutMilliseconds -= min(milliseconds, timeoutMilliseconds - 1)
  }

  /// The metadata as a handler gets it. The timeout is written in at most seven digits: gRPC's protocol
  /// allows eight in `grpc-timeout`, and grpc-swift reads eight characters with the unit.
  var handlerMetadata: Metadata {
    guard timeoutMilliseconds > 0 else { return metadata }
    var metadata = metadata
    let text =
      timeoutMilliseconds < 10_000_000
      ? "\(timeoutMilliseconds)m" : "\(timeoutMilliseconds / 1000)S"
    metadata.replaceOrAddString(text, forKey: CallMetadata.timeout)
    return metadata
  }

  /// Milliseconds, rounded up, of a `grpc-timeout` value; 0 if it is none.
  static func milliseconds(ofTimeout text: String) -> UInt32 {
    guard let unit = text.last, let amount = UInt64(text.dropLast()) else { return 0 }
    let nanosecondsOf: [Character: UInt64] = [
      "n": 1, "u": 1_000, "m": 1_000_000, "S": 1_000_000_000, "M": 60_000_000_000,
      "H": 3_600_000_000_000,
    ]
    guard let factor = nanosecondsOf[unit] else { return 0 }
    let (nanoseconds, overflow) = amount.multipliedReportingOverflow(by: factor)
    guard !overflow else { return .max }
    return UInt32(
      clamping: max(1, (nanoseconds / 1_000_000) + (nanoseconds % 1_000_000 > 0 ? 1 : 0)))
  }
}

extension Metadata {
  /// The first text under a key.
  func text(_ key: String) -> String? {
    for value in self[stringValues: key] { return value }
    return nil
  }
}
