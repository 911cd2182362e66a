public import CaseModel
public import Policy

extension Letter {
  /// Tells an applicant what came of the review and what was recommended (s.104(8)), why, who must answer by when, and
  /// how to appeal.
  public struct OutcomeNotice: Sendable, Hashable {
    /// What a body is to have regard to (s.104(7)).
    public struct Recommendation: Sendable, Hashable {
      /// Key of the body in the pack.
      public let body: String
      /// As the panel wrote it.
      public let text: String

      public init(to body: String, _ text: String) {
        self.body = body
        self.text = text
      }
    }

    public let metOn: CalendarDate
    /// None: the panel decided to make none.
    public let recommendations: [Recommendation]
    /// As the panel wrote it down; empty if it did not.
    public let reason: String
    /// By when bodies answer; nil where nothing says so.
    public let answersBy: Deadline?
    /// The appeals of the case.
    public let appeals: [Appeal]
    public let caseReference: String
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      metOn: CalendarDate, recommendations: [Recommendation], reason: String,
      answersBy: Deadline? = nil, appeals: [Appeal] = [], caseReference: String, pack: PolicyPack,
      on: CalendarDate
    ) {
      self.metOn = metOn
      self.recommendations = recommendations
      self.reason = reason
      self.answersBy = answersBy
      self.appeals = appeals
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

extension Letter.OutcomeNotice: NoticeSource {
  var kind: Letter.Notice.Kind { .outcome }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      say("What came of your ASB case review", "Canlyniad eich adolygiad achos YG"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say(
        "The panel looked at your case on \(say.day(metOn)).",
        "Edrychodd y panel ar eich achos ar \(say.day(metOn))."), howMany(say), say.whatASBMeans)
    what(say, &paper)
    why(say, &paper)
    next(say, &paper)
    paper.follow(caseReference, sender, say)
    Support(pack: pack).write(say, &paper)
    challenge(say, &paper)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func howMany(_ say: Speech) -> String {
    switch recommendations.count {
    case 0:
      say("It made no recommendation.", "Ni wnaeth argymhelliad.")
    case 1: say("It made 1 recommendation.", "Nifer yr argymhellion: 1.")
    case let count: say("It made \(count) recommendations.", "Nifer yr argymhellion: \(count).")
    }
  }

  private func what(_ say: Speech, _ paper: inout Paper) {
    guard !recommendations.isEmpty else { return }
    paper.heading(say("What was recommended", "Beth a argymhellwyd"))
    paper.list(
      recommendations.map {
        let body = pack.nameOfBody($0.body)
        return Paper.Line(
          text: say("To \(body):", "I'r corff hwn, \(body):"), quoted: "“\($0.text)”",
          language: say.language)
      })
    paper.paragraph(
      say(
        "The law asks each of them to have regard to it (section 104(7)): to think about it seriously. They need not do "
          + "it.",
        "Mae'r gyfraith yn gofyn i bob un ystyried hyn o ddifrif (adran 104(7)). Nid oes rhaid iddynt ei wneud."
      ),
      answers(say))
  }

  private func answers(_ say: Speech) -> String {
    guard let answersBy else {
      return say(
        "We ask them to answer with reasons. Our procedure is not known to say by when.",
        "Gofynnwn iddynt ateb gyda rhesymau. Nid yw'n hysbys bod ein gweithdrefn yn dweud erbyn pryd."
      )
    }
    let day = say.day(answersBy.day)
    return answersBy.source == pack.name
      ? say(
        "They must answer with reasons by \(day).", "Rhaid iddynt ateb gyda rhesymau erbyn \(day).")
      : say(
        "We ask them to answer with reasons by \(day). Our procedure gives no time for this.",
        "Gofynnwn iddynt ateb gyda rhesymau erbyn \(day). Nid yw ein gweithdrefn yn rhoi amser ar gyfer hyn."
      )
  }

  private func why(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Why", "Pam"))
    if reason.isEmpty {
      paper.paragraph(
        say(
          "No reason was written down. You can ask us for one.",
          "Ni ysgrifennwyd rheswm. Gallwch ofyn i ni am un."))
    } else {
      paper.paragraph(
        say("This is the reason that was written down:", "Dyma'r rheswm a ysgrifennwyd:"))
      paper.paragraph("“\(reason)”")
    }
  }

  private func next(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    paper.paragraph(
      recommendations.isEmpty
        ? say(
          "The review is finished. You can apply again at any time, if it goes on.",
          "Mae'r adolygiad wedi gorffen. Gallwch wneud cais eto unrhyw bryd, os yw'n parhau.")
        : say(
          "We tell you what each body answers. We also tell you if one does not answer in time.",
          "Byddwn yn dweud wrthych beth mae pob corff yn ei ateb. Byddwn hefyd yn dweud os nad yw un yn ateb mewn pryd."
        ),
      say(
        "Please keep telling us, or the police, when something happens.",
        "Daliwch ati i ddweud wrthym ni, neu wrth yr heddlu, pan fydd rhywbeth yn digwydd."))
    paper.paragraph(say.danger)
  }

  /// An appeal is offered only where it would be taken; where it is not, there is still where to complain.
  private func challenge(_ say: Speech, _ paper: inout Paper) {
    let against = appealsAgainstThis
    let stages = pack.appeal(about: .review)?.stagesLeft(after: against.count)
    let isOpen = appeals.contains { $0.verdict == nil }
    let isUpheld = against.contains { $0.verdict?.isUpheld == true }
    let challenge = Challenge(
      pack: pack, decidedOn: on, writtenOn: on, isMet: true, stagesUsed: against.count)
    if isOpen || isUpheld || stages == 0 {
      challenge.writeWatchdogs(say, &paper)
    } else {
      challenge.writeReview(say, &paper)
    }
  }

  /// Those about a review that were made after the last one that led to this review.
  private var appealsAgainstThis: [Letter.Appeal] {
    let before = appeals.last { $0.verdict.map { $0.isUpheld && $0.decidedOn <= metOn } ?? false }
    return appeals.filter { $0.subject == .review && $0.number > before?.number ?? 0 }
  }
}
