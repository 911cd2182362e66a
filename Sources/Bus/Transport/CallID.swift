import GRPCCore

/// The id by which a caller and whoever answers it log the same call, and what follows from it in other workers.
///
/// It is drawn where something begins: by a command at the edge, or for an event that is being handled. Whatever is
/// called from there carries it as metadata (``CallMetadata/callID``), and a handler runs under the id of the call that
/// it answers. Where there is none, nothing is sent and nothing costs anything.
public enum CallID {
  /// Of what the running task does; nil if nobody has given it one.
  @TaskLocal public static var current: String?

  /// Characters of an id: letters, digits, and `-._`.
  public static let lengthLimit = 64

  /// Whether a text may stand in logs as an id.
  public static func isID(_ text: String) -> Bool {
    (1...lengthLimit).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// Of a call, by its metadata; nil if there is none, or none that may stand in logs.
  static func of(_ metadata: Metadata) -> String? {
    guard !metadata.isEmpty, let text = metadata.text(CallMetadata.callID), isID(text) else {
      return nil
    }
    return text
  }

  /// Answers a call under its id.
  static func answering<Answer: Sendable>(
    _ metadata: Metadata, _ body: () async -> Answer
  ) async -> Answer {
    guard let id = of(metadata) else { return await body() }
    return await $current.withValue(id) { await body() }
  }
}

extension Metadata {
  /// What a request carries: with the id of what the running task does, if it has one and the request none.
  var withCallID: Metadata {
    guard let id = CallID.current, count < WireLimits.metadataEntriesLimit,
      text(CallMetadata.callID) == nil
    else { return self }
    var metadata = self
    metadata.addString(id, forKey: CallMetadata.callID)
    return metadata
  }
}
