/// To whom a case's letters may go by themselves.
public enum PersonToWriteTo {
  /// Whether somebody of an application may be written to without a person who looks first.
  ///
  /// A victim for whom somebody else applies is asked before they have answered: they cannot say yes to a letter that
  /// nobody sends. Who has said no takes no part, and is left in peace. Whoever applied is answered; but where every
  /// victim has said no to them, the case is nobody's of theirs, and what a letter would say is about others.
  ///
  /// - Parameters:
  ///   - applicantIsVictim: whether the applicant is a victim too, or the only one.
  ///   - victims: the others, with what they have said.
  public static func mayBeWrittenTo(
    _ person: ConsentingPerson, applicantIsVictim: Bool, victims: [AwaitedConsents.Victim]
  ) -> Bool {
    let refused = victims.filter { $0.authority == .no || $0.sharing == .no }
    switch person {
    case .victim(let place): return !refused.contains { $0.place == place }
    case .applicant: return applicantIsVictim || victims.isEmpty || refused.count < victims.count
    }
  }
}
