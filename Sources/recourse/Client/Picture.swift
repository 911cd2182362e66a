import Broker
import Bus
import Foundation
import GRPCCore
import Messages

/// The running system at one moment: the broker, and what each worker says of itself.
struct Picture: Sendable {
  struct Worker: Sendable {
    let name: String
    /// Nil if it did not answer.
    var status: Recourse_Worker_V1_StatusResponse?
    /// What it, or the broker for it, answered instead.
    var failure: Failure?
    /// Set for an instance that waits beside the active one: it serves nothing.
    var standby: Recourse_Bus_V1_Session?

    var health: String {
      if standby != nil { return "STANDBY" }
      if failure != nil { return "UNKNOWN" }
      return switch status?.health {
      case .serving: "SERVING"
      case .none: "AWAY"
      case .some: "NOT_SERVING"
      }
    }
  }

  let address: String
  let brokerPID: UInt32
  let brokerVersion: String
  let directory: DataDirectory
  /// What `recourse up` knows of the processes, if it runs on this directory.
  let supervisor: SupervisorRecord?
  /// Position of the newest event in the log.
  let head: UInt64
  /// In the catalogue's order, then others that are connected or should be, by name, then those that stand by.
  let workers: [Worker]
  /// Who waits for approval, as the broker says.
  var waiting: [Recourse_Bus_V1_Waiting] = []
  /// What is to be said of the plugins that are added here, where somebody has looked: that reads their programs.
  var pluginFindings: [Finding] = []
  /// What is to leave and does not by itself, where somebody has looked.
  var leaving: [Finding] = []
  /// By the system's clock, as the supervisor's times are.
  var seenAt = Date()
  /// True if nothing is on its way between the workers.
  var hasSettled = false

  /// How long a worker may take to say how it is.
  static let answerLimit: Duration = .seconds(2)
  /// The longest wait for everything to be well.
  static let waitLimit: Duration = .seconds(20)
  /// Between two looks at a system that is not well yet.
  static let lookInterval: Duration = .milliseconds(50)

  /// How many events it has yet to take into account. The head is asked first, so a worker may be
  /// further than it.
  func lag(of status: Recourse_Worker_V1_StatusResponse) -> UInt64 {
    head > status.logPosition ? head - status.logPosition : 0
  }

  /// True if every worker serves and has taken everything into account.
  var isSettled: Bool {
    hasSettled
      && workers.filter { $0.standby == nil }.allSatisfy { worker in
        worker.status.map { $0.health == .serving && lag(of: $0) == 0 } ?? false
      }
  }

  static func now(_ connection: Connection) async throws -> Picture {
    let sessions = try await connection.sessions()
    let known = WorkerCatalogue.names
    let connected = sessions.sessions.filter { $0.worker != PeerIdentity.clientName }
    let others = Set(connected.map(\.worker)).union(expected(in: connection.directory))
      .subtracting(known).sorted()
    let standbys = connected.filter { $0.services.isEmpty || $0.standby }.map { session in
      Worker(name: session.worker, standby: session)
    }
    let workers = try await withThrowingTaskGroup(of: (Int, Worker).self) { group in
      for (place, name) in (known + others).enumerated() {
        group.addTask {
          (place, try await worker(name, connection))
        }
      }
      var found: [(Int, Worker)] = []
      for try await worker in group { found.append(worker) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
    return Picture(
      address: try connection.directory.address(), brokerPID: sessions.brokerProcessID,
      brokerVersion: sessions.brokerVersion, directory: connection.directory,
      supervisor: connection.directory.supervisor,
      head: sessions.logHead, workers: workers + standbys, waiting: sessions.waiting)
  }

  /// Looks until everything is well, or time is up.
  static func whenSettled(_ connection: Connection) async throws -> Picture {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: waitLimit)
    while true {
      let remaining = clock.now.duration(to: end)
      let outcome = try await Settling.settle(connection, within: max(remaining, lookInterval))
      var picture = try await now(connection)
      picture.hasSettled = outcome.isSettled && outcome.position == picture.head
      if picture.isSettled || remaining <= lookInterval { return picture }
      try await clock.sleep(for: lookInterval)
    }
  }

  /// Who is approved to serve something, where this is the broker's directory, and still has a key.
  private static func expected(in directory: DataDirectory) -> [String] {
    let ring = try? KeyRingFile.read(directory.keys.ringPath)
    return directory.approvals.principals.filter { name in
      let approved = try? directory.approvals.approved(for: name)
      guard approved?.serves.isEmpty == false else { return false }
      return ring?.valid(name, at: Date()).isEmpty != true
    }
  }

  private static func worker(_ name: String, _ connection: Connection) async throws -> Worker {
    do {
      let status = try await connection.worker.status(
        .init(), metadata: Connection.target(name), options: Connection.limit(answerLimit))
      return Worker(name: name, status: status)
    } catch let error as RPCError {
      try Task.checkCancellation()
      let isAway = [.unavailable, .deadlineExceeded, .unimplemented].contains(error.code)
      return Worker(name: name, failure: isAway ? nil : Failure(error))
    }
  }
}
