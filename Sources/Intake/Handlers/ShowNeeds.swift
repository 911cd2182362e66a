import CaseModel
import Foundation
import IntakeRules
import WorkerKit

/// Tells what has to be minded by whoever has to do with the people of a case, and records that it did.
struct ShowNeeds: Sendable {
  let purpose: Disclosure.Purpose
  /// Who asks.
  let caller: Caller

  struct View: Sendable {
    /// What somebody said that they need.
    struct Person: Sendable, Hashable {
      /// By where the application names them.
      let path: String
      let adjustments: [String]
      let contactNote: String
    }

    var isInDanger = false
    /// A name of `Application.Attendance`, or empty.
    var attendance = ""
    var people: [Person] = []
  }

  /// - Throws: the refusal `unknown-case`; PERMISSION_DENIED if the purpose is not approved for who asks.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> View {
    let fields = try caller.fields(Needs.minimum(for: purpose), for: purpose.rawValue)
    let told = try tx.toldApplication(reference)
    // Correspondence asks for each round of letters; what officers read is on record each time.
    try tx.auditDisclosure(
      to: caller, "intake.read-needs", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue), visit: purpose == .correspondence ? Bounds.visitLimit : .zero)
    var view = View()
    if fields.contains(.immediateDanger) { view.isInDanger = told.immediateDanger }
    if fields.contains(.attendance) { view.attendance = told.attendance }
    view.people = told.people.map { path, person in
      View.Person(
        path: path, adjustments: fields.contains(.adjustments) ? person.adjustments : [],
        contactNote: fields.contains(.contactNote) ? person.contactNote : "")
    }.filter { !$0.adjustments.isEmpty || !$0.contactNote.isEmpty }
    return view
  }
}

extension ToldApplication {
  /// Everybody who was named with how they are reached, by where the application names them.
  fileprivate var people: [(path: String, person: Person)] {
    [(ConsentingPerson.applicant.path, applicant)]
      + victims.enumerated().compactMap { place, victim in
        guard case .person(let person) = victim else { return nil }
        return (ConsentingPerson.victim(place).path, person)
      }
  }
}
