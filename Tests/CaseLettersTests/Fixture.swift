import CaseLetters
import CaseModel
import Foundation
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing

/// A day that a test is sure of.
func day(_ text: String) -> CalendarDate {
  guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
  return date
}

/// A case as its log has it, in the order in which things are added.
struct Log {
  static let reference = "3HM3-XBSM"
  private(set) var events: [Recourse_Bus_V1_LoggedEvent] = []

  mutating func add(_ event: some SwiftProtobuf.Message) throws {
    var logged = Recourse_Bus_V1_LoggedEvent()
    logged.position = UInt64(events.count + 1)
    logged.event.type = type(of: event).protoMessageName
    logged.event.payload = try event.serializedBytes()
    events.append(logged)
  }

  /// A case that has been received, with so many complaints.
  static func received(complaints: Int = 2, awaitsConsent: Bool = false) throws -> Log {
    var log = Log()
    try log.add(
      Recourse_Intake_V1_ApplicationReceived.with {
        $0.area = "plymouth"
        $0.receivedOn = "2026-03-16"
        $0.policyDigest = "digest"
        $0.complaints = UInt32(complaints)
        $0.awaitsConsent = awaitsConsent
      })
    for index in 0..<complaints {
      try log.add(
        Recourse_Intake_V1_ComplaintRecorded.with {
          $0.index = UInt32(index)
          $0.behaviourFrom = "2026-03-01"
          $0.behaviourTo = "2026-03-01"
          $0.complaintFrom = "2026-03-0\(index + 2)"
          $0.complaintTo = "2026-03-0\(index + 2)"
          $0.body = "devon-and-cornwall-police"
          $0.complainantKey = "self"
        })
    }
    return log
  }

  func scheduled(on days: String...) throws -> Log {
    var log = self
    for (number, day) in days.enumerated() {
      try log.add(
        Recourse_Panel_V1_PanelScheduled.with {
          $0.panelOn = day
          $0.dueOn = "2026-05-01"
          $0.revision = UInt32(number + 1)
        })
    }
    return log
  }

  func facts(
    under pack: PolicyPack? = nil, lender: PolicyPack? = nil
  ) throws -> LoggedCase {
    try LoggedCase(
      reference: Self.reference, events: events, pack: pack ?? Self.plymouth(), lender: lender)
  }

  static func plymouth() throws -> PolicyPack {
    try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth)
  }

  static func lender() throws -> PolicyPack {
    let packs = try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) }
    return try #require(packs.first { $0.name == PolicyPack.defaultName })
  }
}

extension Recourse_Threshold_V1_GetAssessmentResponse {
  /// What Threshold answers of a case that it has assessed.
  static func assessed(
    _ change: (inout Recourse_Threshold_V1_GetAssessmentResponse) -> Void = { _ in }
  ) -> Recourse_Threshold_V1_GetAssessmentResponse {
    var response = Recourse_Threshold_V1_GetAssessmentResponse()
    response.assessment = .with {
      $0.outcome = .personDecides
      $0.required = 3
      $0.counted = 2
      $0.policyDigest = "digest"
      $0.routes = [
        .with {
          $0.route = .mandatory
          $0.clause = "s.104(4)"
          $0.outcome = .notMet
          $0.required = 3
          $0.counted = 2
        }
      ]
    }
    response.policyName = "plymouth"
    response.policyVersion = "2"
    change(&response)
    return response
  }
}

/// The code with which something is refused; nil if it is not.
func code(of body: () throws -> Void) throws -> CaseLetterError.Code? {
  do {
    try body()
    return nil
  } catch let error as CaseLetterError {
    #expect(!error.message.isEmpty && error.message.hasSuffix("."))
    return error.code
  }
}
