import CaseModel
import Policy

extension ProcedurePage {
  /// The four figures of s.104(9).
  func figures(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Figures that are published", "Ffigurau a gyhoeddir"))
    paper.list([
      say("Applications that were made.", "Ceisiadau a wnaed."),
      say(
        "Times that the threshold was decided not met.",
        "Sawl gwaith y penderfynwyd nad oedd y trothwy wedi'i gyrraedd."),
      say("Reviews that were carried out.", "Adolygiadau a gynhaliwyd."),
      say("Reviews that led to recommendations.", "Adolygiadau a arweiniodd at argymhellion."),
    ])
    guard let reporting = pack.procedure.reporting else {
      paper.paragraph(
        say(
          "For which period and where they are published: not known.",
          "Ar gyfer pa gyfnod a ble y'u cyhoeddir: ddim yn hysbys."),
        say(
          "The law asks for it at least once in twelve months (section 104(9)).",
          "Mae'r gyfraith yn gofyn amdanynt o leiaf unwaith mewn deuddeg mis (adran 104(9))."))
      return
    }
    paper.paragraph(
      say(
        "Each period is \(say.period(reporting.period)), from the first day of this month: "
          + "\(month(reporting.startMonth, say)).",
        "Hyd pob cyfnod: \(say.period(reporting.period)), o ddiwrnod cyntaf y mis hwn: "
          + "\(month(reporting.startMonth, say))."),
      reporting.reversal == .countOriginal
        ? say(
          "A decision that an appeal changes stays counted, with a note.",
          "Mae penderfyniad a newidir ar apêl yn dal i gael ei gyfrif, gyda nodyn.")
        : say(
          "Where an appeal changes a decision, only the one that stands is counted.",
          "Lle mae apêl yn newid penderfyniad, dim ond yr un sy'n sefyll a gyfrifir."))
    if reporting.publishedAt.isEmpty {
      paper.paragraph(
        say("Where they are published: not known.", "Ble y'u cyhoeddir: ddim yn hysbys."))
    } else {
      paper.paragraph(
        say("They are published here:", "Fe'u cyhoeddir yma:"), address: reporting.publishedAt)
    }
  }

  private func month(_ number: Int, _ say: Speech) -> String {
    guard let first = CalendarDate(year: 2026, month: number, day: 1) else { return "\(number)" }
    return say.day(first).split(separator: " ").dropFirst().first.map(String.init) ?? ""
  }

  func records(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("How long records are kept", "Am faint o amser y cedwir cofnodion"))
    if pack.procedure.retention.isEmpty { paper.paragraph(say.notKnown + ".") }
    paper.table(
      say("Counted from the end of the case", "Yn cyfrif o ddiwedd yr achos"),
      [say("Records", "Cofnodion"), say("Kept for", "Cedwir am")],
      pack.procedure.retention.map { [say.name($0.of), say.period($0.period)] })
    paper.heading(
      say("Who was asked about the procedure", "Pwy yr ymgynghorwyd â nhw am y weithdrefn"))
    if pack.procedure.consultations.isEmpty { paper.paragraph(say.notKnown + ".") }
    paper.list(
      pack.procedure.consultations.map { consultation in
        let day =
          consultation.on.map(say.day) ?? say("day not known", "diwrnod ddim yn hysbys")
        return "\(say.name(consultation.with)): \(day)."
      })
  }

  /// What each value rests on, what was assumed, and what nobody knows.
  func sources(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Where this comes from", "O ble y daw hyn"))
    if pack.provenance.sources.isEmpty {
      paper.paragraph(say("No source is named.", "Ni enwir ffynhonnell."))
    }
    paper.list(
      pack.provenance.sources.map { source in
        let inPart = source.isInPart ? say(" (read in part)", " (darllenwyd yn rhannol)") : ""
        return Paper.Line(
          text: "\(source.key)\(inPart):", quoted: source.title, address: source.address)
      })
    let assumed = pack.provenance.rests.filter { !$0.assumption.isEmpty }
    if !assumed.isEmpty {
      paper.heading(say("What was assumed", "Yr hyn a dybiwyd"), level: 3)
      paper.list(
        assumed.map { Paper.Line(text: "\(subject($0.path, say)):", quoted: $0.assumption) })
    }
    guard !pack.provenance.unknown.isEmpty else { return }
    paper.heading(say("What is not known", "Yr hyn nad yw'n hysbys"), level: 3)
    paper.paragraph(
      say(
        "No published source that was read says anything about this:",
        "Nid oes ffynhonnell gyhoeddedig a ddarllenwyd yn dweud dim am hyn:"))
    paper.list(pack.provenance.unknown.map { "\(subject($0, say))." })
  }

  /// What a path of a pack is about; the path itself where it has no words.
  private func subject(_ path: String, _ say: Speech) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard let first = parts.first, let words = heading(first, say) else { return path }
    guard parts.count > 1 else { return words }
    if path == "decision.secondSignatureOnNotMet" {
      return say("Second signature on “not met”", "Ail lofnod ar gyfer “heb ei gyrraedd”")
    }
    if path == "calendar.closures" {
      return say("Days on which the offices are closed", "Diwrnodau pan fo'r swyddfeydd ar gau")
    }
    if parts.dropFirst() == ["further"] {
      return say("\(words) (the rest)", "\(words) (y gweddill)")
    }
    return "\(words) (\(parts.dropFirst().joined(separator: ".")))"
  }

  private func heading(_ name: String, _ say: Speech) -> String? {
    switch name {
    case "alternatives": say("Other ways in this area", "Ffyrdd eraill yn yr ardal hon")
    case "appeals": say("Appeals", "Apeliadau")
    case "area": say("Area", "Ardal")
    case "bodies": say("Bodies that take part", "Y cyrff sy'n cymryd rhan")
    case "calendar": say("Working days", "Diwrnodau gwaith")
    case "caveats": say("Conditions", "Amodau")
    case "clocks": say("Time limits", "Terfynau amser")
    case "commencements":
      say("When parts of the law begin", "Pryd y daw rhannau o'r gyfraith i rym")
    case "consultations": say("Who was asked about the procedure", "Ymgynghori")
    case "contact": say("Point of contact", "Pwynt cyswllt")
    case "decision": say("Who decides", "Pwy sy'n penderfynu")
    case "dedupe": say("What is counted once", "Yr hyn a gyfrifir unwaith")
    case "factors": say("What a person looks at", "Yr hyn y mae person yn ei ystyried")
    case "from": say("First day of the procedure", "Diwrnod cyntaf y weithdrefn")
    case "languages": say("Languages", "Ieithoedd")
    case "localPolicingBodies": say("Local policing body", "Corff plismona lleol")
    case "mandatory": say("Threshold", "Trothwy")
    case "nation": say("Nation", "Gwlad")
    case "parts": say("Parts of the area", "Rhannau o'r ardal")
    case "publishedAt": say("Where the procedure is published", "Ble y cyhoeddir y weithdrefn")
    case "questionnaire": say("Questions about risk", "Cwestiynau am risg")
    case "recipients": say("Whose reports count", "Adroddiadau pwy sy'n cyfrif")
    case "recommendations": say("Answers to recommendations", "Atebion i argymhellion")
    case "reporting": say("Figures", "Ffigurau")
    case "retention": say("How long records are kept", "Am faint y cedwir cofnodion")
    case "succeeds": say("Areas whose place it takes", "Yr ardaloedd y mae'n cymryd eu lle")
    case "supportAgencies": say("Support", "Cymorth")
    case "title", "name": say("Name of the procedure", "Enw'r weithdrefn")
    case "until": say("Last day of the procedure", "Diwrnod olaf y weithdrefn")
    case "version": say("Version", "Fersiwn")
    case "wordings": say("The procedure's own words", "Geiriau'r weithdrefn ei hun")
    default: nil
    }
  }
}
