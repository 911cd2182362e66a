public import CaseModel
public import Policy

extension Letter {
  /// Confirms that an application was withdrawn, and that nothing is closed by it but this application.
  public struct Withdrawal: Sendable, Hashable {
    public let caseReference: String
    public let withdrawnOn: CalendarDate
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      caseReference: String, withdrawnOn: CalendarDate, pack: PolicyPack, on: CalendarDate
    ) {
      self.caseReference = caseReference
      self.withdrawnOn = withdrawnOn
      self.pack = pack
      self.on = on
    }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.Withdrawal: NoticeSource {
  var kind: Letter.Notice.Kind { .withdrawal }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    let day = say.day(withdrawnOn)
    var paper = Paper(
      say("Your application was withdrawn", "Tynnwyd eich cais yn ôl"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say(
        "On \(day) your application for an ASB case review was withdrawn. There will be no review.",
        "Ar \(day) tynnwyd eich cais am adolygiad achos YG yn ôl. Ni fydd adolygiad."),
      say.whatASBMeans)
    paper.paragraph(
      say(
        "Did you not ask for this, or did somebody press you? Please tell us at once. We can talk to you alone, and go "
          + "on with it.",
        "Oni ofynnoch am hyn, neu a oedd rhywun yn pwyso arnoch? Dywedwch wrthym ar unwaith. Gallwn siarad â chi ar eich "
          + "pen eich hun, a pharhau."))
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    paper.paragraph(
      say(
        "We tell the bodies that knew of it. We keep a record that you applied, as the law asks us to count "
          + "applications.",
        "Byddwn yn dweud wrth y cyrff a wyddai amdano. Cadwn gofnod eich bod wedi gwneud cais, gan fod y gyfraith yn "
          + "gofyn i ni gyfrif ceisiadau."),
      say(
        "If somebody may be in danger, we and others still act on that.",
        "Os gall rhywun fod mewn perygl, byddwn ni ac eraill yn dal i weithredu ar hynny."))
    paper.paragraph(
      say(
        "You can apply again at any time. Complaints can be too old by then, so do not wait long.",
        "Gallwch wneud cais eto unrhyw bryd. Gall cwynion fod yn rhy hen erbyn hynny, felly peidiwch ag aros yn hir."
      ),
      say(
        "Please keep telling us, or the police, when something happens.",
        "Daliwch ati i ddweud wrthym ni, neu wrth yr heddlu, pan fydd rhywbeth yn digwydd."))
    paper.paragraph(say.danger)
    Support(pack: pack).write(say, &paper)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }
}
