/// What is done for a person. Consent is given agency by agency, so only an agency that was named is
/// referred to; with no such consent a person is told how to reach the agencies themselves.
enum SupportDecision: Sendable, Hashable {
  /// Referrals that are to be sent, in the pack's order.
  case refer([KeptReferral])
  /// Agencies whose details are offered, in the pack's order.
  case offer([String])

  /// - Parameters:
  ///   - consents: those to support referrals, oldest first; of one person's for an agency the newest is the
  ///     one that counts.
  ///   - agencies: keys of the agencies of the case's pack.
  static func make(consents: [KeptConsent], agencies: [String]) -> SupportDecision {
    let referrals = agencies.flatMap { agency in
      let own = consents.filter { $0.recipient == agency }
      return own.indices.filter { index in
        !own[(index + 1)...].contains { $0.personKey == own[index].personKey }
      }.map { index in
        KeptReferral(
          agency: agency, consentID: own[index].id, state: .intended,
          personKey: own[index].personKey)
      }
    }
    return referrals.isEmpty ? .offer(agencies) : .refer(referrals)
  }
}
