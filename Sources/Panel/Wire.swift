import CaseModel
import Messages
import WorkerKit

/// Reads what other workers announce into the values that Panel works with. Generated messages go no
/// further than here and the other files of `Wire/`.
///
/// What cannot be read throws ``MalformedEvent``: the event then waits with its case until somebody has
/// looked.
struct Receipt: Sendable, Hashable {
  let reference: CaseReference
  /// The day in Europe/London.
  let receivedOn: CalendarDate

  init(_ event: Recourse_Intake_V1_ApplicationReceived) throws {
    reference = try CaseReference(event: event.caseReference)
    receivedOn = try date(event.receivedOn, "received_on")
  }
}

/// A decision that makes a review owed (s.104(1)).
struct MetDecision: Sendable, Hashable {
  let reference: CaseReference
  let policyDigest: String
  let decidedOn: CalendarDate

  /// Nil if it was decided that the threshold is not met.
  init?(_ event: Recourse_Threshold_V1_ThresholdDecided) throws {
    guard event.met else { return nil }
    reference = try CaseReference(event: event.caseReference)
    policyDigest = event.policyDigest
    decidedOn = try date(event.decidedOn, "decided_on")
  }
}

extension CaseReference {
  /// Reads the reference that an event carries.
  fileprivate init(event text: String) throws {
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

/// An event that cannot be taken into account. It names the field and never repeats what stands there.
struct MalformedEvent: Error, Hashable, CustomStringConvertible {
  let field: String

  var description: String { "the field \(field) of the event is not what it should be" }
}
