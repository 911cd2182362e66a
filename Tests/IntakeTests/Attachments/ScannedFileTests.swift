import Foundation
import Messages
import ScannerTesting
import Scanning
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Files with a scanner configured: a process that is asked about each.
@Suite(.timeLimit(.minutes(3))) struct ScannedFileTests {
  private let harmful = Data(ScannerProcess.harmful)

  @Test func `a harmful file is refused and on record, and a clean one is kept as scanned`()
    async throws
  {
    let process = try await ScannerProcess()
    try await IntakeStage.with(scanner: Clamd(at: process.place)) { stage in
      let own = try await stage.ownCase()
      #expect(
        await stage.refusalCode { try await stage.add(harmful, in: own.session) } == "unsafe-file")
      #expect(try await stage.count("attachment") == 0)
      #expect(
        try await stage.recorded("intake.refuse-attachment")
          == [["intake", own.reference, "the scanner found Eicar-Signature"]])
      let kept = try await stage.add("A clean one", in: own.session)
      #expect(try await stage.listed(in: own.session) == [kept])
      let added = try await stage.recorded("intake.add-attachment")
      #expect(added.map { $0[2].hasSuffix(", scanned") } == [true])
    }
    process.end()
  }

  @Test(arguments: ["silent", "garbage", "slam"])
  func `while the scanner gives no verdict no file is taken, and everything else is`(
    how: String
  ) async throws {
    let process = try await ScannerProcess(how)
    let scanner = Clamd(at: process.place, limit: .milliseconds(300))
    try await IntakeStage.with(scanner: scanner) { stage in
      let draft = try await stage.startDraft()
      #expect(
        await stage.refusalCode { try await stage.add("x", in: draft.session) } == "scanner-away")
      #expect(try await stage.count("attachment") == 0)
      #expect(!(try await stage.handIn(draft.session)).caseReference.isEmpty)
    }
    process.end()
  }

  @Test func `a scanner that comes back is asked again`() async throws {
    let path = "/tmp/clamd-\(UUID().uuidString.prefix(8)).ctl"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await IntakeStage.with(scanner: Clamd(at: .unix(path: path))) { stage in
      let draft = try await stage.startDraft()
      #expect(
        await stage.refusalCode { try await stage.add("x", in: draft.session) } == "scanner-away")
      let process = try await ScannerProcess(at: .unix(path: path))
      try await stage.add(Data("x".utf8), in: draft.session)
      process.end()
    }
  }

  @Test func `without a scanner a harmful file is kept, and as not scanned`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      try await stage.add(harmful, in: draft.session)
      let added = try await stage.recorded("intake.add-attachment")
      #expect(added.map { $0[2].hasSuffix(", not scanned") } == [true])
    }
  }
}
