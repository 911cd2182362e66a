import CaseModel
public import Policy

extension Letter {
  /// Who writes, as far as anybody may see it, and where a case is followed.
  public struct Sender: Sendable, Hashable {
    /// A name that tells nothing, such as the council's; empty where the area has none.
    public let name: String
    /// The page on which a case is followed, without scheme; empty where there is none.
    public let followAt: String
    /// False where whoever it is for has no code of the case, as only who applied has.
    public let readerHasCode: Bool

    /// Characters of a name that is put on the outside; a longer one is left out.
    public static let nameLimit = 80

    /// - Parameters:
    ///   - name: left out where it tells, or is longer than ``nameLimit``.
    ///   - followAt: left out of text messages where it tells.
    ///   - readerHasCode: without a code there is nothing that they could follow.
    public init(name: String, followAt: String = "", readerHasCode: Bool = true) {
      let plain = name.withoutControls
      self.name = Self.isDiscreet(plain) && plain.count <= Self.nameLimit ? plain : ""
      self.followAt = readerHasCode ? followAt : ""
      self.readerHasCode = readerHasCode
    }

    /// The council that decides or, where there is one alone, that council; else what the area is called.
    public init(_ pack: PolicyPack, followAt: String = "", readerHasCode: Bool = true) {
      let lead = pack.body(pack.procedure.decision.body).flatMap { $0.kind == .council ? $0 : nil }
      let councils = pack.bodies.filter { $0.kind == .council && $0.until == nil }
      let only = councils.count == 1 ? councils.first : nil
      self.init(
        name: (lead ?? only)?.name ?? pack.procedure.title, followAt: followAt,
        readerHasCode: readerHasCode)
    }
  }
}

extension Letter.Sender {
  /// What would tell a bystander what a message is about, in both languages; lower case.
  static let tellingWords = [
    "asb", "yg", "anti-social", "antisocial", "case review", "casereview", "police", "policing",
    "victim", "trigger", "hate", "crime", "appeal", "panel", "perpetrator", "community safety",
    "gwrthgymdeithasol", "adolygiad achos", "heddlu", "plismona", "dioddefwr", "dioddefwyr",
    "sbardun", "casineb", "trosedd", "apêl", "diogelwch cymunedol",
  ]

  /// True if none of the words that tell is in it. The shortest ones only tell where they stand alone or begin a
  /// word.
  static func isDiscreet(_ text: String) -> Bool {
    let lower = text.lowercased()
    let words = lower.split { !$0.isLetter && !$0.isNumber }
    return tellingWords.allSatisfy { telling in
      telling.count > 3
        ? !lower.contains(telling)
        : !words.contains { $0 == telling || (telling == "asb" && $0.hasPrefix(telling)) }
    }
  }
}
