public import CaseModel
public import Foundation
import IntakeRules

/// An application that has passed every check. What is public of it is not personal: days, keys of
/// bodies and areas, and facts that a rule needs.
public struct CheckedApplication: Sendable, Hashable {
  /// Key of the area.
  public let area: String
  /// Names the pack that is in force in the area on the day of receipt.
  public let policyDigest: String
  public let receivedAt: Date
  /// The local day of receipt, in Europe/London.
  public let receivedOn: CalendarDate
  /// How the applicant came: the name of `Application.Channel`, or empty.
  public let channel: String

  let complaints: [ReportedComplaint]
  let applicant: Person
  let victims: [Victim]
  let others: [OtherComplainant]
  let allegedPerpetrators: [AllegedPerpetrator]
  let consents: [ConsentAnswer]
  let impact: String
  let desiredOutcome: String
  let attendance: String
  let immediateDanger: Bool
  let riskAnswers: String
  let heardVia: String
  let heardMaterial: String

  /// What may leave Intake about each complaint, in the order of the application.
  /// - Parameter keys: the case's own; the default is for a check that leaves no trace.
  public func complaintFacts(keys: CaseKeys = .withoutCase) -> [ComplaintFacts] {
    let households = Dictionary(others.map { ($0.id, $0.household) }) { first, _ in first }
    // Most complaints are one person's, and a key takes longer to make than to look up.
    var complainantKeys: [Complainant: String] = [:]
    return complaints.enumerated().map { index, complaint in
      let household =
        if case .other(let id) = complaint.complainant { households[id, default: ""] } else { "" }
      let complainantKey =
        complainantKeys[complaint.complainant] ?? keys.complainant(complaint.complainant)
      complainantKeys[complaint.complainant] = complainantKey
      return ComplaintFacts(
        complaint, at: index, complainantKey: complainantKey,
        householdKey: keys.household(household), keys: keys)
    }
  }

  /// What a review cannot be run without and is not there. The application is taken in all the same.
  var awaited: [AwaitedConsents.Awaited] {
    let words = Dictionary(
      consents.map { ($0.subject, $0.given ? AwaitedConsents.Word.yes : .no) }
    ) { _, later in later }
    return AwaitedConsents.find(words, victims.people)
  }

  /// Keys of the bodies that complaints name, each once, in the order of the application.
  public var bodies: [String] {
    var bodies: [String] = []
    for body in complaints.map(\.body) where !body.isEmpty && !bodies.contains(body) {
      bodies.append(body)
    }
    return bodies
  }
}

/// What a rule needs to know about a complaint, and nothing personal.
public struct ComplaintFacts: Sendable, Hashable {
  /// Place in the application, from 0.
  public let index: Int
  /// Days on which the behaviour can have been, both ends included.
  public let behaviour: ClosedRange<CalendarDate>
  /// Days on which the complaint can have been made, both ends included.
  public let complaint: ClosedRange<CalendarDate>
  /// The name of `Complaint.MadeTo`, or empty.
  public let madeTo: String
  /// Key of the body in the pack, or empty.
  public let body: String
  /// Equal for complaints by the same complainant.
  public let complainantKey: String
  /// Equal for complainants of the same household; empty if the household was not said.
  public let householdKey: String
  /// Equal for reports of one occurrence. A complaint that names none has a key of its own.
  public let incidentKey: String
  /// Whether it was reported as hate, by whichever strand.
  public let hate: Bool
}

extension ComplaintFacts {
  /// - Parameter index: place among all complaints of the case.
  init(
    _ complaint: ReportedComplaint, at index: Int, complainantKey: String, householdKey: String,
    keys: CaseKeys
  ) {
    self.init(
      index: index, behaviour: complaint.dates.behaviour, complaint: complaint.dates.complaint,
      madeTo: complaint.madeTo, body: complaint.body, complainantKey: complainantKey,
      householdKey: householdKey,
      incidentKey: keys.incident(complaint.incident, complaint: index),
      hate: !complaint.hateStrands.isEmpty)
  }
}
