import CaseModel
import IntakeRules
import Policy
import PolicyLibrary
import WorkerKit

/// Passes on the least by which a body that is asked for information finds its own records, where somebody of the
/// application has consented to share it with the bodies, and records that it was.
///
/// It tells of victims who take part. Who said no to sharing does not, nor does one who is somebody else than the
/// applicant and has not let them apply.
struct PassOnRecordKeys {
  /// Key of the body that is asked.
  let body: String
  /// Who asks.
  let caller: Caller

  struct Keys: Sendable, Hashable {
    var people: [RecordedPerson]
    var complaints: [RecordedComplaint]
  }

  /// - Throws: the refusals `unknown-case`, `unknown-body` and `no-consent`; PERMISSION_DENIED if the purpose is not
  ///   approved for who asks.
  func apply(
    _ reference: CaseReference, _ library: PolicyLibrary, in tx: SliceTransaction
  ) throws -> Keys {
    let purpose = Disclosure.Purpose.informationRequest
    let fields = try caller.fields(Disclosure.minimum(for: purpose), for: purpose.rawValue)
    let known = try tx.knownCase(reference)
    guard try library.pack(known.policyDigest, in: tx).bodies.contains(where: { $0.key == body })
    else {
      throw Refusal(
        .input, code: "unknown-body", path: "body",
        message: "The case's procedure knows no body of this key.")
    }
    let victims = try tx.victims(of: reference)
    let ledger = try tx.consents(of: reference)
    let people = ledger.sharing(victims)
    guard !people.isEmpty else {
      throw Refusal(
        .state, code: "no-consent",
        message: "Nobody of this case who takes part has consented to share it with the bodies.")
    }
    let keys = Keys(
      people: try people.compactMap { try tx.recordedPerson($0, reference) },
      complaints: try tx.recordedComplaints(to: body, reference))
    try tx.auditDisclosure(
      to: caller, "intake.pass-on-record-keys", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue), grounds: "to \(body)")
    return keys.limited(to: fields)
  }
}

extension ConsentLedger {
  /// Victims whose records may be looked for: none while nobody has consented to sharing.
  func sharing(_ victims: [ConsentingPerson]) -> [ConsentingPerson] {
    func word(_ purpose: String, of person: ConsentingPerson) -> AwaitedConsents.Word? {
      answers.last { $0.subject.person == person && $0.subject.purpose == purpose }?.word
    }
    let somebodyShares = (victims + [.applicant]).contains {
      word(ConsentSubject.sharing, of: $0) == .yes
    }
    guard somebodyShares else { return [] }
    return victims.filter { victim in
      let own = word(ConsentSubject.sharing, of: victim)
      guard own != .no else { return false }
      return victim == .applicant || own == .yes || hasAuthority(of: victim)
    }
  }
}

extension PassOnRecordKeys.Keys {
  /// Nothing but these fields; who or what has none of them left is not there at all.
  fileprivate func limited(to fields: [Disclosure.Field]) -> Self {
    let told = Set(fields)
    var keys = self
    keys.people = people.map {
      RecordedPerson(
        name: told.contains(.recordedName) ? $0.name : "",
        address: told.contains(.recordedAddress) ? $0.address : "")
    }.filter { !$0.name.isEmpty || !$0.address.isEmpty }
    if !told.contains(.recordedReference) { keys.complaints = [] }
    return keys
  }
}
