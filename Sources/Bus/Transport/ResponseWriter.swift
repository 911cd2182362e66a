import GRPCCore
import Synchronization

/// Turns a handler's parts into frames. A call with one response message is answered in one frame:
/// metadata and message are held until the status.
final class ResponseWriter: ClosableRPCWriterProtocol, Sendable {
  typealias Element = RPCResponsePart<WireBytes>

  private let call: CallStream
  private let isStreaming: Bool
  private let held = Mutex(Held())

  private struct Held {
    var metadata: Metadata?
    var message: WireBytes?
  }

  init(_ call: CallStream) {
    self.call = call
    self.isStreaming = call.descriptor.type?.isResponseStreaming ?? true
  }

  func write(_ part: Element) async throws {
    switch part {
    case .metadata(let metadata) where isStreaming:
      try call.send(entries: metadata.count) { $0.data(metadata: metadata, message: nil) }
    case .metadata(let metadata):
      held.withLock { $0.metadata = metadata }
    case .message(let bytes) where isStreaming:
      try await call.sendMessage(bytes: bytes.count) {
        $0.data(metadata: nil, message: bytes)
      }
    case .message(let bytes):
      guard bytes.count <= WireLimits.bodyBytesLimit else {
        throw CallStream.tooLarge(bytes.count)
      }
      held.withLock { $0.message = bytes }
    case .status(var status, let trailing):
      // gRPC's executor watches the time too and may be the first to cancel the handler, whose last word
      // would tell a caller that has not looked at its clock yet that somebody gave up.
      if status.code == .cancelled, call.isLate {
        status = Status(code: .deadlineExceeded, message: Peer.late.message)
      }
      let (metadata, heldMessage) = held.withLock { ($0.metadata, $0.message) }
      let fields = StatusFields(
        initialMetadata: metadata, status: status, trailingMetadata: trailing.ofApplication)
      let message = status.code == .ok ? heldMessage : nil
      try call.end(fields, message: message)
    }
  }

  func write(contentsOf elements: some Sequence<Element>) async throws {
    for element in elements { try await write(element) }
  }

  func finish() async {}

  func finish(throwing error: any Error) async {
    let error = error as? RPCError ?? RPCError(code: .unknown, message: "the handler failed")
    try? call.end(StatusFields(error))
  }
}

extension Metadata {
  /// What an application may say in a status. Whether a call was delivered is the bus's word: an error of
  /// another call, which a handler lets escape, would say it of this one.
  var ofApplication: Metadata {
    guard text(CallMetadata.delivered) != nil else { return self }
    var metadata = self
    metadata.removeAllValues(forKey: CallMetadata.delivered)
    return metadata
  }
}
