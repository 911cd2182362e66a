public import CaseModel
public import Policy

extension Letter {
  /// Tells whoever takes part what became of what was recommended: what each body answered and did, and who is late.
  public struct FollowUpNotice: Sendable, Hashable {
    /// A recommendation, and what became of it. Words are empty where there are none.
    public struct Item: Sendable, Hashable {
      /// Key of the body in the pack.
      public let body: String
      /// As the panel wrote it.
      public let text: String
      public var answer: RecommendationAnswer?
      public var answeredOn: CalendarDate?
      /// Why, as the body wrote it.
      public var reason = ""
      /// The day by which the body does it; nil where none is known.
      public var doBy: CalendarDate?
      public var action: ActionState?
      public var reportedOn: CalendarDate?
      /// How far it is, as the body wrote it.
      public var report = ""
      /// What shows that it was done.
      public var evidence = ""
      /// Last day for what is waited for; nil where there is none, or nothing is.
      public var dueOn: CalendarDate?
      public var isOverdue = false

      public init(to body: String, _ text: String) {
        self.body = body
        self.text = text
      }
    }

    /// In their order.
    public let items: [Item]
    public let caseReference: String
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(_ items: [Item], caseReference: String, pack: PolicyPack, on: CalendarDate) {
      self.items = items
      self.caseReference = caseReference
      self.pack = pack
      self.on = on
    }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.FollowUpNotice: NoticeSource {
  var kind: Letter.Notice.Kind { .followUp }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      say("What became of the recommendations", "Yr hyn a ddaeth o'r argymhellion"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say(
        "The panel that looked at your case made recommendations.",
        "Gwnaeth y panel a edrychodd ar eich achos argymhellion."),
      say("Here is what became of each.", "Dyma'r hyn a ddaeth o bob un."))
    paper.heading(say("What was said and done", "Yr hyn a ddywedwyd ac a wnaed"))
    for (place, item) in items.enumerated() { write(item, place + 1, say, &paper) }
    next(say, &paper)
    paper.follow(caseReference, sender, say)
    Support(pack: pack).write(say, &paper)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func write(_ item: Item, _ number: Int, _ say: Speech, _ paper: inout Paper) {
    let body = pack.nameOfBody(item.body)
    paper.heading(
      say("Recommendation \(number): \(body)", "Argymhelliad \(number): \(body)"), level: 3)
    var lines = [
      Paper.Line(text: say("It was asked:", "Gofynnwyd am hyn:"), quoted: "“\(item.text)”")
    ]
    lines.append(Self.line(answer(item, say), item.reason))
    let done = action(item, say)
    if !done.isEmpty { lines.append(Self.line(done, item.report)) }
    if !item.evidence.isEmpty {
      lines.append(
        Self.line(say("This is what shows it:", "Dyma'r hyn sy'n ei ddangos:"), item.evidence))
    }
    paper.list(lines)
  }

  private static func line(_ text: String, _ words: String) -> Paper.Line {
    Paper.Line(text: text, quoted: words.isEmpty ? "" : "“\(words)”")
  }

  private func answer(_ item: Item, _ say: Speech) -> String {
    guard let answer = item.answer, let answeredOn = item.answeredOn else {
      guard let due = item.dueOn else {
        return say("It has not answered yet.", "Nid yw wedi ateb eto.")
      }
      return item.isOverdue
        ? say(
          "It should have answered by \(say.day(due)). It has not. We remind it.",
          "Dylai fod wedi ateb erbyn \(say.day(due)). Nid yw wedi gwneud. Rydym yn ei atgoffa.")
        : say(
          "It has not answered yet. We asked it to answer by \(say.day(due)).",
          "Nid yw wedi ateb eto. Gofynnwyd iddo ateb erbyn \(say.day(due)).")
    }
    let day = say.day(answeredOn)
    return switch answer {
    case .accepted:
      say("On \(day) it said yes to all of this.", "Cytunodd â hyn i gyd ar \(day).")
    case .acceptedInPart:
      say("On \(day) it said yes to a part of this.", "Cytunodd â rhan o hyn ar \(day).")
    case .notAccepted:
      say("On \(day) it said no to this.", "Gwrthododd hyn ar \(day).")
    }
  }

  private func action(_ item: Item, _ say: Speech) -> String {
    guard item.answer?.accepts == true else { return "" }
    let day = item.reportedOn.map { say.day($0) } ?? ""
    switch item.action {
    case .done?: return say("It was done on \(day).", "Fe'i gwnaed ar \(day).")
    case .notDone?:
      return say(
        "On \(day) it said that this will not be done.",
        "Dywedodd ar \(day) na chaiff hyn ei wneud.")
    case .underWay?:
      return say("It was under way on \(day).", "Roedd ar y gweill ar \(day).") + " "
        + time(item, say)
    case nil: return time(item, say)
    }
  }

  private func time(_ item: Item, _ say: Speech) -> String {
    guard let last = item.doBy else {
      return say(
        "By when it will be done is not known.", "Nid yw'n hysbys erbyn pryd y caiff ei wneud.")
    }
    return item.isOverdue
      ? say(
        "It should have been done by \(say.day(last)). We do not know that it was. We remind it.",
        "Dylai fod wedi'i wneud erbyn \(say.day(last)). Ni wyddom a wnaed hynny. Rydym yn ei atgoffa."
      )
      : say("It will be done by \(say.day(last)).", "Caiff ei wneud erbyn \(say.day(last)).")
  }

  private func next(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    let isOpen = items.contains { $0.answer == nil || $0.isAwaited }
    paper.paragraph(
      isOpen
        ? say(
          "We write to you again when a body answers, when something is done, or when it is late.",
          "Byddwn yn ysgrifennu atoch eto pan fydd corff yn ateb, pan wneir rhywbeth, neu pan fydd yn hwyr."
        )
        : say(
          "We wait for nothing more from these bodies.",
          "Nid ydym yn disgwyl dim mwy gan y cyrff hyn."),
      say(
        "If it goes on, tell us, or the police. You can apply again at any time.",
        "Os yw'n parhau, dywedwch wrthym ni, neu wrth yr heddlu. Gallwch wneud cais eto unrhyw bryd."
      ))
    paper.paragraph(say.danger)
  }
}

extension Letter.FollowUpNotice.Item {
  /// The body has still to do what it accepted.
  fileprivate var isAwaited: Bool { answer?.accepts == true && action?.ends != true }
}
