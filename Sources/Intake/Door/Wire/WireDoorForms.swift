import CaseModel
import Foundation
import IntakeRules
import Messages
import Policy
import SwiftProtobuf

/// An application that a draft became, checked as strictly as any that is submitted.
struct HandedInForm: Sendable {
  let message: Recourse_Intake_V1_Application

  /// Where it is for, how it came and who hands it in are the draft's, whatever it says.
  /// - Throws: everything that is wrong with it.
  func read(
    as draft: KeptDraft, shelf: PolicyShelf, now: Date
  ) throws(FormProblems) -> CheckedApplication {
    var application = message
    application.area = draft.area
    application.channel = .named(draft.channel)
    return try ApplicationForm.read(
      application, shelf: shelf, now: now, maySetReceivedAt: !draft.officer.isEmpty)
  }
}

/// A complaint that is added later, written as an application would have it.
struct LaterComplaintForm: Sendable {
  private var message: Recourse_Intake_V1_Complaint

  init(message: Recourse_Intake_V1_Complaint) { self.message = message }

  /// Who made it, as the form names them; empty if it does not.
  var complainant: String {
    get { message.complainant }
    set { message.complainant = newValue }
  }

  /// - Parameters:
  ///   - pack: the case's own.
  ///   - victims: those of the application, in its order.
  ///   - others: ids of who else complained.
  ///   - today: it was made by then.
  /// - Throws: everything that is wrong with it.
  func read(
    under pack: PolicyPack, of victims: [ConsentingPerson], others: Set<String>,
    on today: CalendarDate, now: Date
  ) throws(FormProblems) -> ReportedComplaint {
    let path = FormPath.whole.field("complaint")
    try SchemaCheck.check("recourse.intake.v1.Complaint", message, at: path)
    var reader = ApplicationReader(shelf: PolicyShelf([pack]), now: now, maySetReceivedAt: false)
    let complaint = reader.readComplaint(
      message,
      ComplaintSurroundings(
        receivedOn: today, pack: pack,
        victims: victims.map { $0 == .applicant ? .applicant : .person(Person(name: "")) },
        otherIDs: others, isLater: true), at: path)
    try reader.problems.throwIfAny()
    guard let complaint else { throw ProblemList.one(.missing, at: path, "It is not complete.") }
    return complaint
  }
}

/// How somebody is reached, written as an application would have it.
struct ContactForm: Sendable {
  let message: Recourse_Intake_V1_Party

  /// - Parameter kept: what is on record of them, of which name and kind stay.
  /// - Throws: everything that is wrong with it.
  func read(instead kept: Person, now: Date) throws(FormProblems) -> Person {
    let path = FormPath.whole.field("contact")
    try SchemaCheck.check("recourse.intake.v1.Party", message, at: path)
    var party = message
    party.name = kept.name
    var reader = ApplicationReader(shelf: PolicyShelf([]), now: now, maySetReceivedAt: false)
    var person = reader.readPerson(party, at: path)
    try reader.problems.throwIfAny()
    (person.kind, person.organisation, person.relation) =
      (kept.kind, kept.organisation, kept.relation)
    return person
  }
}

extension SchemaCheck {
  /// Looks at a part of an application as closely as at a whole one.
  /// - Throws: everything that does not fit.
  static func check(
    _ name: String, _ message: some Message, at path: FormPath
  ) throws(FormProblems) {
    let json: [UInt8]
    do {
      json = try message.jsonUTF8Bytes()
    } catch {
      throw ProblemList.one(.notATimestamp, at: path, "This cannot be read.")
    }
    var check = SchemaCheck(.application)
    check.check(message: name, try JSONText.read(json), at: path)
    try check.problems.throwIfAny()
  }
}

extension Recourse_Intake_V1_FormFault {
  init(_ problem: FormProblem) {
    self.init()
    code = problem.code.rawValue
    path = problem.path
    message = problem.message
  }
}
