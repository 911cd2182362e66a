import Bus

/// A peer that has been welcomed.
struct Session: Sendable {
  let id: UInt64
  let peer: PeerID
  let worker: String
  let instance: String
  let processID: UInt32
  let attempt: UInt64
  let isStateless: Bool
  /// Methods by service.
  let services: [String: Set<String>]
  var heardAt: UInt64
  var pingedAt: UInt64
  var isDraining = false
  /// Another instance of this worker owns the slice; this one waits.
  var isStandby = false
  /// Calls that this peer made, by its stream.
  var calling: [UInt64: UInt64] = [:]
  /// Calls that this peer answers, by the stream that the broker opened.
  var answering: [UInt64: UInt64] = [:]
  var nextStream: UInt64 = 2

  var serves: Bool { !services.isEmpty }
}

/// A call on its way through the broker.
struct Call: Sendable {
  struct End: Sendable, Hashable {
    let session: UInt64
    let stream: UInt64
  }
  enum Callee: Sendable {
    case peer(End)
    /// The broker answers this one itself.
    case hosted
  }

  let id: UInt64
  let caller: End
  let callee: Callee
  /// Sequence that the caller's next frame must have.
  var callerSequence: UInt32 = 0
  /// Sequence that the callee's next frame must have.
  var calleeSequence: UInt32 = 0
}
