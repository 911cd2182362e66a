import Bus
import Foundation
import GRPCCore
import Glibc
import Messages
import WorkerKit

/// A command's link to the running system.
struct Connection: Sendable {
  let client: BusClient
  let directory: DataDirectory

  /// How long a call may take. A little more than a worker waits for what its caller has seen.
  static let callLimit: Duration = .seconds(15)

  /// By which the workers log what this command calls, and what follows from it.
  static let callID = RandomKey.make()

  /// Connects, runs the body, and lets go of everything, whatever happens in it: when this returns
  /// the bus thread has ended, so that the process may leave.
  static func open<Result: Sendable>(
    _ options: ClientOptions, _ body: (Connection) async throws -> Result
  ) async throws -> Result {
    try await open(options.directory, body)
  }

  static func open<Result: Sendable>(
    _ directory: DataDirectory, _ body: (Connection) async throws -> Result
  ) async throws -> Result {
    let identity = PeerIdentity(
      worker: PeerIdentity.clientName, instance: UUID().uuidString.lowercased(),
      processID: UInt32(getpid()), manifest: OperatorManifest.manifest)
    let link: ZeroMQLink
    do {
      let address = try directory.address()
      let keys = try directory.keys.keys(of: KeyFolder.operatorName)
      link = try ZeroMQLink(address: address, keys: keys)
    } catch let failure as Failure {
      throw failure
    } catch let error as KeyError {
      throw Failure(error)
    } catch {
      throw directory.notRunning
    }
    let peer = Peer(identity, over: link)
    do {
      try await greet(peer, directory)
      let connection = Connection(client: BusClient(peer: peer), directory: directory)
      let result = try await CallID.$current.withValue(callID) { try await body(connection) }
      await peer.close()
      return result
    } catch {
      await peer.close()
      throw error
    }
  }

  /// Returns when there is a session. That there is none means: not running, or not for us.
  private static func greet(_ peer: Peer, _ directory: DataDirectory) async throws {
    do {
      try await peer.start()
      try await peer.waitUntilReady()
    } catch {
      try Task.checkCancellation()
      if let refusal = peer.refusal { throw Failure(BrokerRefusal(message: refusal)) }
      if let denial = peer.denial { throw Failure(denial: denial) }
      throw directory.notRunning
    }
    try Task.checkCancellation()
  }

  /// Options of a call that waits no longer than this.
  static func limit(_ duration: Duration = callLimit) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = duration
    return options
  }
}

// MARK: - Whom to call

extension Connection {
  var directoryOfSessions: Recourse_Bus_V1_Directory.Stub<BusClient> {
    .init(wrapping: client)
  }
  var eventLog: Recourse_Bus_V1_EventLog.Stub<BusClient> { .init(wrapping: client) }
  var logBackup: Recourse_Bus_V1_LogBackup.Stub<BusClient> { .init(wrapping: client) }
  var worker: Recourse_Worker_V1_Worker.Stub<BusClient> { .init(wrapping: client) }
  var intake: Recourse_Intake_V1_Intake.Stub<BusClient> { .init(wrapping: client) }
  var door: Recourse_Intake_V1_Door.Stub<BusClient> { .init(wrapping: client) }
  var attachments: Recourse_Intake_V1_Attachments.Stub<BusClient> { .init(wrapping: client) }
  var reads: Recourse_Worker_V1_CaseReads.Stub<BusClient> { .init(wrapping: client) }
  var threshold: Recourse_Threshold_V1_Threshold.Stub<BusClient> {
    .init(wrapping: client)
  }
  var panel: Recourse_Panel_V1_Panel.Stub<BusClient> { .init(wrapping: client) }
  var support: Recourse_Support_V1_Support.Stub<BusClient> { .init(wrapping: client) }
  var correspondence: Recourse_Correspondence_V1_Correspondence.Stub<BusClient> {
    .init(wrapping: client)
  }
  var reporting: Recourse_Reporting_V1_Reporting.Stub<BusClient> {
    .init(wrapping: client)
  }

  /// Who is connected, and where the log stands.
  func sessions() async throws -> Recourse_Bus_V1_DirectoryResponse {
    try await directoryOfSessions.list(.init(), options: Self.limit())
  }

  /// Where the log stands now. A query that is given it sees everything that was done before.
  func head() async throws -> UInt64 { try await sessions().logHead }

  /// The metadata by which a call reaches one worker.
  static func target(_ worker: String) -> Metadata {
    var metadata: Metadata = [:]
    metadata.addString(worker, forKey: CallMetadata.target)
    return metadata
  }
}
