/// Whose protected values a text must not have.
public enum ProtectedParty: String, Sendable, Hashable, CaseIterable {
  case allegedPerpetrator = "ALLEGED_PERPETRATOR"
  case applicantSide = "APPLICANT_SIDE"
  case otherVictims = "OTHER_VICTIMS"
}

/// For whom a notice is, as far as it matters to what it may say.
public enum NoticeReader: Sendable, Hashable {
  /// The applicant or a victim.
  case person
  case body
}

extension NoticeReader {
  /// The table. Who is complained of is named to nobody. What a person is told names nobody else of their own side: who
  /// complained together may live apart in fear of one another. A body that may know who applied asks for it, for a
  /// purpose that is recorded, and needs no letter with it.
  public var protected: [ProtectedParty] {
    switch self {
    case .person: [.allegedPerpetrator, .otherVictims]
    case .body: [.allegedPerpetrator, .applicantSide]
    }
  }
}
