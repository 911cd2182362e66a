import AgencySimulators
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import HousingProvider

/// The whole way, with bodies that are acted by the simulators: in another dialect each, and not always in order.
@Suite(.timeLimit(.minutes(1))) struct SimulatedBodyTests {
  /// Has a body acted while `body` runs, which is handed what the simulator says, a line at a time.
  private func acting(
    _ agency: AgencySimulator, as key: String, fate: String, in stage: HousingStage,
    _ body: (inout AsyncStream<String>.AsyncIterator) async throws -> Void
  ) async throws {
    let (lines, line) = AsyncStream<String>.makeStream()
    let options = SimulatorOptions(
      folder: try stage.folder(key).url, fates: [fate], interval: .milliseconds(5),
      tell: { line.yield($0) })
    let task = Task { try await agency.run(options) }
    defer { task.cancel() }
    var said = lines.makeAsyncIterator()
    #expect(await said.next() == "waits for requests")
    try await body(&said)
  }

  @Test(arguments: [
    (AgencySimulator.housingProvider, "plymouth-community-homes"),
    (AgencySimulator.police, "devon-and-cornwall-police"),
  ])
  func `a body answers in the dialect of its own system`(
    agency: AgencySimulator, key: String
  ) async throws {
    try await HousingStage.with(bodies: key) { stage in
      try await acting(agency, as: key, fate: "other-days", in: stage) { said in
        let reference = try await stage.apply()
        try await stage.ask(reference, [key])
        #expect(await said.next() == "\(reference): answers on 3")
        try await stage.look()
        let assessment = try await stage.assessment(reference)
        #expect(assessment.information.map(\.state) == [.returned])
        // Two days later than the applicant said, of the one complaint that was made to it.
        let days = assessment.findings.map(\.finding.complaintDate).filter { !$0.isEmpty }
        #expect(days == [agency == .police ? "2026-01-12" : "2026-02-05"])
      }
    }
  }

  @Test func `an answer with a slip is reported back, and the right one taken`() async throws {
    try await HousingStage.with { stage in
      try await acting(.housingProvider, as: HousingStage.body, fate: "mistaken", in: stage) {
        said in
        let reference = try await stage.apply { $0.complaints.removeFirst() }
        try await stage.ask(reference)
        #expect(await said.next() == "\(reference): answers on 2, with a slip")
        try await stage.look()
        #expect(await said.next() == "\(reference): answers again, put right")
        #expect(try await stage.information(reference).map(\.state) == [.requested])
        try await stage.look()
        #expect(try await stage.information(reference).map(\.state) == [.returned])
      }
    }
  }

  @Test func `a body that is late is reminded by a file`() async throws {
    try await HousingStage.with { stage in
      try await acting(.housingProvider, as: HousingStage.body, fate: "late", in: stage) { said in
        let reference = try await stage.apply()
        try await stage.ask(reference)
        #expect(await said.next() == "\(reference): put on the pile")
        stage.place.clock.advance(by: 60 * 86_400)
        while try await stage.information(reference).first?.state != .overdue {
          await Task.yield()
        }
        _ = try await stage.threshold.chaseInformation(
          .with {
            $0.caseReference = reference.description
            $0.body = HousingStage.body
          })
        #expect(await said.next() == "\(reference): answers on 3")
        try await stage.look()
        #expect(try await stage.information(reference).map(\.state) == [.returned])
      }
    }
  }

  @Test func `one that is killed half way takes the file whole when it is back`() async throws {
    try await HousingStage.with(onDisk: true) { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      try stage.drop("case_reference,complaint,finding\n\(reference),2,confirmed\n")
      try await stage.lookWithoutWaiting()
      await stage.place.kill("housing-provider")
      try await stage.place.restart("housing-provider")
      try await stage.look()
      let assessment = try await stage.assessment(reference)
      #expect(assessment.information.map(\.state) == [.returned])
      #expect(assessment.findings.count == 1)
      #expect(try stage.names(.inbox).isEmpty)
      #expect(try stage.names(.done) == ["answer.csv"])
    }
  }

  @Test func `a fate that nobody knows, and an agency without a folder, are refused`() async {
    let unknown = await #expect(throws: SimulatorError.self) {
      try await AgencySimulator.police.run(
        SimulatorOptions(folder: URL(filePath: "/nowhere"), fates: ["perhaps"], tell: { _ in }))
    }
    #expect(unknown?.code == "unknown-fate")
    let homeless = await #expect(throws: SimulatorError.self) {
      try await AgencySimulator.police.run(SimulatorOptions(tell: { _ in }))
    }
    #expect(homeless?.code == "no-folder")
  }
}
