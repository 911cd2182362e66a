import Bus
import Foundation
import GRPCCore
import Glibc
import Logging
import Messages

/// An instance of a worker that waits beside the active one on the same host. It has a session with the
/// broker and offers nothing, so it gets no calls; it does not touch the slice.
struct Standby: Sendable {
  let worker: String
  /// What the worker will ask for: an instance that would not be let in must not take another's place.
  let manifest: Recourse_Bus_V1_Manifest
  /// Path of the lock beside the slice.
  let lockPath: String
  let link: any Link
  let logger: Logger

  /// Returns with the lock when the active instance has ended, or was ended because it no longer works.
  /// - Parameter onWaiting: called once, if somebody else is active.
  func takeTurn(onWaiting: @Sendable () -> Void) async throws -> FileLock {
    let peer = Peer(
      PeerIdentity(
        worker: worker, instance: UUID().uuidString.lowercased(), processID: UInt32(getpid()),
        manifest: manifest),
      over: link)
    let outcome: Result<FileLock, any Error>
    do {
      try await peer.start()
      outcome = .success(try await watch(peer, onWaiting))
    } catch {
      outcome = .failure(error)
    }
    await peer.close()
    return try outcome.get()
  }

  private func watch(
    _ peer: Peer, _ onWaiting: @Sendable () -> Void
  ) async throws -> FileLock {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: BusClient(peer: peer))
    let clock = SystemClock()
    var watch = StandbyWatch()
    var isTold = false
    // Asked for nothing but that there is a session by then, where there is a broker.
    _ = await look(directory)
    while true {
      // One that asks for more than is approved would keep out the instance that may serve; while the broker has
      // not answered nobody knows whether it does.
      if peer.hasSession, let lock = try lockIfFree() {
        logger.notice("the worker's place is free: this instance takes it")
        return lock
      }
      // It could not do the worker's work either.
      if let refusal = peer.refusal { throw BrokerRefusal(message: refusal) }
      if !isTold { onWaiting() }
      isTold = true
      let owner = LockOwner(named: lockPath)
      let sight = await look(directory)
      let beat = FileLock.beat(path: lockPath)
      let isToEnd = watch.shouldEnd(owner, sight, beat: beat, at: clock.monotonic)
      if isToEnd, peer.hasSession, let owner { try await end(owner) }
      try await pause(Bounds.standbyInterval)
    }
  }

  private func lockIfFree() throws -> FileLock? {
    do {
      return try FileLock(path: lockPath)
    } catch {
      if case .held = error { return nil }
      throw error
    }
  }

  /// What the broker says just now of the instance that serves.
  private func look(
    _ directory: Recourse_Bus_V1_Directory.Stub<BusClient>
  ) async -> StandbyWatch.Sight {
    var options = CallOptions.defaults
    options.timeout = Bounds.standbyAnswerLimit
    guard let list = try? await directory.list(.init(), options: options) else { return .unknown }
    let isThere = list.sessions.contains { $0.worker == worker && !$0.services.isEmpty }
    return isThere ? .present : .absent
  }

  private func end(_ owner: LockOwner) async throws {
    let metadata: Logger.Metadata = ["pid": "\(owner.processID)"]
    logger.warning("the active instance no longer works: its process is killed", metadata: metadata)
    do {
      try await owner.kill(holding: lockPath)
    } catch let error as KillError {
      logger.error(
        "its process could not be killed: end it by hand",
        metadata: metadata.merging(["why": "\(error)"]) { $1 })
    }
  }
}
