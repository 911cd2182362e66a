import CaseModel
import Foundation
import IntakeRules
import PolicyLibrary
import WorkerKit

/// Adds a complaint to an application that was received before. What it comes to is for Threshold: while nothing is
/// decided it is assessed with the others, afterwards it is on record.
struct AddComplaint: Sendable {
  let form: LaterComplaintForm
  /// Who else made it, as the person calls them; empty where the form says who made it.
  let other: String
  let library: PolicyLibrary

  /// - Throws: the refusals `withdrawn`, `too-many`, `too-long` and `contradiction`; ``FormProblems``.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let known = try tx.knownCase(reference)
    try tx.checkNotWithdrawn(reference)
    let place = try tx.complaintCount(of: reference)
    guard place < DoorBounds.complaintsLimit else {
      throw Refusal(
        .state, code: "too-many", path: "complaint",
        message: "A case takes \(DoorBounds.complaintsLimit) complaints; those on record stand.")
    }
    let victims = try tx.victims(of: reference)
    var (form, others) = (form, try tx.otherComplainants(of: reference))
    let added = try takeOther(&form, &others)
    let complaint = try form.read(
      under: try library.pack(known.policyDigest, in: tx), of: victims,
      others: Set(others.map(\.id)), on: tx.today, now: tx.now)
    if let added { try tx.keep(added, .text(reference.description)) }
    try tx.keep(complaint, place, .text(reference.description), addedOn: tx.today)
    try tx.audit(
      actor: OpenCase.actor, action: "intake.add-complaint", subject: reference.description,
      reason: "complaint \(place + 1)")
    try tx.announceRecorded(
      ComplaintFacts(
        complaint, at: place, complainantKey: known.keys.complainant(complaint.complainant),
        householdKey: known.keys.household(complaint.household(others)), keys: known.keys),
      under: known.policyDigest, reference, addedLater: true)
  }

  /// Says in the form who made it, where it is somebody whom the person names here.
  /// - Returns: who has not been named before.
  private func takeOther(
    _ form: inout LaterComplaintForm, _ others: inout [OtherComplainant]
  ) throws -> OtherComplainant? {
    let name = try doorText(other, path: "otherComplainant", limit: DoorBounds.nameLimit)
    guard !name.isEmpty else { return nil }
    guard form.complainant.isEmpty else {
      throw Refusal(
        .input, code: "contradiction", path: "otherComplainant",
        message: "Expected the complaint's complainant, or who else made it, and not both.")
    }
    if let known = others.first(where: { $0.name.lowercased() == name.lowercased() }) {
      form.complainant = known.id
      return nil
    }
    let ids = Set(others.map(\.id))
    let id = (1...others.count + 1).map { "other-\($0)" }.first { !ids.contains($0) } ?? ""
    // As of an application: everybody is a household of their own, unless it is said otherwise.
    let person = OtherComplainant(id: id, household: name, name: name)
    others.append(person)
    form.complainant = id
    return person
  }
}

extension ReportedComplaint {
  /// Of who made it, or empty.
  fileprivate func household(_ others: [OtherComplainant]) -> String {
    guard case .other(let id) = complainant else { return "" }
    return others.first { $0.id == id }?.household ?? ""
  }
}

/// Replaces how the applicant is reached.
struct ChangeContact: Sendable {
  let form: ContactForm

  /// - Throws: ``FormProblems``.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let known = try tx.knownCase(reference)
    let person = try form.read(
      instead: try tx.person(.applicant, 0, reference), now: tx.now)
    try tx.replaceContact(with: person, of: reference)
    try tx.audit(
      actor: OpenCase.actor, action: "intake.change-contact", subject: reference.description)
    try tx.announceContactChanged(of: known, on: tx.today)
  }
}

/// Keeps how the applicant means to take part.
struct ChangeAttendance: Sendable {
  /// Name of `Application.Attendance`.
  let attendance: String

  /// - Throws: the refusal `withdrawn`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let known = try tx.knownCase(reference)
    try tx.checkNotWithdrawn(reference)
    try tx.keepAttendance(attendance, of: reference)
    try tx.audit(
      actor: OpenCase.actor, action: "intake.change-attendance", subject: reference.description,
      reason: attendance)
    try tx.announceAttendance(attendance, of: known, on: tx.today)
  }
}

/// Takes an application back. Nothing is decided any more; support goes on, and so do consents. That the person says they
/// were put under pressure is announced, so that somebody gets in touch with them; why stays here.
struct WithdrawApplication: Sendable {
  let reason: String
  let underPressure: Bool
  /// Who records it, where the applicant does not do it themselves.
  var officer = OpenCase.actor

  /// - Throws: the refusals `unknown-case`, and `withdrawn` for one that was taken back before.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let known = try tx.knownCase(reference)
    try tx.checkNotWithdrawn(reference)
    let withdrawal = KeptWithdrawal(on: tx.today, reason: reason, underPressure: underPressure)
    try tx.keepWithdrawal(withdrawal, of: reference)
    try tx.endAnswerCodes(reference)
    try tx.audit(
      actor: officer, action: "intake.withdraw", subject: reference.description,
      reason: underPressure ? "says that it was under pressure" : "", words: reason)
    try tx.announceWithdrawn(withdrawal, of: known)
  }
}
