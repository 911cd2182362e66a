public import CaseModel
public import Policy
public import ThresholdRules

extension Letter {
  /// Tells an applicant what was decided about the threshold, and why (s.104(6)). It says the decision
  /// first, and never that somebody was wrong to apply.
  public struct ThresholdNotice: Sendable, Hashable {
    /// What was decided.
    public enum Outcome: Sendable, Hashable {
      /// There will be a review, by the route of this clause.
      case met(String)
      case notMet
      /// The decision is put off to a day.
      case deferred(CalendarDate)
    }

    public let assessment: Assessment
    public let outcome: Outcome
    public let pack: PolicyPack
    public let caseReference: String
    public let decidedOn: CalendarDate
    /// The day of the letter.
    public let writtenOn: CalendarDate
    /// The body and in what capacity; a name only if it is meant to be known.
    public let decidedBy: String
    /// As it was written down; empty if it was not.
    public let reason: String
    /// The complaints' own days and bodies; without them they go by the days in their reasons.
    public let complaints: [ComplaintFacts]
    /// True if nobody has decided: the outcome is what the rules recommend.
    public let isDraft: Bool
    /// What else is known of the case.
    public let circumstances: Circumstances

    public init(
      assessment: Assessment, outcome: Outcome, pack: PolicyPack, caseReference: String,
      decidedOn: CalendarDate, writtenOn: CalendarDate? = nil, decidedBy: String,
      reason: String = "",
      complaints: [ComplaintFacts] = [], isDraft: Bool = false,
      circumstances: Circumstances = Circumstances()
    ) {
      self.assessment = assessment
      self.outcome = outcome
      self.pack = pack
      self.caseReference = caseReference
      self.decidedOn = decidedOn
      self.writtenOn = writtenOn ?? decidedOn
      self.decidedBy = decidedBy
      self.reason = reason
      self.complaints = complaints
      self.isDraft = isDraft
      self.circumstances = circumstances
    }

    /// Plain text.
    public func text(in language: Language) -> String { paper(in: language).text }

    /// A whole page that stands alone.
    public func html(in language: Language) -> String { paper(in: language).html }

    /// The letter with what goes around it. A draft is for no envelope: nobody has decided.
    public func notice(in language: Language, from sender: Letter.Sender) -> Letter.Notice? {
      isDraft ? nil : envelope(in: language, from: sender)
    }

    func paper(in language: Language) -> Paper {
      let say = Speech(language: language)
      var paper = Paper(
        isDraft
          ? say("DRAFT: nobody has decided yet", "DRAFFT: nid oes neb wedi penderfynu eto")
          : say("Your request for an ASB case review", "Eich cais am adolygiad achos YG"),
        in: language)
      heading(say, &paper)
      if isDraft { recommendation(say, &paper) } else { decision(say, &paper) }
      history(say, &paper)
      whatItMeans(say, &paper)
      why(say, &paper)
      oneByOne(say, &paper)
      doubts(say, &paper)
      changes(say, &paper)
      next(say, &paper)
      Support(pack: pack).write(say, &paper)
      if !isDraft { challenge(say, &paper) }
      whoDecided(say, &paper)
      contact(say, &paper)
      return paper
    }
  }
}

// MARK: - In the order in which it is read

extension Letter.ThresholdNotice {
  private func heading(_ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      caseReference.isEmpty
        ? "" : say("Case reference: \(caseReference).", "Cyfeirnod yr achos: \(caseReference)."),
      say("Date: \(say.day(writtenOn)).", "Dyddiad: \(say.day(writtenOn))."),
      isDraft || isDeferred || writtenOn == decidedOn
        ? ""
        : say(
          "We decided on \(say.day(decidedOn)).", "Penderfynwyd ar \(say.day(decidedOn))."))
  }

  private func decision(_ say: Speech, _ paper: inout Paper) {
    switch outcome {
    case .met:
      paper.paragraph(
        say(
          "We have decided that there will be an ASB case review: the threshold is met.",
          "Rydym wedi penderfynu y bydd adolygiad achos YG: mae'r trothwy wedi'i gyrraedd."))
    case .notMet:
      paper.paragraph(
        say(
          "We have decided that the threshold for an ASB case review is not met, so there is no review for now.",
          "Rydym wedi penderfynu nad yw'r trothwy ar gyfer adolygiad achos YG wedi'i gyrraedd, felly ni fydd "
            + "adolygiad am y tro."
        ),
        say(
          "This does not mean that nothing happened. You did the right thing when you told us.",
          "Nid yw hyn yn golygu na ddigwyddodd dim. Gwnaethoch y peth iawn drwy ddweud wrthym."))
      paper.paragraph(
        say(
          "This letter says why, what would change it, who can help you, and what you can do if you do not agree.",
          "Mae'r llythyr hwn yn dweud pam, beth fyddai'n newid y penderfyniad, pwy all eich helpu, a beth "
            + "allwch ei wneud os nad ydych yn cytuno."))
    case .deferred(let until):
      paper.paragraph(
        say(
          "We have not decided yet: we will decide by \(say.day(until)).",
          "Nid ydym wedi penderfynu eto: byddwn yn penderfynu erbyn \(say.day(until))."),
        say(
          "You do not have to apply again. The day on which you applied still counts.",
          "Nid oes rhaid i chi wneud cais eto. Mae'r diwrnod y gwnaethoch gais yn dal i gyfrif."))
      paper.paragraph(missedDeadline(until, say))
    }
  }

  private func whatItMeans(_ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      say(
        "ASB means anti-social behaviour. The threshold is the test for a review.",
        "Ystyr YG yw ymddygiad gwrthgymdeithasol. Y trothwy yw'r prawf ar gyfer adolygiad."))
  }

  private func next(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    switch outcome {
    case _ where isDraft:
      paper.paragraph(
        say(
          "A named person decides. This letter is only sent if they decide as the rules recommend.",
          "Person a enwir sy'n penderfynu. Dim ond os bydd yn penderfynu fel y mae'r rheolau'n argymell yr "
            + "anfonir y llythyr hwn."))
    case .met:
      paper.paragraph(
        say(
          "The bodies will meet and look at your case together. This meeting is called a panel.",
          "Bydd y cyrff yn cyfarfod ac yn edrych ar eich achos gyda'i gilydd. Panel yw enw'r cyfarfod hwn."
        ), panelDay(say))
      paper.paragraph(
        say(
          "We will ask you how you want to take part, and how the behaviour affects you.",
          "Byddwn yn gofyn sut yr hoffech gymryd rhan, a sut mae'r ymddygiad yn effeithio arnoch."),
        outcomeDay(say))
    case .notMet:
      paper.paragraph(
        say(
          "There will be no panel for now. You can apply again at any time.",
          "Ni fydd panel am y tro. Gallwch wneud cais eto unrhyw bryd."),
        say(
          "Please keep telling us, or the police, when something happens. Each report can count.",
          "Daliwch ati i ddweud wrthym ni, neu wrth yr heddlu, pan fydd rhywbeth yn digwydd. Gall pob "
            + "adroddiad gyfrif."))
    case .deferred(let until):
      paper.paragraph(
        say(
          "We will write to you by \(say.day(until)). If we need longer, we will tell you why.",
          "Byddwn yn ysgrifennu atoch erbyn \(say.day(until)). Os bydd angen mwy o amser arnom, byddwn yn "
            + "dweud pam."))
    }
    paper.paragraph(say.danger)
  }

  var isDeferred: Bool {
    if case .deferred = outcome { true } else { false }
  }

  var isMet: Bool {
    if case .met = outcome { true } else { false }
  }

  private func whoDecided(_ say: Speech, _ paper: inout Paper) {
    paper.heading(
      isDraft
        ? say("What this rests on", "Ar beth y mae hyn yn seiliedig")
        : say("Who decided", "Pwy benderfynodd"))
    let title = pack.procedure.title.isEmpty ? pack.name : pack.procedure.title
    paper.paragraph(
      isDraft ? "" : decider(say),
      say(
        "We used the procedure of \(title), version \(pack.version). It is the one for the day on which you "
          + "applied.",
        "Y rheolau a ddefnyddiwyd (gweithdrefn): \(title), fersiwn \(pack.version). Dyma'r un ar gyfer y "
          + "diwrnod y gwnaethoch gais."))
  }

  private func decider(_ say: Speech) -> String {
    if decidedBy.isEmpty {
      return say(
        "It is not recorded here who decided. You can ask us.",
        "Ni chofnodir yma pwy benderfynodd. Gallwch ofyn i ni.")
    }
    let who = say.foreign(decidedBy)
    return isDeferred
      ? say("This was put off by: \(who).", "Gohiriwyd hyn gan: \(who).")
      : say("This was decided by: \(who).", "Penderfynwyd hyn gan: \(who).")
  }

  private func contact(_ say: Speech, _ paper: inout Paper) {
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
  }
}
