import CaseModel
import Foundation
import GRPCCore
import IntakeRules
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

private typealias Request = Recourse_Intake_V1_RecordSecondReportRequest

@Suite struct SecondReportTests {
  /// Records a report of 16 June after one of 5 January, changed as a test wants it; today is 30 June 2026.
  private func record(
    _ stage: IntakeStage, _ change: (inout Request) -> Void = { _ in }
  ) async throws -> Recourse_Intake_V1_RecordSecondReportResponse {
    var request = Request.with {
      $0.source = "open311"
      $0.report = "2026-88/b"
      $0.area = "plymouth"
      $0.reportedOn = "2026-06-16"
      $0.earlierReportedOn = "2026-01-05"
    }
    change(&request)
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
    do {
      return try await intake.recordSecondReport(request)
    } catch let error as RPCError {
      guard let refusal = Refusal(error) else { throw error }
      throw refusal
    }
  }

  private func announced(_ stage: IntakeStage) async throws -> [String] {
    try await stage.place.settle()
    return try await stage.place.events(key: "area/plymouth")
      .filter { $0.producer.worker == "intake" }
      .map { String($0.event.type.split(separator: ".").last ?? "") }
  }

  @Test func `a second report is on record once, and that it was told of is announced once`()
    async throws
  {
    try await IntakeStage.with { stage in
      let first = try await record(stage)
      #expect(!first.told && !first.repeated)
      #expect(try await record(stage).repeated)
      let told = try await record(stage) { $0.toldOn = "2026-06-18" }
      #expect(told.told && !told.repeated)
      let again = try await record(stage) { $0.toldOn = "2026-06-19" }
      #expect(again.told && again.repeated)
      #expect(try await announced(stage) == ["SecondReportRecorded", "SecondReportSignposted"])
      let last = try #require(try await stage.place.events(key: "area/plymouth").last)
      let event = try Recourse_Intake_V1_SecondReportSignposted(
        serializedBytes: last.event.payload)
      #expect(event.days == 2 && event.signpostedOn == "2026-06-18" && event.number == 1)
      #expect(event.channel == .source && !event.policyDigest.isEmpty)
    }
  }

  @Test func `what is announced does not lead to the report`() async throws {
    try await IntakeStage.with { stage in
      _ = try await record(stage) { $0.toldOn = "2026-06-16" }
      _ = try await announced(stage)
      for event in try await stage.place.events() {
        #expect(event.event.payload.range(of: Data("2026-88/b".utf8)) == nil)
      }
    }
  }

  @Test func `the words say how to apply in each language, and nothing of who reads them`()
    async throws
  {
    try await IntakeStage.with { stage in
      let texts = try await record(stage).texts
      #expect(texts.first?.language == "en")
      #expect(Set(texts.map(\.language)).count == texts.count)
      for text in texts {
        #expect(text.text.contains("plymouth.gov.uk/anti-social-behaviour-case-reviews"))
        #expect(text.text.contains("Safer Communities Team"))
        #expect(!text.text.contains("2026-88/b") && !text.text.contains("2026-06-16"))
      }
    }
  }

  @Test(
    arguments: [
      ("2026-06-16", "2025-12-17", nil), ("2026-06-16", "2025-12-16", "no-second-report"),
      ("2026-06-16", "2026-06-17", "dates-out-of-order"),
      ("2026-07-01", "2026-06-01", "date-in-future"),
      ("2026-02-28", "2025-08-31", nil), ("2026-03-01", "2025-08-31", "no-second-report"),
    ] as [(String, String, String?)])
  func `six months are counted as the law counts them`(
    reportedOn: String, earlierOn: String, code: String?
  ) async throws {
    try await IntakeStage.with { stage in
      var refused: String?
      do {
        _ = try await record(stage) {
          $0.reportedOn = reportedOn
          $0.earlierReportedOn = earlierOn
        }
      } catch let refusal as Refusal {
        refused = refusal.code
      }
      #expect(refused == code)
      #expect(try await announced(stage).count == (code == nil ? 1 : 0))
    }
  }

  @Test(arguments: [
    ("missing", "report", ""), ("wrong-form", "source", "Fix My"),
    ("not-a-date", "toldOn", "yesterday"), ("unknown-area", "area", "atlantis"),
    ("dates-out-of-order", "toldOn", "2026-06-15"),
    ("too-long", "report", String(repeating: "9", count: 201)),
  ])
  func `a request that makes no sense is refused, with its place`(
    code: String, path: String, value: String
  ) async throws {
    try await IntakeStage.with { stage in
      do {
        _ = try await record(stage) { request in
          switch path {
          case "report": request.report = value
          case "source": request.source = value
          case "area": request.area = value
          default: request.toldOn = value
          }
        }
        Issue.record("it was taken")
      } catch let refusal as Refusal {
        #expect(refusal.code == code && refusal.path == path)
      }
    }
  }
}
