import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import HousingProvider

@Suite(.timeLimit(.minutes(1))) struct HousingProviderPluginTests {
  private static let names = "case_reference,complaint,finding,complaint_from,refused\n"

  @Test func `the manifest that is shipped says what the program declares`() throws {
    let declared = try HousingProviderPlugin.worker().manifest()
    for event in declared.subscribes {
      #expect(HousingProviderPlugin.manifest.contains("- \(event)\n"))
    }
    #expect(declared.publishes.isEmpty)
    #expect(declared.disclosures.map(\.purposes) == [["information-request"]])
    #expect(HousingProviderPlugin.manifest.contains("name: housing-provider\n"))
  }

  @Test(arguments: ["UPPER", "a/b", "livewest=relative", "livewest,livewest", ".."])
  func `a setting that makes no sense is refused by name, without its value`(bodies: String) {
    let error = #expect(throws: SettingError.self) {
      try HousingProviderPlugin.worker(PluginSettings(["bodies": bodies]))
    }
    #expect(error?.name == "bodies")
    #expect(error.map { !$0.description.contains(bodies) } == true)
  }

  @Test func `a body that is asked finds a request with the least by which it finds its records`()
    async throws
  {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      #expect(try stage.names(.outbox) == ["request-\(reference).csv"])
      let lines = try stage.text("request-\(reference).csv", in: .outbox)
        .split(separator: "\r\n").map(String.init)
      #expect(lines.count == 5)
      #expect(lines.first == RequestFile.columns.joined(separator: ","))
      #expect(
        lines.dropFirst().first?.hasPrefix("person,\(reference),") == true
          && lines.dropFirst().first?.hasSuffix(
            ",no,,,,,,,,Applicant One,\"1 Example Terrace, Plymouth\"") == true
      )
      #expect(
        lines.last { $0.contains("PCH-88213") }?.hasSuffix(
          ",2,yes,2026-02-01,2026-02-01,2026-02-03,2026-02-03,PCH-88213,,") == true)
      for word in ["Neighbour", "50180010126", "Music", "mail.example", "960001"] {
        #expect(!lines.contains { $0.contains(word) }, "\(word) is told")
      }
    }
  }

  @Test func `a body that is not served gets nothing`() async throws {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference, ["livewest"])
      #expect(try stage.names(.outbox).isEmpty)
      #expect(
        !FileManager.default.fileExists(
          atPath: stage.place.outputDirectory.appending(path: "livewest").path))
    }
  }

  @Test func `what a file says becomes an answer, and the body is told`() async throws {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      try stage.drop(Self.names + "\(reference),2,confirmed,2026-02-05,\n")
      try await stage.look()
      let assessment = try await stage.assessment(reference)
      #expect(assessment.information.map(\.state) == [.returned])
      #expect(assessment.assessment.information.returned == 1)
      #expect(assessment.findings.map(\.finding.complaintDate) == ["2026-02-05"])
      #expect(assessment.findings.map(\.finding.complaint) == [1])
      #expect(try stage.names(.inbox).isEmpty)
      #expect(try stage.names(.done) == ["answer.csv"])
      #expect(try stage.text("answer.csv.report.csv", in: .reports).contains(",taken,"))
      let outcome = try #require(
        try stage.names(.reports).first { $0.hasSuffix(".outcome.csv") })
      #expect(
        try stage.text(outcome, in: .reports)
          == "case_reference,outcome,code\r\n\(reference),recorded,\r\n")
    }
  }

  @Test func `a refusal becomes one, with its reason`() async throws {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      try stage.drop(Self.names + "\(reference),,,,data-protection\n")
      try await stage.look()
      let information = try await stage.information(reference)
      #expect(information.map(\.state) == [.refused])
      #expect(information.map(\.ground) == [.dataProtection])
    }
  }

  @Test func `nothing of a file with one wrong line is taken, and the line is reported`()
    async throws
  {
    try await HousingStage.with { stage in
      let (first, second) = (try await stage.apply(), try await stage.apply())
      try await stage.ask(first)
      try await stage.ask(second)
      try stage.drop(
        Self.names + "\(first),2,confirmed,2026-02-05,\n\(second),2,confirmed,2026-02-31,\n")
      try await stage.look()
      #expect(try await stage.information(first).map(\.state) == [.requested])
      #expect(try await stage.information(second).map(\.state) == [.requested])
      #expect(try stage.names(.refused) == ["answer.csv"])
      let report = try stage.text("answer.csv.report.csv", in: .reports)
      #expect(report.contains("\r\n3,4,complaint_from,not-a-day,"))
      // Put right under the same name, it is taken.
      try stage.drop(
        Self.names + "\(first),2,confirmed,2026-02-05,\n\(second),2,confirmed,2026-02-21,\n")
      try await stage.look()
      #expect(try await stage.information(first).map(\.state) == [.returned])
      #expect(try await stage.information(second).map(\.state) == [.returned])
    }
  }

  @Test func `a file that is dropped twice counts once, whatever it is called`() async throws {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      let text = Self.names + "\(reference),2,confirmed,2026-02-05,\n"
      try stage.drop(text)
      try await stage.look()
      let before = try await stage.place.events(key: reference.key.description).count
      try stage.drop(text, as: "the same again.csv")
      try await stage.look()
      #expect(try await stage.place.events(key: reference.key.description).count == before)
      #expect(
        try stage.text("the same again.csv.report.csv", in: .reports).contains(",taken-before,"))
      #expect(try stage.names(.done) == ["answer.csv", "the same again.csv"])
    }
  }

  @Test func `a file that is still being written is not read`() async throws {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      let text = Self.names + "\(reference),2,confirmed,2026-02-05,\n"
      for name in ["answer.csv.part", ".answer.csv", "answer.TMP"] {
        try stage.drop(text, as: name)
      }
      try await stage.look()
      #expect(try stage.names(.inbox).count == 3)
      #expect(try await stage.information(reference).map(\.state) == [.requested])
    }
  }

  @Test func `a file counts as still when it is the same in so many looks`() {
    let stillness = Stillness()
    let (one, grown) = (
      WaitingFile(name: "a", mark: "1"), WaitingFile(name: "a", mark: "2")
    )
    #expect(stillness.look(at: "x", [one]) == [])
    #expect(stillness.look(at: "x", [one]) == [])
    #expect(stillness.look(at: "x", [grown]) == [])
    #expect(stillness.look(at: "y", [grown]) == [])
    #expect(stillness.look(at: "x", [grown]) == [])
    #expect(stillness.look(at: "x", [grown]) == [grown])
    #expect(stillness.look(at: "x", []) == [])
    #expect(stillness.look(at: "x", [grown]) == [])
  }

  @Test func `an answer that Threshold will not take is told by its code`() async throws {
    try await HousingStage.with(bodies: "devon-and-cornwall-police") { stage in
      let police = "devon-and-cornwall-police"
      let reference = try await stage.apply()
      try await stage.ask(reference, [police])
      // Police exercise public functions: they must answer.
      try stage.drop(Self.names + "\(reference),,,,not-public-function\n", police)
      try await stage.look()
      let outcome = try #require(
        try stage.names(.reports, police).first { $0.hasSuffix(".outcome.csv") })
      #expect(try stage.text(outcome, in: .reports, police).contains("\(reference),refused,"))
    }
  }

  @Test
  func
    `a request that nobody has fetched is taken back with the consent, and comes with a new one`()
    async throws
  {
    try await HousingStage.with { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      #expect(try stage.names(.outbox).count == 1)
      try await stage.record(.withdrawn, of: reference)
      #expect(try stage.names(.outbox).isEmpty)
      try await stage.record(.given, of: reference)
      #expect(try stage.names(.outbox).count == 1)
    }
  }

  @Test func `a request that was fetched is not written again after a restart`() async throws {
    try await HousingStage.with(onDisk: true) { stage in
      let reference = try await stage.apply()
      try await stage.ask(reference)
      let folder = try stage.folder()
      try folder.remove("request-\(reference).csv", from: .outbox)
      try await stage.place.restart("housing-provider")
      try await stage.place.settle()
      #expect(try stage.names(.outbox).isEmpty)
    }
  }
}
