import IntakeRules

/// Somebody whom an application names with their contact details. Stays in Intake.
struct Person: Sendable, Hashable {
  /// Name of `Party.Kind`, or empty if it was not said.
  var kind = ""
  var name: String
  var email = ""
  var phone = ""
  var postalAddress = ""
  var language = ""
  var organisation = ""
  var relation = ""
  var adjustments: [String] = []
  /// Ways by which it is safe to reach them; each has its address.
  var safeChannels: [SafeChannel] = []
  /// HH:MM-HH:MM, or empty for any time.
  var phoneBetween = ""
  var voicemail = false
  var contactNote = ""
}

/// A victim of the behaviour.
enum Victim: Sendable, Hashable {
  case applicant
  case person(Person)
}

extension [Victim] {
  /// Whose consents theirs are, in the application's order.
  var people: [ConsentingPerson] {
    enumerated().map { place, victim in victim == .applicant ? .applicant : .victim(place) }
  }
}

/// Somebody else who complained.
struct OtherComplainant: Sendable, Hashable {
  let id: String
  /// A word for their household, or empty if it was not said.
  let household: String
  let name: String
}

/// Kept in a compartment of its own: nothing about them leaves this worker but whether a text names them.
struct AllegedPerpetrator: Sendable, Hashable {
  let name: String
  let relation: String
  let tenantOf: String
  let address: String
}
