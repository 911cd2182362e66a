import Foundation
import Intake
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Threshold

/// The example applications, from Intake's form to Threshold's assessment.
@Suite struct ExampleTests {
  /// 30 June 2026, after all of them were received.
  static let now = Date(timeIntervalSince1970: 1_782_820_800)

  /// A name in `Tests/Examples`, and what its complaints come to.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let outcome: Recourse_Threshold_V1_Outcome.Value
    let counted: [Bool]

    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "three-complaints", outcome: .met, counted: [true, true, true]),
    Example(name: "three-neighbours", outcome: .met, counted: [true, true, false, true]),
    Example(name: "two-with-hate", outcome: .personDecides, counted: [true, true]),
    Example(name: "not-met", outcome: .notMet, counted: [false, true, false]),
  ]

  @Test(arguments: examples)
  func `an application that Intake took in is assessed as it should be`(
    example: Example
  ) async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/\(example.name).json")
    let application = try ApplicationForm.message(json: [UInt8](try Data(contentsOf: file)))
    let workers = [IntakeWorker.worker(), ThresholdWorker.worker()]
    try await TestPlace.with(workers, now: Self.now) { place in
      let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
      let submitted = try await intake.submit(
        .with {
          $0.application = application
          $0.submittedBy = .commandLine
        })
      try await place.settle()
      let assessment = try await place.threshold.getAssessment(
        .with {
          $0.caseReference = submitted.caseReference
          $0.purpose = .progress
        }
      ).assessment
      #expect(assessment.outcome == example.outcome)
      #expect(assessment.routes.first?.complaints.map(\.counted) == example.counted)
    }
  }
}
