import CaseModel
import Policy

extension Speech {
  /// A reason's sentence in which bodies go by their names and codes by words, and that reads well aloud.
  func sentence(_ reason: Reason, under pack: PolicyPack) -> String {
    let details = reason.details.map { detail in
      switch detail.name {
      case "body" where !detail.value.isEmpty:
        Reason.Detail("body", pack.body(detail.value)?.name ?? detail.value)
      case "besides": Reason.Detail("besides", pack.body(detail.value)?.name ?? detail.value)
      case "bodies" where reason.code == .recipientsNotApplied:
        Reason.Detail(
          "bodies",
          detail.value.split(separator: ",").map { key in
            let key = key.drop { $0 == " " }
            return pack.body(String(key))?.name ?? String(key)
          }.joined(separator: ", "))
      case "caveat": Reason.Detail("caveat", caveat(detail.value, under: pack))
      case "clause" where !detail.value.hasPrefix("s."):
        Reason.Detail("clause", clause(detail.value, under: pack))
      default: detail
      }
    }
    let sentence = Reason(reason.code, details).rendered(in: language)
    return sentence.split(separator: "s.104", omittingEmptySubsequences: false)
      .joined(separator: self("section 104", "adran 104"))
  }

  /// A condition as the procedure words it; in this language's words where the rules could only name its kind.
  func caveat(_ label: String, under pack: PolicyPack) -> String {
    if let kind = Caveat.Kind(rawValue: label) { return name(kind) }
    return own(label, pack.caveats.first { $0.words == label }?.wordsWelsh)
  }
}
