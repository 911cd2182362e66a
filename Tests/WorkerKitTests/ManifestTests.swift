import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit

/// What a worker asks for follows from what it declares.
@Suite("Manifests")
struct ManifestTests {
  @Test func `a worker that only announces asks for no more than that needs`() throws {
    let manifest = try Fixture.source.manifest()
    #expect(
      manifest.calls == ["recourse.bus.v1.Directory/List", "recourse.bus.v1.EventLog/Append"])
    #expect(!manifest.publishes.isEmpty)
    #expect(manifest.subscribes.isEmpty)
    #expect(!manifest.readsByKey)
    #expect(manifest.serves.contains("recourse.worker.v1.Worker"))
    #expect(manifest.serves.contains("grpc.health.v1.Health"))
  }

  @Test func `a worker that takes events in reads them, and by key those that were set aside`()
    throws
  {
    let manifest = try Fixture.sink().manifest()
    #expect(manifest.calls.contains("recourse.bus.v1.EventLog/Read"))
    #expect(!manifest.subscribes.isEmpty)
    #expect(manifest.readsByKey)
  }

  @Test func `what is called, and what personal data is asked for, is declared`() throws {
    let asked = Recourse_Worker_V1_Worker.Method.Status.descriptor
    let called = Recourse_Bus_V1_LogBackup.Method.Take.descriptor
    let worker = Worker(
      name: "asks", calls: [called],
      disclosures: [DisclosureNeed(asked, purpose: "help", fields: ["name"])])
    let manifest = try worker.manifest()
    #expect(manifest.calls.contains("recourse.bus.v1.LogBackup/Take"))
    #expect(manifest.calls.contains("recourse.worker.v1.Worker/Status"))
    #expect(manifest.disclosures.map(\.method) == ["recourse.worker.v1.Worker/Status"])
    #expect(manifest.disclosures.first?.purposes == ["help"])
    #expect(manifest.disclosures.first?.fields == ["name"])
  }

  @Test func `a worker that reads a case by its key asks for these events, and takes none in`()
    throws
  {
    let manifest = try Worker(name: "reader", readsByKey: ["recourse.panel.v1.*"]).manifest()
    #expect(manifest.readsByKey)
    #expect(manifest.subscribes == ["recourse.panel.v1.*"])
    #expect(!manifest.calls.contains("recourse.bus.v1.EventLog/Read"))
  }
}
