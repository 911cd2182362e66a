import IntakeRules

/// A complaint as it was reported. Stays in Intake; ``ComplaintFacts`` is what leaves.
struct ReportedComplaint: Sendable, Hashable {
  let dates: ReportedDates
  /// Name of `Complaint.MadeTo`, or empty if it was not said.
  let madeTo: String
  /// Key of the body in the pack, or empty.
  let body: String
  let reference: String
  /// Name of `Complaint.Channel`, or empty.
  let channel: String
  let incident: String
  let complainant: Complainant
  let what: String
  let responseSoFar: String
  /// Names of `Complaint.HateStrand`.
  let hateStrands: [String]
}

/// Who made a complaint.
enum Complainant: Sendable, Hashable {
  case applicant
  /// The first victim, where that is not the applicant.
  case victim
  /// By id in `others`.
  case other(String)
}
