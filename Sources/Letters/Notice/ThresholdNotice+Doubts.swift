import CaseModel
import Policy
import ThresholdRules

// What the decision rested on, and what was not sure.
extension Letter.ThresholdNotice {
  func doubts(_ say: Speech, _ paper: inout Paper) {
    if !assessment.turnsOn.isEmpty {
      paper.heading(say("What we are not sure of", "Yr hyn nad ydym yn sicr ohono"))
      paper.paragraph(doubtful(say))
      paper.list(assessment.turnsOn.map { doubt($0, say) })
      paper.paragraph(
        say(
          "If you have a record that helps, please send it to us.",
          "Os oes gennych gofnod a all helpu, anfonwch ef atom."))
    }
    paper.heading(say("What we knew", "Yr hyn yr oeddem yn ei wybod"))
    paper.paragraph(
      assessment.information.map { Completeness($0).sentence(say) }
        ?? say(
          "We used what your application says. We did not ask other bodies.",
          "Defnyddiwyd yr hyn y mae eich cais yn ei ddweud. Ni ofynnwyd i gyrff eraill."))
  }

  /// In a letter that refuses, what was done about a doubt, and never what would have been no better.
  private func doubt(_ reason: Reason, _ say: Speech) -> String {
    let other = RouteOutcome(rawValue: reason["outcome"])
    guard case .notMet = outcome, let other, !isBetter(other, reason) else {
      return say.sentence(reason, under: pack)
    }
    return say.settled(reason, under: pack)
  }

  /// For whoever applied; of s.104(4) alone where the reason is about that.
  private func isBetter(_ other: RouteOutcome, _ reason: Reason) -> Bool {
    reason["clause"].isEmpty
      ? other > assessment.outcome : other == .met && !assessment.met
  }

  private func doubtful(_ say: Speech) -> String {
    if isDeferred || isDraft {
      return say("What we decide can depend on this:", "Gall ein penderfyniad ddibynnu ar hyn:")
    }
    if isMet, assessment.met, pack.procedure.decision.givesBenefitOfTheDoubt {
      return say(
        "You had the benefit of the doubt about this:",
        "Chi a gafodd fantais yr amheuaeth am hyn:")
    }
    return say(
      "We decided with what we knew. We were not sure of this:",
      "Penderfynwyd ar sail yr hyn yr oeddem yn ei wybod. Nid oeddem yn sicr o hyn:")
  }
}

extension Speech {
  /// A fact in doubt that was taken as whoever applied said it, or as was best for them.
  fileprivate func settled(_ reason: Reason, under pack: PolicyPack) -> String {
    let place = Int(reason["place"]).map { String($0 + 1) } ?? reason["place"]
    let name = pack.body(reason["body"])?.name ?? reason["body"]
    let body = name.isEmpty ? self("The body", "Y corff") : name
    return switch reason.code {
    case .turnsOnDispute:
      self(
        "\(body) disputes complaint \(place). We went by what you told us.",
        "Mae'r corff hwn yn herio cwyn \(place): \(body). Aethom yn ôl yr hyn a ddywedoch wrthym.")
    case .turnsOnRecord:
      self(
        "\(body) has no record of complaint \(place). We went by what you told us.",
        "Nid oes gan y corff hwn gofnod o gŵyn \(place): \(body). Aethom yn ôl yr hyn a ddywedoch wrthym."
      )
    case .turnsOnRecordedDays:
      self(
        "\(body) has other days on record for complaint \(place). We went by what you told us.",
        "Mae gan y corff hwn ddiwrnodau eraill ar gofnod ar gyfer cwyn \(place): \(body). Aethom yn ôl yr hyn a "
          + "ddywedoch wrthym.")
    case .turnsOnSameIncident:
      self(
        "It is not certain whether complaints \(places(reason)) are about one incident. We counted them apart.",
        "Nid yw'n sicr a yw'r cwynion hyn am un digwyddiad: \(places(reason)). Fe'u cyfrifwyd ar wahân."
      )
    case .turnsOnDay where !pack.procedure.decision.givesBenefitOfTheDoubt:
      self(
        "A day of complaint \(place) is not certain. On some days it would count. We need a record to count it.",
        "Nid yw un o ddyddiadau cwyn \(place) yn sicr. Ar rai dyddiau byddai'n cyfrif. Mae angen cofnod arnom "
          + "i'w chyfrif.")
    case .turnsOnDay:
      self(
        "A day of complaint \(place) is not certain. We took the one that is best for you.",
        "Nid yw un o ddyddiadau cwyn \(place) yn sicr. Cymerwyd yr un sydd orau i chi.")
    default: sentence(reason, under: pack)
    }
  }

  /// Counted from one, as people count.
  private func places(_ reason: Reason) -> String {
    all(reason["places"].split(separator: ",").map { Int($0).map { String($0 + 1) } ?? String($0) })
  }
}
