import Foundation
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing

@testable import Intake

typealias Application = Recourse_Intake_V1_Application
typealias Party = Recourse_Intake_V1_Party
typealias SafeContact = Recourse_Intake_V1_SafeContact
typealias Complaint = Recourse_Intake_V1_Complaint
typealias Consent = Recourse_Intake_V1_Consent
typealias HeardVia = Recourse_Intake_V1_HeardVia

/// The example applications, which are the project's contract.
enum Examples {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")

  static let accepted = ["not-met", "three-complaints", "three-neighbours", "two-with-hate"]

  static func json(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
  }

  static func message(_ name: String) throws -> Application {
    try ApplicationForm.message(json: json(name))
  }
}

extension Date {
  /// A moment as RFC 3339 writes it.
  static func at(_ text: String) throws -> Date {
    try Google_Protobuf_Timestamp(jsonString: "\"\(text)\"").date
  }
}

/// `three-complaints` with one thing changed, and what is found wrong with it.
func problems(
  now: String = "2026-06-30T12:00:00Z", maySetReceivedAt: Bool = true,
  _ change: (inout Application) -> Void
) throws -> [FormProblem] {
  var message = try Examples.message("three-complaints")
  change(&message)
  do {
    _ = try ApplicationForm.read(
      message, shelf: try PackFixture.shelf(), now: try .at(now),
      maySetReceivedAt: maySetReceivedAt)
    return []
  } catch let found as FormProblems {
    return found.all
  }
}
