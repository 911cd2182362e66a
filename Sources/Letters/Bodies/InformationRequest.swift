public import CaseModel
public import Policy

extension Letter {
  /// Asks a body for what it knows of complaints (Sch. 4 para 7), or reminds it. It names nobody.
  public struct InformationRequest: Sendable, Hashable {
    /// Key of the body in the pack.
    public let body: String
    /// True if the body exercises public functions, and must answer; others may.
    public let isMandatory: Bool
    public let requestedOn: CalendarDate
    public let dueOn: CalendarDate
    /// The days on which it was reminded, this one too, if it is a reminder.
    public let chasedOn: [CalendarDate]
    public let caseReference: String
    /// How many complaints the application names.
    public let complaints: Int
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      to body: String, isMandatory: Bool, requestedOn: CalendarDate, dueOn: CalendarDate,
      chasedOn: [CalendarDate] = [], caseReference: String, complaints: Int, pack: PolicyPack,
      on: CalendarDate
    ) {
      self.body = body
      self.isMandatory = isMandatory
      self.requestedOn = requestedOn
      self.dueOn = dueOn
      self.chasedOn = chasedOn
      self.caseReference = caseReference
      self.complaints = complaints
      self.pack = pack
      self.on = on
    }

    /// The letter with what goes around it: a reminder if it has been reminded, else the request.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.InformationRequest: NoticeSource {
  var kind: Letter.Notice.Kind { isReminder ? .informationChaser : .informationRequest }
  /// A day that has gone by is none to answer by.
  var answerBy: CalendarDate? { dueOn >= on ? dueOn : nil }
  private var isReminder: Bool { !chasedOn.isEmpty }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      isReminder
        ? say(
          "A reminder: we asked you for information", "Nodyn atgoffa: gofynnwyd i chi am wybodaeth")
        : say("We ask you for information", "Rydym yn gofyn i chi am wybodaeth"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say("To: \(pack.nameOfBody(body)).", "At: \(pack.nameOfBody(body))."),
      isReminder
        ? say(
          "On \(say.day(requestedOn)) we asked you for information for an ASB case review. We have no answer yet.",
          "Ar \(say.day(requestedOn)) gofynnwyd i chi am wybodaeth ar gyfer adolygiad achos YG. Nid oes ateb gennym eto."
        )
        : say(
          "We need information for an application for an ASB case review.",
          "Mae angen gwybodaeth arnom ar gyfer cais am adolygiad achos YG."))
    paper.paragraph(due(say), duty(say))
    whatWeAsk(say, &paper)
    ifYouCannot(say, &paper)
    paper.fetching(say)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func due(_ say: Speech) -> String {
    let day = say.day(dueOn)
    if dueOn >= on {
      return say("Please answer by \(day).", "Atebwch erbyn \(day).")
    }
    return say(
      "It was due by \(day). Please answer at once. The person who decides sees who has not answered.",
      "Roedd i fod i gyrraedd erbyn \(day). Atebwch ar unwaith. Mae'r person sy'n penderfynu yn gweld pwy sydd heb ateb."
    )
  }

  private func duty(_ say: Speech) -> String {
    isMandatory
      ? say(
        "You must answer as far as you hold it in the exercise of public functions (Schedule 4, paragraph 7, of the "
          + "Anti-social Behaviour, Crime and Policing Act 2014).",
        "Rhaid i chi ateb i'r graddau yr ydych yn ei dal wrth arfer swyddogaethau cyhoeddus (Atodlen 4, paragraff 7, o "
          + "Ddeddf Ymddygiad Gwrthgymdeithasol, Troseddu a Phlismona 2014).")
      : say(
        "You may answer, and need not. The law lets you (Schedule 4, paragraph 7, of the Anti-social Behaviour, Crime "
          + "and Policing Act 2014).",
        "Cewch ateb, ond nid oes rhaid. Mae'r gyfraith yn caniatáu hynny (Atodlen 4, paragraff 7, o Ddeddf Ymddygiad "
          + "Gwrthgymdeithasol, Troseddu a Phlismona 2014).")
  }

  private func whatWeAsk(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What we ask", "Beth a ofynnwn"))
    paper.paragraph(
      complaints == 1
        ? say("The application names 1 complaint.", "Nifer y cwynion a enwir yn y cais: 1.")
        : say(
          "The application names \(complaints) complaints.",
          "Nifer y cwynion a enwir yn y cais: \(complaints)."),
      say("Please tell us of each:", "Dywedwch wrthym am bob un:"))
    paper.list([
      say(
        "If you have it on record, or not, or have other days for it.",
        "A yw gennych ar gofnod, ai peidio, neu a oes gennych ddiwrnodau eraill ar ei chyfer."),
      say(
        "The day of the behaviour and the day of the report.",
        "Diwrnod yr ymddygiad a diwrnod yr adroddiad."),
      say("What you did about it, and when.", "Beth a wnaethoch amdano, a phryd."),
      say("What risk you know of, and to whom.", "Pa risg y gwyddoch amdani, ac i bwy."),
    ])
  }

  private func ifYouCannot(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("If you do not answer in full", "Os na fyddwch yn ateb yn llawn"))
    paper.paragraph(
      say("Tell us which of these it is:", "Dywedwch wrthym pa un o'r rhain ydyw:"))
    paper.list([
      say(
        "Data protection law does not allow it.", "Nid yw'r gyfraith diogelu data yn ei ganiatáu."),
      say(
        "The law on investigatory powers does not allow it.",
        "Nid yw'r gyfraith ar bwerau ymchwilio yn ei ganiatáu."),
      say("You do not hold it.", "Nid yw gennych."),
      say(
        "You do not hold it in the exercise of public functions.",
        "Nid ydych yn ei dal wrth arfer swyddogaethau cyhoeddus."),
    ])
    paper.paragraph(
      say(
        "We go on with what we have, and say what is missing.",
        "Byddwn yn mynd ymlaen gyda'r hyn sydd gennym, ac yn dweud beth sydd ar goll."))
  }
}
