import CaseModel
import ThresholdRules
import WorkerKit

/// What Intake announced of an application.
struct KeptApplication: Sendable, Hashable {
  let reference: CaseReference
  let policyDigest: String
  /// The day in Europe/London.
  let receivedOn: CalendarDate
  /// How many complaints to wait for.
  let complaintsExpected: Int
  /// The day of receipt that clocks go by: what arrives after hours counts from the next working day.
  var clockReceipt: CalendarDate
  /// The day on which the applicant knew that it is there; nil while nobody has evidence of that.
  var acknowledgedOn: CalendarDate?
  /// A consent without which a review cannot be run is not there yet.
  var awaitsConsent = false
  /// The day on which it was taken back; nil if it was not.
  var withdrawnOn: CalendarDate?
  /// The person says that they were put under pressure to take it back.
  var withdrawnUnderPressure = false
}

/// What Intake announced of a complaint.
struct KeptComplaint: Sendable, Hashable {
  /// What the rules look at.
  let facts: ComplaintFacts
  /// What kind of body it was made to, as the form words it.
  let madeTo: String
}

extension SliceTransaction {
  /// Keeps an application. False if it is kept already.
  func keep(_ application: KeptApplication) throws -> Bool {
    try execute(
      """
      INSERT INTO application (
        case_reference, policy_digest, received_on, complaints_expected, clock_receipt,
        awaits_consent, acknowledged_on
      ) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_reference) DO NOTHING
      """, .text(application.reference.description), .text(application.policyDigest),
      .text(application.receivedOn.description), .integer(application.complaintsExpected),
      .text(application.clockReceipt.description), .bool(application.awaitsConsent),
      .optionalText(application.acknowledgedOn?.description)) > 0
  }

  /// Keeps when the applicant knew that the application is there.
  /// - Parameter day: nil if they did not after all.
  func keepAcknowledged(on day: CalendarDate?, _ reference: CaseReference) throws {
    try execute(
      "UPDATE application SET acknowledged_on = ? WHERE case_reference = ?",
      .optionalText(day?.description), .text(reference.description))
  }

  /// Keeps by which day of receipt a case's clocks go.
  func keepClockReceipt(_ day: CalendarDate, of reference: CaseReference) throws {
    try execute(
      "UPDATE application SET clock_receipt = ? WHERE case_reference = ?", .text(day.description),
      .text(reference.description))
  }

  /// Keeps that the clock for answers was seen to.
  func keepAnswersCounted(_ reference: CaseReference) throws {
    try execute(
      "UPDATE application SET counts_answers = 1 WHERE case_reference = ?",
      .text(reference.description))
  }

  /// Keeps that somebody consented, to something without which a review cannot be run.
  func keepConsent(to purpose: String, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO application_consent (case_reference, purpose) VALUES (?, ?)
      ON CONFLICT (case_reference, purpose) DO NOTHING
      """, .text(reference.description), .text(purpose))
  }

  /// Keeps whether a consent is waited for.
  func keepAwaitsConsent(_ awaits: Bool, _ reference: CaseReference) throws {
    try execute(
      "UPDATE application SET awaits_consent = ? WHERE case_reference = ?", .bool(awaits),
      .text(reference.description))
  }

  /// Keeps that the application was taken back.
  func keepWithdrawn(
    on day: CalendarDate, underPressure: Bool, _ reference: CaseReference
  ) throws {
    try execute(
      """
      UPDATE application SET withdrawn_on = ?, withdrawn_under_pressure = ?
      WHERE case_reference = ?
      """, .text(day.description), .bool(underPressure), .text(reference.description))
  }

  /// Keeps a complaint; one that is kept already stays as it is.
  func keep(_ complaint: KeptComplaint, of reference: CaseReference) throws {
    let facts = complaint.facts
    try execute(
      """
      INSERT INTO complaint (
        case_reference, place, behaviour_from, behaviour_to, complaint_from, complaint_to,
        body, made_to, complainant_key, household_key, incident_key, hate
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (case_reference, place) DO NOTHING
      """, .text(reference.description), .integer(facts.index),
      .text(facts.behaviour.lowerBound.description), .text(facts.behaviour.upperBound.description),
      .text(facts.complaint.lowerBound.description), .text(facts.complaint.upperBound.description),
      .text(facts.body), .text(complaint.madeTo), .text(facts.complainant),
      .text(facts.household), .text(facts.incident), .bool(facts.hate))
  }
}

extension SliceReader {
  /// The application of a case, if it has been announced.
  func application(of reference: CaseReference) throws -> KeptApplication? {
    try row(
      """
      SELECT policy_digest, received_on, complaints_expected,
        COALESCE(clock_receipt, received_on) AS clock_receipt, awaits_consent, acknowledged_on,
        withdrawn_on, withdrawn_under_pressure
      FROM application WHERE case_reference = ?
      """, .text(reference.description)
    ).map {
      KeptApplication(
        reference: reference, policyDigest: try $0.text("policy_digest"),
        receivedOn: try storedDate(try $0.text("received_on")),
        complaintsExpected: try $0.int("complaints_expected"),
        clockReceipt: try storedDate(try $0.text("clock_receipt")),
        acknowledgedOn: try $0.optionalText("acknowledged_on").map(storedDate),
        awaitsConsent: try $0.bool("awaits_consent"),
        withdrawnOn: try $0.optionalText("withdrawn_on").map(storedDate),
        withdrawnUnderPressure: try $0.bool("withdrawn_under_pressure"))
    }
  }

  /// True if somebody has consented to this.
  func hasConsent(to purpose: String, of reference: CaseReference) throws -> Bool {
    try row(
      "SELECT purpose FROM application_consent WHERE case_reference = ? AND purpose = ?",
      .text(reference.description), .text(purpose)) != nil
  }

  /// Cases of before clocks were kept.
  func casesWithoutClocks() throws -> [CaseReference] {
    try rows(
      "SELECT case_reference FROM application WHERE clock_receipt IS NULL ORDER BY case_reference"
    ).map { try CaseReference(parsing: try $0.text("case_reference")) }
  }

  /// Undecided cases of before the clock for answers ran whether or not somebody was asked.
  func casesWithoutClockForAnswers() throws -> [CaseReference] {
    try rows(
      "SELECT case_reference FROM application WHERE counts_answers = 0 ORDER BY case_reference"
    ).map { try CaseReference(parsing: try $0.text("case_reference")) }
  }

  /// What the rules look at, with the complaints in the application's order.
  func facts(of application: KeptApplication) throws -> ApplicationFacts {
    let complaints = try rows(
      """
      SELECT place, behaviour_from, behaviour_to, complaint_from, complaint_to, body,
        complainant_key, household_key, incident_key, hate
      FROM complaint WHERE case_reference = ? ORDER BY place
      """, .text(application.reference.description)
    ).map { row in
      ComplaintFacts(
        index: try row.int("place"), behaviour: try storedRange("behaviour", in: row),
        complaint: try storedRange("complaint", in: row), body: try row.text("body"),
        complainant: try row.text("complainant_key"), incident: try row.text("incident_key"),
        hate: try row.bool("hate"), household: try row.text("household_key"))
    }
    return ApplicationFacts(receivedOn: application.receivedOn, complaints: complaints)
  }
}
