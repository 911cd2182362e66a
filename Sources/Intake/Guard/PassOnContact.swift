import CaseModel
import IntakeRules
import WorkerKit

/// Passes on how to write to somebody of a case safely, and records that it was. Who takes no part has no ways: a person
/// looks into it.
struct PassOnContact: Sendable {
  /// By where the application names them; empty for the applicant, or whom the key names.
  let person: String
  /// As events name them.
  let personKey: String
  /// Who asks.
  let caller: Caller

  struct Answer: Sendable {
    let contact: SafeContactDetails
    let person: ConsentingPerson
    let key: String
  }

  /// - Throws: the refusals `unknown-case`, `unknown-person`, `contradiction` and `no-contact`; PERMISSION_DENIED if the
  ///   purpose is not approved for who asks.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Answer {
    let purpose = Disclosure.Purpose.correspondence
    let fields = try caller.fields(Disclosure.minimum(for: purpose), for: purpose.rawValue)
    let known = try tx.knownCase(reference)
    let victims = try tx.victims(of: reference)
    let person = try choose(known, victims, in: tx)
    guard var contact = try tx.contact(of: person, reference) else {
      throw Refusal(
        .state, code: "no-contact",
        message: "The case has nobody there who could be written to.")
    }
    let mayBeWrittenTo = try tx.consents(of: reference).mayBeWrittenTo(person, victims)
    if !mayBeWrittenTo { contact = contact.limited(to: fields.filter { $0 != .ways }) }
    try tx.auditDisclosure(
      to: caller, "intake.pass-on-contact", of: reference, purpose: purpose.rawValue,
      fields: fields.filter { mayBeWrittenTo || $0 != .ways }.map(\.rawValue),
      grounds: "of \(person.path)")
    return Answer(
      contact: contact.limited(to: fields), person: person, key: known.keys.person(person))
  }

  private func choose(
    _ known: KnownCase, _ victims: [ConsentingPerson], in slice: SliceReader
  ) throws -> ConsentingPerson {
    let named =
      person.isEmpty ? nil : try slice.person(named: person, field: "person", victims: victims)
    guard !personKey.isEmpty else { return named ?? .applicant }
    guard
      let keyed = ([.applicant] + victims).first(where: { known.keys.person($0) == personKey })
    else {
      throw Refusal(
        .input, code: "unknown-person", path: "personKey",
        message: "This is the key of nobody in the case; expected one from its events.")
    }
    guard named == nil || named == keyed else {
      throw Refusal(
        .input, code: "contradiction", path: "personKey",
        message: "The key is another person's; expected one of person and personKey.")
    }
    return keyed
  }
}

extension ConsentLedger {
  /// See ``PersonToWriteTo``.
  fileprivate func mayBeWrittenTo(
    _ person: ConsentingPerson, _ victims: [ConsentingPerson]
  ) -> Bool {
    func word(_ purpose: String, of person: ConsentingPerson) -> AwaitedConsents.Word? {
      answers.last { $0.subject.person == person && $0.subject.purpose == purpose }?.word
    }
    let others = victims.compactMap { victim -> AwaitedConsents.Victim? in
      guard case .victim(let place) = victim else { return nil }
      return AwaitedConsents.Victim(
        place: place, authority: word(ConsentSubject.thirdPartyAuthority, of: victim),
        sharing: word(ConsentSubject.sharing, of: victim))
    }
    return PersonToWriteTo.mayBeWrittenTo(
      person, applicantIsVictim: victims.contains(.applicant), victims: others)
  }
}
