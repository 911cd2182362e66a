public import CaseModel
public import Policy

extension Letter {
  /// Tells an applicant that a stage is late, since when, why, and what the aim is now.
  public struct DelayNotice: Sendable, Hashable {
    /// The stage that is late.
    public let stage: Clock.Stage
    /// The last day on which it would have been in time.
    public let dueOn: CalendarDate
    /// The day that is aimed for now; nil where no more time was given.
    public let newDueOn: CalendarDate?
    /// In the officer's words.
    public let reason: String
    public let pack: PolicyPack
    public let caseReference: String
    /// The day of the letter.
    public let on: CalendarDate
    /// Name of the pack that the clock is from.
    public let source: String

    public init(
      stage: Clock.Stage, dueOn: CalendarDate, newDueOn: CalendarDate?, reason: String,
      pack: PolicyPack, source: String, caseReference: String, on: CalendarDate
    ) {
      self.stage = stage
      self.dueOn = dueOn
      self.newDueOn = newDueOn
      self.reason = reason
      self.pack = pack
      self.source = source
      self.caseReference = caseReference
      self.on = on
    }

    /// Plain text.
    public func text(in language: Language) -> String { paper(in: language).text }

    /// A whole page that stands alone.
    public func html(in language: Language) -> String { paper(in: language).html }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Letter.Sender) -> Letter.Notice {
      envelope(in: language, from: sender)
    }

    func paper(in language: Language) -> Paper {
      let say = Speech(language: language)
      var paper = Paper(
        say("We are late with your ASB case review", "Rydym yn hwyr gyda'ch adolygiad achos YG"),
        in: language)
      paper.paragraph(
        say("Case reference: \(caseReference).", "Cyfeirnod yr achos: \(caseReference)."),
        say("Date: \(say.day(on)).", "Dyddiad: \(say.day(on))."))
      paper.paragraph(
        say(
          "We are late with this: \(say.late(stage)). We are sorry.",
          "Rydym yn hwyr gyda hyn: \(say.late(stage)). Mae'n ddrwg gennym."),
        source == pack.name
          ? say(
            "The last day for it was \(say.day(dueOn)).", "Y diwrnod olaf oedd \(say.day(dueOn)).")
          : say(
            "Our procedure gives no time for this. Our aim was \(say.day(dueOn)).",
            "Nid yw ein gweithdrefn yn rhoi amser ar gyfer hyn. Ein nod oedd \(say.day(dueOn))."))
      paper.heading(say("Why", "Pam"))
      paper.paragraph("“\(reason)”")
      paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
      paper.paragraph(
        newDueOn.map {
          say("We now aim for \(say.day($0)).", "Ein nod yn awr yw \(say.day($0)).")
        }
          ?? say(
            "We cannot give you a new day yet. We will do it as soon as we can.",
            "Ni allwn roi diwrnod newydd i chi eto. Byddwn yn ei wneud cyn gynted ag y gallwn."),
        say(
          "You do not have to do anything. The day on which you applied still counts.",
          "Nid oes rhaid i chi wneud dim. Mae'r diwrnod y gwnaethoch gais yn dal i gyfrif."))
      paper.paragraph(say.danger)
      Support(pack: pack).write(say, &paper)
      Challenge(pack: pack).writeWatchdogs(say, &paper)
      Contact(pack: pack, caseReference: caseReference).write(say, &paper)
      return paper
    }
  }
}

extension Speech {
  /// What a stage that is late owes.
  fileprivate func late(_ stage: Clock.Stage) -> String {
    switch stage {
    case .acknowledge:
      self("telling you that we have your application", "rhoi gwybod i chi fod eich cais gennym")
    case .information: self("the answers of the bodies", "atebion y cyrff")
    case .decide: self("the decision about the threshold", "y penderfyniad ar y trothwy")
    case .panel: self("the panel's meeting", "cyfarfod y panel")
    case .outcome: self("the outcome", "y canlyniad")
    case .appeal: self("the decision on your appeal", "y penderfyniad ar eich apêl")
    case .response: self("a body's answer", "ateb corff")
    }
  }
}
