public import CaseModel
public import Policy

/// Says what the rules say in the plain words of a letter, for a page that is no letter.
public struct SpokenReasons: Sendable, Hashable {
  /// The procedure that the rules applied.
  public let pack: PolicyPack
  /// What it is said in.
  public let language: Language

  /// Says reasons of assessments under a pack.
  public init(pack: PolicyPack, language: Language) {
    self.pack = pack
    self.language = language
  }

  /// A part of a sentence.
  public struct Part: Sendable, Hashable {
    /// Its words.
    public let text: String
    /// True for words that stay in English on a Welsh page, such as a clause of the procedure.
    public let isEnglish: Bool
  }

  /// Why a complaint counts, or does not.
  public func complaint(_ reason: Reason) -> [Part] { parts(say.plainly(reason, under: pack)) }

  /// What a route asks for besides numbers.
  public func condition(_ reason: Reason) -> [Part] { parts(say.condition(reason, under: pack)) }

  private var say: Speech { Speech(language: language) }

  private func parts(_ sentence: String) -> [Part] {
    var parts: [Part] = []
    for (number, run) in sentence.split(
      separator: Paper.Foreign.begins, omittingEmptySubsequences: false
    ).enumerated() {
      let pieces = run.split(
        separator: Paper.Foreign.ends, maxSplits: 1, omittingEmptySubsequences: false)
      let isMarked = number > 0 && pieces.count == 2
      if isMarked { parts.append(Part(text: String(pieces[0]), isEnglish: true)) }
      let rest = isMarked ? pieces[1] : run
      if !rest.isEmpty { parts.append(Part(text: String(rest), isEnglish: false)) }
    }
    return parts
  }
}
