import CaseModel
import Policy

// Where the case stands besides this decision: what came before it, and what is late.
extension Letter.ThresholdNotice {
  /// What the rules say, where nobody has decided.
  func recommendation(_ say: Speech, _ paper: inout Paper) {
    let recommended =
      switch outcome {
      case .met:
        say(
          "The rules recommend: the threshold is met, and there will be an ASB case review.",
          "Mae'r rheolau'n argymell: mae'r trothwy wedi'i gyrraedd, a bydd adolygiad achos YG.")
      case .notMet:
        say(
          "The rules recommend: the threshold is not met, and there is no ASB case review for now.",
          "Mae'r rheolau'n argymell: nid yw'r trothwy wedi'i gyrraedd, ac ni fydd adolygiad achos YG am y tro."
        )
      case .deferred:
        say(
          "The rules leave it to a person.", "Mae'r rheolau'n gadael y penderfyniad i berson.")
      }
    paper.paragraph(
      recommended,
      say("This is not a decision.", "Nid penderfyniad yw hwn."))
  }

  /// Which decision this one takes the place of, and what appeals have come to.
  func history(_ say: Speech, _ paper: inout Paper) {
    guard !isDraft else { return }
    let isAnew = circumstances.replaces != nil
    if let earlier = circumstances.replaces {
      paper.paragraph(
        say(
          "This decision takes the place of the one of \(say.day(earlier)).",
          "Mae'r penderfyniad hwn yn cymryd lle'r un a wnaed ar \(say.day(earlier))."))
    }
    for appeal in circumstances.appeals where appeal.subject == .handling {
      paper.paragraph(about(appeal, isAnew: isAnew, say))
    }
  }

  private func about(_ appeal: Letter.Appeal, isAnew: Bool, _ say: Speech) -> String {
    let number = appeal.number
    guard let verdict = appeal.verdict else {
      return say(
        "Appeal \(number), made on \(say.day(appeal.madeOn)), is not decided yet.",
        "Nid yw apêl \(number), a wnaed ar \(say.day(appeal.madeOn)), wedi'i phenderfynu eto.")
    }
    let day = say.day(verdict.decidedOn)
    guard verdict.isUpheld else {
      return say(
        "Appeal \(number) was dismissed on \(day).", "Gwrthodwyd apêl \(number) ar \(day).")
    }
    let ground = appeal.ground.flatMap { $0 == .any ? nil : $0 }.map {
      say(" Its ground: \(say.name($0)).", " Ei sail: \(say.name($0)).")
    }
    let upheld =
      say("Appeal \(number) was upheld on \(day).", "Cadarnhawyd apêl \(number) ar \(day).")
      + (ground ?? "")
    // A decision that was signed after the appeal was upheld is the one that it asked for.
    if isAnew && verdict.decidedOn <= decidedOn {
      return upheld
        + say(
          " That is why we decided again.", " Dyna pam yr ydym wedi penderfynu eto.")
    }
    return upheld
      + say(
        " So somebody else will decide about the threshold again.",
        " Felly bydd rhywun arall yn penderfynu ar y trothwy eto.")
  }

  /// What can be done by whoever does not agree: an appeal is offered only where it would be taken.
  func challenge(_ say: Speech, _ paper: inout Paper) {
    let challenge = Challenge(
      pack: pack, decidedOn: decidedOn, writtenOn: writtenOn, isMet: isMet,
      stagesUsed: appealsAgainstThis.count)
    if isDeferred {
      challenge.writeWatchdogs(
        after: pack.appeal(about: .handling) == nil
          ? say(
            "When we have decided, we will tell you what you can do if you do not agree.",
            "Pan fyddwn wedi penderfynu, byddwn yn dweud wrthych beth y gallwch ei wneud os nad ydych yn "
              + "cytuno.")
          : say(
            "When we have decided, we will tell you how to appeal.",
            "Pan fyddwn wedi penderfynu, byddwn yn dweud wrthych sut i apelio."), say, &paper)
    } else if takesAppeal {
      challenge.write(say, &paper)
    } else {
      challenge.writeWatchdogs(say, &paper)
    }
  }

  private var appealsAboutHandling: [Letter.Appeal] {
    circumstances.appeals.filter { $0.subject == .handling }
  }

  /// Those that were made after the last one that was upheld before this decision, and led to it.
  private var appealsAgainstThis: [Letter.Appeal] {
    let before = appealsAboutHandling.last { appeal in
      circumstances.replaces != nil
        && appeal.verdict.map { $0.isUpheld && $0.decidedOn <= decidedOn } ?? false
    }
    return appealsAboutHandling.filter { $0.number > before?.number ?? 0 }
  }

  /// False while an appeal about the handling is open, once one against this decision was upheld, and where
  /// all stages are used.
  private var takesAppeal: Bool {
    let against = appealsAgainstThis
    if appealsAboutHandling.contains(where: { $0.verdict == nil }) { return false }
    if against.contains(where: { $0.verdict?.isUpheld == true }) { return false }
    return pack.appeal(about: .handling).map { $0.stagesLeft(after: against.count) > 0 } ?? true
  }

  /// That the day by which it was to be decided is not kept, or was not if it is past; empty if it is kept.
  func missedDeadline(_ until: CalendarDate, _ say: Speech) -> String {
    guard let deadline = circumstances.decideBy, deadline.day < until else { return "" }
    let day = say.day(deadline.day)
    let due =
      deadline.source == pack.name
      ? say("We had to decide by \(day).", "Roedd yn rhaid i ni benderfynu erbyn \(day).")
      : say(
        "Our procedure gives no time for this. Our aim was \(day).",
        "Nid yw ein gweithdrefn yn rhoi amser ar gyfer hyn. Ein nod oedd \(day).")
    let isPast = deadline.day < writtenOn
    return due
      + (isPast
        ? say(" We did not keep that day.", " Ni chadwyd at y diwrnod hwnnw.")
        : say(" We will not keep that day.", " Ni fyddwn yn cadw at y diwrnod hwnnw."))
      + say(" We are sorry.", " Mae'n ddrwg gennym.")
  }
}

/// How to reach whoever wrote; only where the procedure names somebody: nothing is made up.
struct Contact {
  let pack: PolicyPack
  let caseReference: String

  func write(_ say: Speech, _ paper: inout Paper) {
    guard let contact = pack.procedure.contact else { return }
    paper.heading(say("How to reach us", "Sut i gysylltu â ni"))
    paper.paragraph(
      say.foreign("\(contact.name)."),
      caseReference.isEmpty
        ? ""
        : say(
          "Please give your case reference: \(caseReference).",
          "Rhowch gyfeirnod eich achos: \(caseReference)."))
    paper.list(contact.ways.map { Paper.Line(text: say.name($0.kind), address: $0.at) })
  }
}
