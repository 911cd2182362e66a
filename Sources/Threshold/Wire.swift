import CaseModel
import Messages
import PolicyLibrary
import SwiftProtobuf
import ThresholdRules
import WorkerKit

/// Reads what other workers announce into the values that Threshold works with. Generated messages go
/// no further than here and the other files of `Wire/`.
extension KeptApplication {
  /// - Throws: ``MalformedEvent``; the event then waits with its case until somebody has looked.
  init(_ event: Recourse_Intake_V1_ApplicationReceived) throws {
    let reference = try CaseReference(event: event.caseReference)
    let day = try CalendarDate(event: event.receivedOn, field: "received_on")
    self.init(
      reference: reference, policyDigest: event.policyDigest, receivedOn: day,
      complaintsExpected: Int(event.complaints), clockReceipt: day,
      awaitsConsent: event.awaitsConsent)
  }
}

extension Recourse_Intake_V1_ApplicationReceived {
  /// True if whoever applied was there when the reference was given: it was put in on the day of receipt, and
  /// did not come on paper or by email.
  func isReferenceTold(putInOn day: CalendarDate) throws -> Bool {
    let received = try CalendarDate(event: receivedOn, field: "received_on")
    return day <= received && !["PAPER", "EMAIL"].contains(channel)
  }
}

extension KeptComplaint {
  /// - Throws: ``MalformedEvent``.
  init(_ event: Recourse_Intake_V1_ComplaintRecorded) throws {
    self.init(
      facts: ComplaintFacts(
        index: Int(event.index),
        behaviour: try range(event.behaviourFrom, event.behaviourTo, "behaviour"),
        complaint: try range(event.complaintFrom, event.complaintTo, "complaint"),
        body: event.body, complainant: event.complainantKey, incident: event.incidentKey,
        hate: event.hate, household: event.householdKey),
      madeTo: event.madeTo)
  }
}

extension TakeInConsent.Answer {
  init(_ event: Recourse_Intake_V1_ConsentGiven) {
    self.init(
      kind: .given, purpose: event.purpose,
      awaits: event.hasAwaitsConsent ? event.awaitsConsent : nil,
      on: event.hasAt ? CalendarDate(ofUnixSeconds: event.at.seconds) : nil)
  }

  init(_ event: Recourse_Intake_V1_ConsentRefused) {
    self.init(
      kind: .refused, purpose: event.purpose, awaits: event.awaitsConsent,
      on: event.hasAt ? CalendarDate(ofUnixSeconds: event.at.seconds) : nil)
  }

  init(_ event: Recourse_Intake_V1_ConsentWithdrawn) {
    self.init(
      kind: .withdrawn, purpose: event.purpose, awaits: event.awaitsConsent,
      on: event.hasAt ? CalendarDate(ofUnixSeconds: event.at.seconds) : nil)
  }
}

extension TakeInWithdrawal {
  /// - Throws: ``MalformedEvent``.
  init(_ event: Recourse_Intake_V1_ApplicationWithdrawn, _ library: PolicyLibrary) throws {
    self.init(
      on: try CalendarDate(event: event.withdrawnOn, field: "withdrawn_on"),
      underPressure: event.underPressure, library: library)
  }
}

private func range(
  _ from: String, _ to: String, _ field: String
) throws -> ClosedRange<CalendarDate> {
  let first = try CalendarDate(event: from, field: field + "_from")
  let last = to.isEmpty ? first : try CalendarDate(event: to, field: field + "_to")
  guard first <= last else { throw MalformedEvent(field: field + "_to") }
  return first...last
}
