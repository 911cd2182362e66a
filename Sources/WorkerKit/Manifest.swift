import Bus
import Foundation
import GRPCCore
import Logging
public import Messages
import SwiftProtobuf

extension Worker {
  /// What the worker asks the broker for: what it declares, and what the kit needs for it. An operator approves it.
  ///
  /// Services are made for it once, on a slice in memory, and let go of.
  /// - Throws: what is wrong with the worker's migrations.
  public func manifest() throws -> Recourse_Bus_V1_Manifest {
    manifest(serving: try serviceNames())
  }

  /// Full names of the services that it hosts, without the kit's own.
  func serviceNames() throws -> Set<String> {
    let clock = SystemClock()
    let slice = try Slice.inMemory(for: self, clock: clock)
    defer { try? slice.close() }
    // Never started: who asks what a worker serves is not connected to anything.
    let peer = Peer(
      PeerIdentity(worker: name, instance: "manifest", processID: 0),
      over: MemoryNetwork().makeLink())
    let context = WorkerContext(
      slice: slice, client: BusClient(peer: peer), clock: clock,
      logger: Logger(label: name) { _ in SwiftLogNoOpLogHandler() }, outputDirectory: nil,
      progress: Progress())
    return Self.names(of: services(context))
  }

  /// The same, of services by their full names.
  func manifest(serving services: Set<String>) -> Recourse_Bus_V1_Manifest {
    typealias Log = Recourse_Bus_V1_EventLog.Method
    // Audits are anchored in the log by all, also by those that announce nothing.
    var calls = [Recourse_Bus_V1_Directory.Method.List.descriptor, Log.Append.descriptor]
    if !routes.isEmpty { calls.append(Log.Read.descriptor) }
    calls += disclosures.map(\.method)
    var manifest = ownManifest(serving: services)
    manifest.serves = services.union([
      Recourse_Worker_V1_Worker.descriptor.fullyQualifiedService,
      Recourse_Worker_V1_CaseReads.descriptor.fullyQualifiedService,
      Grpc_Health_V1_Health.descriptor.fullyQualifiedService,
    ]).sorted()
    manifest.calls = Set(calls.map(\.fullyQualifiedMethod)).union(manifest.calls).sorted()
    // Events of a key that was set aside are tried again in order.
    manifest.readsByKey = !routes.isEmpty || !readsByKey.isEmpty
    return manifest
  }

  /// What the worker itself declares, without what the kit needs for it.
  func ownManifest(serving services: Set<String>) -> Recourse_Bus_V1_Manifest {
    .with {
      $0.serves = services.sorted()
      $0.calls = Set(calls.map(\.fullyQualifiedMethod)).sorted()
      $0.publishes = Set(emits.map { $0.protoMessageName }).sorted()
      $0.subscribes = Set(routes.map(\.type) + readsByKey).sorted()
      $0.disclosures = disclosures.map { need in
        .with {
          $0.method = need.method.fullyQualifiedMethod
          $0.purposes = [need.purpose]
          $0.fields = need.fields
        }
      }
    }
  }

  /// Full names of services.
  static func names(of services: [any RegistrableRPCService]) -> Set<String> {
    var router = RPCRouter<BusServerTransport>()
    for service in services { service.registerMethods(with: &router) }
    return Set(router.methods.map(\.service.fullyQualifiedService))
  }
}
