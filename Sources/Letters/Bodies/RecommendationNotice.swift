public import CaseModel
public import Policy

extension Letter {
  /// Tells a body what is recommended to it (s.104(7)) and asks for its answer, or reminds it of that or of what it said
  /// that it does.
  public struct RecommendationNotice: Sendable, Hashable {
    /// What a body is reminded of.
    public struct Reminder: Sendable, Hashable {
      public let awaited: FollowUpAwaited
      /// Last day for that.
      public let dueOn: CalendarDate

      public init(of awaited: FollowUpAwaited, dueOn: CalendarDate) {
        self.awaited = awaited
        self.dueOn = dueOn
      }
    }

    /// Key of the body in the pack.
    public let body: String
    /// From 1, among those of its review.
    public let number: Int
    /// As the panel wrote it.
    public let text: String
    /// The day of the meeting.
    public let madeOn: CalendarDate
    /// By when the body answers; nil where nothing says so.
    public let answerDueOn: CalendarDate?
    /// By when the panel asks for it; nil where it names no day.
    public let askedBy: CalendarDate?
    /// Nil: it is told of it.
    public let reminder: Reminder?
    public let caseReference: String
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      to body: String, number: Int, _ text: String, madeOn: CalendarDate,
      answerDueOn: CalendarDate?, askedBy: CalendarDate? = nil, reminder: Reminder? = nil,
      caseReference: String, pack: PolicyPack, on: CalendarDate
    ) {
      self.body = body
      self.number = number
      self.text = text
      self.madeOn = madeOn
      self.answerDueOn = answerDueOn
      self.askedBy = askedBy
      self.reminder = reminder
      self.caseReference = caseReference
      self.pack = pack
      self.on = on
    }

    /// The letter with what goes around it: a reminder if it is one.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.RecommendationNotice: NoticeSource {
  var kind: Letter.Notice.Kind { reminder == nil ? .recommendation : .recommendationReminder }
  /// A day that has gone by is none to answer by.
  var answerBy: CalendarDate? {
    let day = reminder?.dueOn ?? answerDueOn
    return day.flatMap { $0 >= on ? $0 : nil }
  }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(title(say), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say("To: \(pack.nameOfBody(body)).", "At: \(pack.nameOfBody(body))."),
      say(
        "On \(say.day(madeOn)) a panel carried out an ASB case review.",
        "Ar \(say.day(madeOn)) cynhaliodd panel adolygiad achos YG."),
      say("It recommends something to you.", "Mae'n argymell rhywbeth i chi."))
    paper.heading(say("What is recommended", "Beth a argymhellir"))
    paper.list([
      Paper.Line(
        text: say("Recommendation \(number):", "Argymhelliad \(number):"), quoted: "“\(text)”")
    ])
    paper.paragraph(asked(say), late(say))
    whatWeAsk(say, &paper)
    paper.fetching(say)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func title(_ say: Speech) -> String {
    switch reminder?.awaited {
    case nil: say("A recommendation to you", "Argymhelliad i chi")
    case .answer?:
      say("A reminder: we wait for your answer", "Nodyn atgoffa: rydym yn disgwyl eich ateb")
    case .action?:
      say(
        "A reminder: something that you said you would do",
        "Nodyn atgoffa: rhywbeth y dywedwyd y byddech yn ei wneud")
    }
  }

  private func asked(_ say: Speech) -> String {
    guard reminder == nil, let askedBy else { return "" }
    return say(
      "The panel asks for it by \(say.day(askedBy)).",
      "Mae'r panel yn gofyn amdano erbyn \(say.day(askedBy)).")
  }

  private func late(_ say: Speech) -> String {
    guard let reminder else { return "" }
    let day = say.day(reminder.dueOn)
    switch (reminder.awaited, reminder.dueOn < on) {
    case (.answer, false): return say("Please answer by \(day).", "Atebwch erbyn \(day).")
    case (.answer, true):
      return say(
        "Your answer was due by \(day). Please answer at once.",
        "Roedd eich ateb i fod i gyrraedd erbyn \(day). Atebwch ar unwaith.")
    case (.action, false):
      return say(
        "You said that you would do it by \(day).", "Dywedwyd y byddech yn ei wneud erbyn \(day).")
    case (.action, true):
      return say(
        "You said that you would do it by \(day). We do not know that it was done.",
        "Dywedwyd y byddech yn ei wneud erbyn \(day). Ni wyddom a wnaed hynny.")
    }
  }

  private func whatWeAsk(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What we ask", "Beth a ofynnwn"))
    paper.paragraph(
      say(
        "The law asks you to have regard to it (section 104(7)): to think about it seriously. You need not do it.",
        "Mae'r gyfraith yn gofyn i chi ystyried hyn o ddifrif (adran 104(7)). Nid oes rhaid i chi ei wneud."
      ))
    if reminder?.awaited == .action {
      paper.list([
        say(
          "If it is done, tell us when, and what shows it.",
          "Os yw wedi'i wneud, dywedwch pryd, a beth sy'n ei ddangos."),
        say(
          "If it is under way, tell us how far it is.", "Os yw ar y gweill, dywedwch pa mor bell."),
        say(
          "If it will not be done, or will be later, tell us why.",
          "Os na chaiff ei wneud, neu os bydd yn hwyrach, dywedwch pam."),
      ])
    } else {
      paper.paragraph(by(say))
      paper.list([
        say("Yes: and by when you will do it.", "Ie: ac erbyn pryd y byddwch yn ei wneud."),
        say(
          "Yes to a part: which part, by when, and why not the rest.",
          "Ie i ran: pa ran, erbyn pryd, a pham nad y gweddill."),
        say("No: and why.", "Na: a pham."),
      ])
      paper.paragraph(
        say(
          "When it is done, tell us the day, and what shows it.",
          "Pan fydd wedi'i wneud, dywedwch y diwrnod, a beth sy'n ei ddangos."))
    }
    paper.paragraph(
      say(
        "Whoever applied reads what you say. Please name nobody in it.",
        "Mae pwy bynnag a wnaeth gais yn darllen yr hyn a ddywedwch. Peidiwch ag enwi neb ynddo."))
  }

  private func by(_ say: Speech) -> String {
    guard reminder == nil, let answerDueOn else {
      return say("Please answer in one of these ways:", "Atebwch mewn un o'r ffyrdd hyn:")
    }
    return say(
      "Please answer by \(say.day(answerDueOn)), in one of these ways:",
      "Atebwch erbyn \(say.day(answerDueOn)), mewn un o'r ffyrdd hyn:")
  }
}
