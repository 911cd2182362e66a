public import CaseModel
public import Policy

extension Letter {
  /// Tells a body that knows of an application that it was withdrawn, and what that does not end.
  public struct WithdrawalNotification: Sendable, Hashable {
    /// Key of the body in the pack.
    public let body: String
    public let caseReference: String
    public let withdrawnOn: CalendarDate
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      to body: String, caseReference: String, withdrawnOn: CalendarDate, pack: PolicyPack,
      on: CalendarDate
    ) {
      self.body = body
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

extension Letter.WithdrawalNotification: NoticeSource {
  var kind: Letter.Notice.Kind { .withdrawal }
  var isForBody: Bool { true }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    let day = say.day(withdrawnOn)
    var paper = Paper(
      say("An application was withdrawn", "Tynnwyd cais yn ôl"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say("To: \(pack.nameOfBody(body)).", "At: \(pack.nameOfBody(body))."),
      say(
        "The application for an ASB case review with this reference was withdrawn on \(day). There will be no review.",
        "Tynnwyd y cais am adolygiad achos YG â'r cyfeirnod hwn yn ôl ar \(day). Ni fydd adolygiad."
      ))
    paper.heading(say("What we ask of you", "Beth a ofynnwn gennych"))
    paper.list([
      say(
        "You need not answer what we asked you about it.",
        "Nid oes angen ateb yr hyn a ofynnwyd gennych amdano."),
      say(
        "Go on with what you do about the behaviour itself, and with any danger to somebody that you know of.",
        "Parhewch â'r hyn a wnewch am yr ymddygiad ei hun, ac ag unrhyw berygl i rywun y gwyddoch amdano."
      ),
      say(
        "Do not ask the person why. Tell us if you think that somebody pressed them.",
        "Peidiwch â gofyn i'r person pam. Dywedwch wrthym os credwch fod rhywun wedi pwyso arnynt."),
    ])
    paper.fetching(say)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }
}
