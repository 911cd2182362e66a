import Bus
import GRPCCore
import Messages
import SwiftProtobuf

/// A copy of the log that fits copies of the slices.
///
/// From the request on, batches and pages are kept back. When nothing is under way any more the storage opens a
/// snapshot, and the caller hears of it; until the caller ends its side, every slice can open one that fits. Then
/// everything flows again while the snapshot is copied.
extension LogCore {
  struct Backup: Sendable {
    enum Phase: Sendable {
      /// What the storage was asked for before is still being answered.
      case stilling
      /// The storage opens the snapshot.
      case opening
      /// The snapshot stands, the caller has others open theirs.
      case open
      /// Everything flows.
      case copying
    }

    let call: UInt64
    let name: String
    /// Nanoseconds at which the log has been kept still for long enough.
    let until: UInt64
    var phase = Phase.stilling
  }

  static let backupService = "recourse.bus.v1.LogBackup"
  /// Nanoseconds that a backup keeps the log still at most.
  static let stillnessLimit: UInt64 = 10_000_000_000

  /// True while nothing is to be appended or delivered.
  var isStill: Bool { backup.map { $0.phase != .copying } ?? false }

  // MARK: From the caller

  mutating func backupSteps(
    _ call: UInt64, _ events: [StreamMachine.Event], now: UInt64
  ) -> [Step] {
    guard var hosted = calls[call] else { return [] }
    var steps: [Step] = []
    for event in events {
      switch event {
      case .message(let bytes):
        guard let request = try? Recourse_Bus_V1_BackupRequest(serializedBytes: bytes),
          BackupFile.isName(request.name)
        else {
          return Self.refuse(&hosted.machine, .invalidArgument, "name is 1 to 64 of a-z 0-9 -")
        }
        guard backup == nil else {
          return Self.refuse(&hosted.machine, .failedPrecondition, "another backup goes on")
        }
        backup = Backup(call: call, name: request.name, until: now + Self.stillnessLimit)
        steps += openWhenStill().flatMap(\.1)
      case .end:
        hosted.hasEnded = true
        guard backup?.call == call else {
          return Self.refuse(&hosted.machine, .invalidArgument, "the call carries no BackupRequest")
        }
      default: break
      }
    }
    calls[call] = hosted
    return steps + copyWhenAllOpened()
  }

  /// Has the snapshot opened, if nothing is under way any more.
  mutating func openWhenStill() -> [(UInt64, [Step])] {
    guard let backup, case .stilling = backup.phase, underway == 0 else { return [] }
    self.backup?.phase = .opening
    return [(backup.call, [.ask(.snapshot(call: backup.call))])]
  }

  /// Has the snapshot copied, if the caller needs stillness no more.
  private mutating func copyWhenAllOpened() -> [Step] {
    guard let backup, case .open = backup.phase, calls[backup.call]?.hasEnded == true else {
      return []
    }
    self.backup?.phase = .copying
    hasReleased = true
    return [.ask(.copy(call: backup.call, name: backup.name))]
  }

  // MARK: From the storage

  mutating func finishBackup(_ result: LogResult) -> [(UInt64, [Step])] {
    switch result {
    case .opened(let call, .success(let position)):
      guard var hosted = calls[call], backup?.call == call else { return [] }
      backup?.phase = .open
      var response = Recourse_Bus_V1_BackupResponse()
      response.opened.logPosition = position
      let frame = hosted.machine.data(metadata: nil, message: try? response.serializedBytes())
      calls[call] = hosted
      return [(call, [.send(frame)] + copyWhenAllOpened())]
    case .copied(let call, .success(let file)):
      guard var hosted = calls[call] else { return [] }
      var response = Recourse_Bus_V1_BackupResponse()
      response.done = Recourse_Bus_V1_BackupDone(file)
      let frame = hosted.machine.data(metadata: nil, message: try? response.serializedBytes())
      return [(call, [.send(frame)] + Self.finish(&hosted.machine))]
    case .opened(let call, .failure(let refusal)), .copied(let call, .failure(let refusal)):
      guard var hosted = calls[call] else { return [] }
      return [(call, Self.refuse(&hosted.machine, refusal))]
    case .appended, .read:
      return []
    }
  }

  // MARK: Ends

  /// Ends a backup that keeps the log still for too long.
  mutating func endStillness(now: UInt64) -> [(UInt64, [Step])] {
    guard isStill, let backup, now >= backup.until, var hosted = calls[backup.call] else {
      return []
    }
    let seconds = Self.stillnessLimit / 1_000_000_000
    let message = "not all slices were opened within \(seconds) s; everything flows again"
    return [(backup.call, Self.refuse(&hosted.machine, .aborted, message))]
  }

  /// The call of a backup is over, whatever came of it.
  mutating func endBackup(_ call: UInt64) {
    guard backup?.call == call else { return }
    backup = nil
    hasReleased = true
    discarded = call
  }

  /// What waited for the end of the stillness, with the bytes of batches; nil if there is nothing to do.
  mutating func resume() -> (requests: [(LogRequest, bytes: Int)], steps: [(UInt64, [Step])])? {
    guard hasReleased else { return nil }
    hasReleased = false
    var requests = discarded.map { [(LogRequest.discard(call: $0), bytes: 0)] } ?? []
    discarded = nil
    guard !isStill else { return (requests, []) }
    requests += kept.map { (.append(call: $0.call, $0.batch), bytes: $0.bytes) }
    underway += kept.count
    kept = []
    keptBytes = 0
    return (requests, calls.keys.sorted().map { ($0, readOn($0)) })
  }
}

extension Recourse_Bus_V1_BackupDone {
  init(_ file: BackupFile) {
    self.init()
    self.file = file.path
    bytes = file.bytes
    sha256 = file.sha256
  }
}
