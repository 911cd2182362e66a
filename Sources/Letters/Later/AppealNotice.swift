public import CaseModel
public import Policy

extension Letter {
  /// Tells whoever appealed that the appeal is there or, once it is decided, what came of it (Sch. 4 para 3).
  public struct AppealNotice: Sendable, Hashable {
    public let appeal: Appeal
    public let pack: PolicyPack
    public let caseReference: String
    /// The day of the letter.
    public let on: CalendarDate
    /// The other appeals of the case; whether a further stage is left goes by them.
    public let others: [Appeal]

    public init(
      appeal: Appeal, others: [Appeal] = [], pack: PolicyPack, caseReference: String,
      on: CalendarDate
    ) {
      self.appeal = appeal
      self.others = others
      self.pack = pack
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
        say(
          "Your appeal about an ASB case review", "Eich apêl ynghylch adolygiad achos YG"),
        in: language)
      paper.paragraph(
        say("Case reference: \(caseReference).", "Cyfeirnod yr achos: \(caseReference)."),
        say("Appeal: \(appeal.number).", "Apêl: \(appeal.number)."),
        say("Date: \(say.day(on)).", "Dyddiad: \(say.day(on))."))
      if let verdict = appeal.verdict {
        outcome(verdict, say, &paper)
      } else {
        acknowledgement(say, &paper)
      }
      paper.paragraph(say.danger)
      Support(pack: pack).write(say, &paper)
      if let verdict = appeal.verdict {
        Challenge(pack: pack).writeWatchdogs(
          after: furtherStage(say), agrees: verdict.isUpheld, say, &paper)
      }
      Contact(pack: pack, caseReference: caseReference).write(say, &paper)
      return paper
    }
  }
}

extension Letter.AppealNotice {
  private func acknowledgement(_ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      say(
        "We have the appeal that you made on \(say.day(appeal.madeOn)).",
        "Mae'r apêl a wnaethoch ar \(say.day(appeal.madeOn)) gennym."))
    paper.paragraph(subject(say), ground(say))
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    paper.paragraph(
      whoHears(say),
      say(
        "Whoever decides it has decided nothing in your case before.",
        "Nid yw pwy bynnag sy'n penderfynu arni wedi penderfynu dim yn eich achos o'r blaen."),
      appeal.dueOn.map {
        say("We will tell you by \(say.day($0)).", "Byddwn yn dweud wrthych erbyn \(say.day($0)).")
      }
        ?? say(
          "Our procedure is not known to say by when. We will tell you as soon as we can.",
          "Nid yw'n hysbys bod ein gweithdrefn yn dweud erbyn pryd. Byddwn yn dweud wrthych cyn gynted ag y "
            + "gallwn."))
    paper.paragraph(
      say(
        "Until then, what was decided stands.", "Tan hynny, mae'r hyn a benderfynwyd yn sefyll."))
  }

  private func outcome(_ verdict: Letter.Appeal.Verdict, _ say: Speech, _ paper: inout Paper) {
    let day = say.day(verdict.decidedOn)
    paper.paragraph(
      verdict.isUpheld
        ? say("Your appeal was upheld on \(day).", "Cadarnhawyd eich apêl ar \(day).")
        : say("Your appeal was dismissed on \(day).", "Gwrthodwyd eich apêl ar \(day)."),
      say(
        "You made it on \(say.day(appeal.madeOn)).", "Fe'i gwnaethoch ar \(say.day(appeal.madeOn))."
      ))
    paper.paragraph(subject(say), ground(say))
    if !verdict.capacity.isEmpty {
      paper.paragraph(
        say(
          "It was decided by: \(verdict.capacity).", "Penderfynwyd arni gan: \(verdict.capacity)."))
    }
    paper.heading(say("Why", "Pam"))
    if verdict.reason.isEmpty {
      paper.paragraph(
        say(
          "No reason was written down. You can ask us for one.",
          "Ni ysgrifennwyd rheswm. Gallwch ofyn i ni am un."))
    } else {
      paper.paragraph(
        say("This is the reason that was written down:", "Dyma'r rheswm a ysgrifennwyd:"))
      paper.paragraph("“\(verdict.reason)”")
    }
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    paper.paragraph(next(verdict, say))
  }

  private func next(_ verdict: Letter.Appeal.Verdict, _ say: Speech) -> String {
    switch (verdict.isUpheld, appeal.subject) {
    case (true, .handling):
      say(
        "The threshold will be decided again, by somebody who has not decided it before. We will write to you "
          + "then.",
        "Penderfynir ar y trothwy eto, gan rywun nad yw wedi penderfynu arno o'r blaen. Byddwn yn ysgrifennu "
          + "atoch bryd hynny.")
    case (true, .review):
      say(
        "The review will be looked at again, by somebody else. We will write to you then.",
        "Edrychir ar yr adolygiad eto, gan rywun arall. Byddwn yn ysgrifennu atoch bryd hynny.")
    case (false, .handling):
      say(
        "The decision about the threshold stands. You can apply again at any time.",
        "Mae'r penderfyniad ar y trothwy yn sefyll. Gallwch wneud cais eto unrhyw bryd.")
    case (false, .review):
      say("The outcome of the review stands.", "Mae canlyniad yr adolygiad yn sefyll.")
    }
  }

  /// That a dismissed appeal can be followed by another, whom that goes to, and how many can follow that one;
  /// empty where none can.
  private func furtherStage(_ say: Speech) -> String {
    guard stagesLeft > 0, let policy else { return "" }
    let isLast = stagesLeft == 1
    let again =
      isLast
      ? say("You can appeal once more", "Gallwch apelio unwaith eto")
      : say("You can appeal again", "Gallwch apelio eto")
    return [
      policy.handler.isEmpty
        ? again + "."
        : again + say(", to \(policy.handler).", ", at: \(say.foreign(policy.handler))."),
      isLast
        ? ""
        : say(
          "\(stagesLeft) stages of appeal are left.",
          "Nifer y camau apelio sydd ar ôl: \(stagesLeft)."),
      Challenge(pack: pack).window(policy, say),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var policy: AppealPolicy? { pack.appeal(about: appeal.subject) }

  /// How many stages are left after this appeal, where it was dismissed and nothing followed. Only appeals
  /// against the same decision use up a stage: one that was upheld has set an earlier one aside.
  private var stagesLeft: Int {
    guard let verdict = appeal.verdict, !verdict.isUpheld, let policy else { return 0 }
    func setsAside(_ other: Letter.Appeal) -> Bool {
      (other.subject == .handling || other.subject == appeal.subject)
        && other.verdict?.isUpheld == true
    }
    let later = others.filter { $0.number > appeal.number }
    if later.contains(where: { $0.subject == appeal.subject || setsAside($0) }) { return 0 }
    let earlier = others.filter { $0.number < appeal.number }
    let setAside = earlier.last(where: setsAside)?.number ?? 0
    let used = earlier.count { $0.subject == appeal.subject && $0.number > setAside } + 1
    return policy.stagesLeft(after: used)
  }

  private func subject(_ say: Speech) -> String {
    switch appeal.subject {
    case .handling:
      say(
        "It is about how your application was handled.",
        "Mae'n ymwneud â'r ffordd yr ymdriniwyd â'ch cais.")
    case .review:
      say(
        "It is about how the review was carried out.",
        "Mae'n ymwneud â'r ffordd y cynhaliwyd yr adolygiad.")
    }
  }

  private func ground(_ say: Speech) -> String {
    guard let ground = appeal.ground, ground != .any else { return "" }
    return say("Its ground: \(say.name(ground)).", "Ei sail: \(say.name(ground)).")
  }

  private func whoHears(_ say: Speech) -> String {
    let handler =
      pack.procedure.appeals.first { $0.subject == appeal.subject && !$0.handler.isEmpty }?.handler
    guard let handler else {
      return say(
        "Our procedure is not known to say who hears it.",
        "Nid yw'n hysbys bod ein gweithdrefn yn dweud pwy sy'n gwrando arni.")
    }
    return say("It goes to: \(handler).", "Mae'n mynd at: \(say.foreign(handler)).")
  }
}
