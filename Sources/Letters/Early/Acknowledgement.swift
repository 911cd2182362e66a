public import CaseModel
public import Policy

extension Letter {
  /// Tells an applicant that the application is there, what happens next and by when, how to follow it, and who can
  /// help. It repeats nothing of what was applied about.
  public struct Acknowledgement: Sendable, Hashable {
    public let caseReference: String
    public let receivedOn: CalendarDate
    public let pack: PolicyPack
    /// The pack that lends clocks; nil where none does.
    public let lender: PolicyPack?
    /// By when stages are due, where that is known better than by the pack alone.
    public let deadlines: [Clock.Stage: Deadline]
    /// How the person said that they can be reached safely, without numbers and addresses.
    public let ways: [SafeWay]
    /// True if a consent is waited for without which a review cannot be run.
    public let awaitsConsent: Bool
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      caseReference: String, receivedOn: CalendarDate, pack: PolicyPack, lender: PolicyPack? = nil,
      deadlines: [Clock.Stage: Deadline] = [:], ways: [SafeWay] = [], awaitsConsent: Bool = false,
      on: CalendarDate
    ) {
      self.caseReference = caseReference
      self.receivedOn = receivedOn
      self.pack = pack
      self.lender = lender
      self.deadlines = deadlines
      self.ways = ways
      self.awaitsConsent = awaitsConsent
      self.on = on
    }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }

  /// A way to reach somebody that they said is safe.
  public enum SafeWay: Sendable, Hashable, CaseIterable {
    case email
    case sms
    case post
    case phone
    /// By phone, and an answering machine may be spoken to.
    case phoneWithVoicemail
  }
}

extension Letter.Acknowledgement: NoticeSource {
  var kind: Letter.Notice.Kind { .acknowledgement }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      say("We have your application", "Mae eich cais gennym"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say(
        "You asked for an ASB case review. Your application came on \(say.day(receivedOn)).",
        "Rydych wedi gofyn am adolygiad achos YG. Daeth eich cais ar \(say.day(receivedOn))."),
      say.whatASBMeans)
    paper.paragraph(
      say("Thank you for telling us.", "Diolch am ddweud wrthym."),
      awaitsConsent
        ? ""
        : say(
          "You do not have to do anything now.", "Nid oes rhaid i chi wneud dim yn awr."),
      say(
        "The day on which you applied counts, however long this takes.",
        "Mae'r diwrnod y gwnaethoch gais yn cyfrif, waeth pa mor hir y bydd hyn yn ei gymryd."))
    paper.heading(say("If you are not safe", "Os nad ydych yn ddiogel"))
    paper.paragraph(say.danger)
    paper.paragraph(
      say(
        "Please keep telling us, or the police, when something happens. Each report can count.",
        "Daliwch ati i ddweud wrthym ni, neu wrth yr heddlu, pan fydd rhywbeth yn digwydd. Gall pob adroddiad gyfrif."
      ))
    next(say, &paper)
    paper.follow(caseReference, sender, say)
    reachYou(say, &paper)
    Support(pack: pack).write(say, &paper)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func next(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    if awaitsConsent {
      paper.paragraph(
        say(
          "We still need a consent before we can run a review. We ask for it in another letter.",
          "Mae angen cydsyniad arnom cyn y gallwn gynnal adolygiad. Gofynnwn amdano mewn llythyr arall."
        ),
        say("Days may move until it is there.", "Gall diwrnodau symud nes iddo gyrraedd."))
    }
    paper.paragraph(
      say(
        "We tell the council, the police and others that you applied, and ask them what they know. Then a named "
          + "person decides if there is a review.",
        "Rydym yn dweud wrth y cyngor, yr heddlu ac eraill eich bod wedi gwneud cais, ac yn gofyn beth maent yn ei "
          + "wybod. Yna mae person a enwir yn penderfynu a fydd adolygiad."))
    let days = StageDays(of: self)
    paper.list(days.lines(say))
    paper.paragraph(
      days.isLent
        ? say(
          "Where we say “we aim for”, our procedure gives no time.",
          "Lle dywedwn “ein nod yw”, nid yw ein gweithdrefn yn rhoi amser.") : "",
      say(
        "If we are late, we will write to you and say why.",
        "Os byddwn yn hwyr, byddwn yn ysgrifennu atoch ac yn dweud pam."))
  }

  private func reachYou(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("How we will reach you", "Sut y byddwn yn cysylltu â chi"))
    guard !ways.isEmpty else {
      paper.paragraph(
        say(
          "We do not know yet which way is safe for you. Please tell us.",
          "Nid ydym yn gwybod eto pa ffordd sy'n ddiogel i chi. Rhowch wybod i ni."))
      return
    }
    paper.paragraph(
      say(
        "You told us that these ways are safe, and we use no others:",
        "Dywedwyd wrthym fod y ffyrdd hyn yn ddiogel, ac ni ddefnyddiwn rai eraill:"))
    paper.list(ways.map(say.name))
    paper.paragraph(
      say(
        "If one of them is not safe any more, tell us at once.",
        "Os nad yw un ohonynt yn ddiogel mwyach, dywedwch wrthym ar unwaith."))
  }
}

extension Speech {
  fileprivate func name(_ way: Letter.SafeWay) -> String {
    switch way {
    case .email: self("By email.", "Drwy e-bost.")
    case .sms: self("By text message.", "Drwy neges destun.")
    case .post: self("By post.", "Drwy'r post.")
    case .phone:
      self("By phone. We leave no message.", "Dros y ffôn. Ni adawn neges.")
    case .phoneWithVoicemail:
      self("By phone. We may leave a message.", "Dros y ffôn. Cawn adael neges.")
    }
  }
}
