import CaseModel
import Policy
import ThresholdRules

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
      case "caveat": Reason.Detail("caveat", caveat(detail.value))
      default: detail
      }
    }
    let sentence = Reason(reason.code, details).rendered(in: language)
    return sentence.split(separator: "s.104", omittingEmptySubsequences: false)
      .joined(separator: self("section 104", "adran 104"))
  }

  /// A condition as the procedure words it; in this language's words where the rules could only name its kind.
  func caveat(_ label: String) -> String {
    let kind = Caveat.Kind.allCases.first { kind in
      String(kind.rawValue.map { $0 == "-" ? " " : $0 }) == label
    }
    return kind.map(name) ?? label
  }

  /// Who stands behind a complaint; nothing where it is the applicant alone. Which body it was is not said:
  /// it need not be the one that the complaint was made to.
  func sentence(_ standing: Standing, isCounted: Bool) -> String {
    let allTheSame =
      isCounted ? self(" We counted it all the same.", " Fe'i cyfrifwyd er hynny.") : ""
    return switch standing {
    case .applicantSays: ""
    case .bodyConfirms:
      self("A body that we asked has it on record.", "Mae gan gorff y gofynnwyd iddo gofnod ohoni.")
    case .bodyDisputes:
      self(
        "A body that we asked says that it was not reported.",
        "Mae corff y gofynnwyd iddo yn dweud na roddwyd gwybod amdani.") + allTheSame
    case .nobodyKnows:
      self(
        "We asked, and no record of it was found.", "Gofynnwyd, ond ni chafwyd hyd i gofnod ohoni.")
        + allTheSame
    }
  }
}
