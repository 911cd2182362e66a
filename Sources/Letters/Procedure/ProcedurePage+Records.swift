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
        assumed.map {
          Paper.Line(text: "\(Subject(pack: pack).words($0.path, say)):", quoted: $0.assumption)
        })
    }
    guard !pack.provenance.unknown.isEmpty else { return }
    paper.heading(say("What is not known", "Yr hyn nad yw'n hysbys"), level: 3)
    paper.paragraph(
      say(
        "No published source that was read says anything about this:",
        "Nid oes ffynhonnell gyhoeddedig a ddarllenwyd yn dweud dim am hyn:"))
    paper.list(pack.provenance.unknown.map { "\(Subject(pack: pack).words($0, say))." })
  }
}
