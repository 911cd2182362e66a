import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// A person at the public's door of Intake.
extension IntakeStage {
  typealias OwnChange = Recourse_Intake_V1_OwnChangeResponse

  var door: some Recourse_Intake_V1_Door.ClientProtocol {
    Recourse_Intake_V1_Door.Stub(wrapping: place.client)
  }

  /// Starts a draft, changed as a test wants it.
  func startDraft(
    _ change: (inout Recourse_Intake_V1_StartDraftRequest) -> Void = { _ in }
  ) async throws -> Recourse_Intake_V1_StartDraftResponse {
    var request = Recourse_Intake_V1_StartDraftRequest.with {
      $0.area = "plymouth"
      $0.language = "en"
      $0.channel = .web
    }
    change(&request)
    return try await refusing { [request] in try await door.startDraft(request) }
  }

  func openDraft(_ code: String) async throws -> Recourse_Intake_V1_OpenDraftResponse {
    try await refusing { try await door.openDraft(.with { $0.code = code }) }
  }

  func draft(in session: String) async throws -> Recourse_Intake_V1_GetDraftResponse {
    try await refusing { try await door.getDraft(.with { $0.session = session }) }
  }

  @discardableResult
  func save(
    _ content: String, after revision: UInt64, in session: String, language: String = ""
  ) async throws -> UInt64 {
    let request = Recourse_Intake_V1_SaveDraftRequest.with {
      $0.session = session
      $0.content = Data(content.utf8)
      $0.follows = revision
      $0.language = language
    }
    return try await refusing { try await door.saveDraft(request) }.revision
  }

  /// Hands in `three-complaints`, changed as a test wants it.
  func handIn(
    _ session: String, _ change: (inout Application) -> Void = { _ in }
  ) async throws -> Recourse_Intake_V1_SubmitDraftResponse {
    var application = try Examples.message("three-complaints")
    application.clearReceivedAt()
    change(&application)
    let request = Recourse_Intake_V1_SubmitDraftRequest.with {
      $0.session = session
      $0.application = application
    }
    return try await refusing { try await door.submitDraft(request) }
  }

  func openCase(_ reference: String, _ code: String) async throws -> String {
    let request = Recourse_Intake_V1_OpenCaseRequest.with {
      $0.caseReference = reference
      $0.code = code
    }
    return try await refusing { try await door.openCase(request) }.session
  }

  func ownCase(in session: String) async throws -> Recourse_Intake_V1_GetOwnCaseResponse {
    try await refusing { try await door.getOwnCase(.with { $0.session = session }) }
  }

  func addComplaint(
    in session: String, key: String = "", _ change: (inout Complaint) -> Void = { _ in }
  ) async throws -> OwnChange {
    var complaint = Complaint.with {
      $0.behaviourDate = "2026-06-20"
      $0.complaintDate = "2026-06-22"
      $0.madeTo = .council
      $0.body = "plymouth-city-council"
      $0.complainant = "self"
      $0.what = "Shouting at night"
    }
    change(&complaint)
    let request = Recourse_Intake_V1_AddComplaintRequest.with {
      $0.session = session
      $0.complaint = complaint
      $0.idempotencyKey = key
    }
    return try await refusing { try await door.addComplaint(request) }
  }

  func withdraw(
    in session: String, reason: String = "", underPressure: Bool = false, key: String = ""
  ) async throws -> OwnChange {
    let request = Recourse_Intake_V1_WithdrawApplicationRequest.with {
      $0.session = session
      $0.reason = reason
      $0.underPressure = underPressure
      $0.idempotencyKey = key
    }
    return try await refusing { try await door.withdrawApplication(request) }
  }

  func issueCode(
    _ reference: String, by officer: String = "A. Officer", because reason: String = "It was lost"
  ) async throws -> String {
    let request = Recourse_Intake_V1_IssueCodeRequest.with {
      $0.caseReference = reference
      $0.officer = officer
      $0.reason = reason
    }
    return try await refusing { try await door.issueCode(request) }.code
  }

  /// A case that was handed in by its own person, with the code and a session of it.
  func ownCase() async throws -> (reference: String, code: String, session: String) {
    let draft = try await startDraft()
    let reference = try await handIn(draft.session).caseReference
    return (reference, draft.code, draft.session)
  }

  /// The code of the refusal that a call ends with; empty if it goes through.
  func refusalCode(_ call: () async throws -> some Any) async -> String {
    do {
      _ = try await call()
      return ""
    } catch let refusal as Refusal {
      return refusal.code
    } catch {
      return "\(error)"
    }
  }

  /// Moves the clock on, and waits for what is due by then.
  func pass(_ seconds: TimeInterval) async throws {
    place.clock.advance(by: seconds)
    let now = place.clock.now
    while true {
      let left = try await slice.read { slice in
        try slice.row("SELECT COUNT(*) AS due FROM kit_timer WHERE due_at <= ?", .moment(now))?
          .int("due")
      }
      if left == 0 { return }
      await Task.yield()
    }
  }

  func count(_ table: String) async throws -> Int {
    let sql = "SELECT COUNT(*) AS length FROM \(table)"
    return try await slice.read { try $0.row(sql)?.int("length") ?? 0 }
  }

  /// Who is on record for an action, oldest first, with what about.
  func recorded(_ action: String) async throws -> [[String]] {
    try await slice.read { slice in
      try slice.rows(
        "SELECT actor, subject, reason FROM kit_audit WHERE action = ? ORDER BY sequence",
        .text(action)
      ).map { try [$0.text("actor"), $0.text("subject"), $0.text("reason")] }
    }
  }
}

extension IntakeStage {
  func change(contact: Party, in session: String) async throws -> OwnChange {
    let request = Recourse_Intake_V1_ChangeContactRequest.with {
      $0.session = session
      $0.contact = contact
    }
    return try await refusing { try await door.changeContact(request) }
  }

  func change(
    attendance: Application.Attendance, in session: String
  ) async throws -> OwnChange {
    let request = Recourse_Intake_V1_ChangeAttendanceRequest.with {
      $0.session = session
      $0.attendance = attendance
    }
    return try await refusing { try await door.changeAttendance(request) }
  }

  /// About sharing with the relevant bodies.
  func answer(
    _ answer: Recourse_Intake_V1_RecordConsentRequest.Answer, wording: String = "",
    in session: String
  ) async throws -> OwnChange {
    let request = Recourse_Intake_V1_AnswerConsentRequest.with {
      $0.session = session
      $0.purpose = .shareWithRelevantBodies
      $0.answer = answer
      $0.wording = wording
    }
    return try await refusing { try await door.answerConsent(request) }
  }
}

/// Some code that nobody has.
let strangersCode = "0000-0000-0000-0000"
