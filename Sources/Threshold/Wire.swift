import CaseModel
import Messages
import ThresholdRules
import WorkerKit

/// Reads what other workers announce into the values that Threshold works with. Generated messages go
/// no further than here and the other files of `Wire/`.
extension KeptApplication {
  /// - Throws: ``MalformedEvent``; the event then waits with its case until somebody has looked.
  init(_ event: Recourse_Intake_V1_ApplicationReceived) throws {
    self.init(
      reference: try CaseReference(event: event.caseReference),
      policyDigest: event.policyDigest, receivedOn: try date(event.receivedOn, "received_on"),
      complaintsExpected: Int(event.complaints))
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
        hate: event.hate),
      madeTo: event.madeTo, household: event.householdKey)
  }
}

extension CaseReference {
  /// Reads the reference that an event carries.
  init(event text: String) throws {
    do {
      try self.init(parsing: text)
    } catch {
      throw MalformedEvent(field: "case_reference")
    }
  }

  /// Reads the reference that a request carries, as people write it.
  /// - Throws: a refusal.
  init(request text: String) throws {
    do {
      try self.init(parsing: text)
    } catch {
      throw Refusal(
        .input, code: error.code, path: "caseReference", message: error.description)
    }
  }
}

private func date(_ text: String, _ field: String) throws -> CalendarDate {
  guard let date = CalendarDate(text) else { throw MalformedEvent(field: field) }
  return date
}

private func range(
  _ from: String, _ to: String, _ field: String
) throws -> ClosedRange<CalendarDate> {
  let first = try date(from, field + "_from")
  let last = to.isEmpty ? first : try date(to, field + "_to")
  guard first <= last else { throw MalformedEvent(field: field + "_to") }
  return first...last
}

/// An event that cannot be taken into account. It names the field and never repeats what stands there.
struct MalformedEvent: Error, Hashable, CustomStringConvertible {
  let field: String

  var description: String { "the field \(field) of the event is not what it should be" }
}
