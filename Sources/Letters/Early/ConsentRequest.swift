public import CaseModel
public import Policy

extension Letter {
  /// Asks a person for a consent. It goes to the person whose consent it is, who may not be the one who applied.
  public struct ConsentRequest: Sendable, Hashable {
    /// What is asked.
    public enum Purpose: Sendable, Hashable {
      /// That the relevant bodies are told what the review needs.
      case share
      /// That somebody else acts for the person.
      case toAct
      /// That a service is told, so that it can help; by the name that people know.
      case referral(to: String)
      /// That the person takes part in the panel's meeting.
      case attendance
    }

    /// How it is answered, besides in any way that suits the person.
    public enum Answering: Sendable, Hashable {
      /// By the code that the applicant has for their case, where the case is followed.
      case asApplicant
      /// By a code of this letter's own, which answers this and opens nothing.
      /// - Parameters:
      ///   - at: the page for it, without scheme; empty where there is none to name.
      ///   - until: the last day on which it answers; nil where it is not known.
      case code(String, at: String, until: CalendarDate? = nil)
      /// In no other way.
      case anyWay
    }

    public let purpose: Purpose
    public let answering: Answering
    public let caseReference: String
    public let pack: PolicyPack
    /// By when an answer is asked for; nil where there is no such day.
    public let answerBy: CalendarDate?
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      _ purpose: Purpose, _ answering: Answering = .asApplicant, caseReference: String,
      pack: PolicyPack, answerBy: CalendarDate? = nil, on: CalendarDate
    ) {
      self.purpose = purpose
      // Who is asked whether somebody may act for them is not the one who applied.
      self.answering = purpose == .toAct && answering == .asApplicant ? .anyWay : answering
      self.caseReference = caseReference
      self.pack = pack
      self.answerBy = answerBy
      self.on = on
    }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.ConsentRequest: NoticeSource {
  var kind: Letter.Notice.Kind { .consentRequest }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      say("We ask for your consent", "Rydym yn gofyn am eich cydsyniad"), in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(question(say), say.whatASBMeans)
    paper.heading(say("What it means", "Beth mae'n ei olygu"))
    paper.paragraph(meaning(say), ifNot(say))
    paper.heading(say("What you can do", "Beth allwch chi ei wneud"))
    paper.paragraph(
      say(
        "You are free to say yes or no, and you need not say why.",
        "Rydych yn rhydd i ddweud ie neu na, ac nid oes rhaid dweud pam."),
      say(
        "If you say yes, you can take it back at any time.",
        "Os dywedwch ie, gallwch ei dynnu'n ôl unrhyw bryd."))
    howToAnswer(say, sender, &paper)
    paper.paragraph(
      say(
        "If somebody presses you to say yes or no, please tell us. We can talk to you alone.",
        "Os oes rhywun yn pwyso arnoch i ddweud ie neu na, dywedwch wrthym. Gallwn siarad â chi ar eich pen eich hun."
      ), say.danger)
    Support(pack: pack).write(say, &paper)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func howToAnswer(_ say: Speech, _ sender: Letter.Sender, _ paper: inout Paper) {
    let byWhen =
      answerBy.map {
        say("Please answer by \(say.day($0)).", "Atebwch erbyn \(say.day($0)).")
      } ?? say("Please answer as soon as you can.", "Atebwch cyn gynted ag y gallwch.")
    let anyWay = say(
      "Tell us in any way that suits you.",
      "Dywedwch wrthym mewn unrhyw ffordd sy'n addas i chi.")
    switch answering {
    case .asApplicant where !sender.followAt.isEmpty:
      paper.paragraph(
        byWhen,
        say(
          "Tell us in any way that suits you, or answer with your code here:",
          "Dywedwch wrthym mewn unrhyw ffordd sy'n addas i chi, neu atebwch gyda'ch cod yma:"),
        address: sender.followAt)
    case .asApplicant, .anyWay: paper.paragraph(byWhen, anyWay)
    case .code(let code, let address, let until):
      paper.paragraph(
        byWhen, anyWay,
        say(
          "Or answer yourself, without anybody else. You need the reference (\(caseReference)) and this code: \(code).",
          "Neu atebwch eich hun, heb neb arall. Bydd angen y cyfeirnod (\(caseReference)) a'r cod hwn: \(code)."
        ))
      paper.paragraph(
        address.isEmpty
          ? say(
            "On our pages, choose “Answer a letter that asks for your consent”.",
            "Ar ein tudalennau, dewiswch “Ateb llythyr sy'n gofyn am eich cydsyniad”.")
          : say("Answer here:", "Atebwch yma:"), address: address)
      paper.paragraph(
        say(
          "The code is for this answer alone: it shows nobody anything of the case. Keep it to yourself.",
          "Dim ond ar gyfer yr ateb hwn y mae'r cod: nid yw'n dangos dim o'r achos i neb. Cadwch ef i chi'ch hun."
        ),
        until.map {
          say(
            "The last day on which it works is \(say.day($0)).",
            "Y diwrnod olaf y mae'n gweithio yw \(say.day($0)).")
        } ?? "")
    }
  }

  private func question(_ say: Speech) -> String {
    switch purpose {
    case .share:
      say(
        "We have an application for an ASB case review. May we share what it says with the bodies that would carry "
          + "out the review?",
        "Mae gennym gais am adolygiad achos YG. A gawn rannu'r hyn y mae'n ei ddweud gyda'r cyrff a fyddai'n cynnal "
          + "yr adolygiad?")
    case .toAct:
      say(
        "Somebody has asked for an ASB case review for you. May they act for you?",
        "Mae rhywun wedi gofyn am adolygiad achos YG ar eich rhan. A gaiff weithredu ar eich rhan?")
    case .referral(let agency):
      say(
        "You are part of an ASB case review. May we tell a service that could help you? Its name: \(agency).",
        "Rydych yn rhan o adolygiad achos YG. A gawn ddweud wrth wasanaeth a allai eich helpu? Ei enw: \(agency)."
      )
    case .attendance:
      say(
        "There will be an ASB case review. May we tell the panel that you want to take part?",
        "Bydd adolygiad achos YG. A gawn ddweud wrth y panel eich bod am gymryd rhan?")
    }
  }

  private func meaning(_ say: Speech) -> String {
    switch purpose {
    case .share:
      say(
        "The council, the police, the health service and landlords look together at what was done. They are told "
          + "only what they need.",
        "Mae'r cyngor, yr heddlu, y gwasanaeth iechyd a landlordiaid yn edrych gyda'i gilydd ar yr hyn a wnaed. Dim "
          + "ond yr hyn sydd ei angen a ddywedir wrthynt.")
    case .toAct:
      say(
        "They would get our letters, answer our questions, and speak for you. You can still write to us yourself.",
        "Byddai'n cael ein llythyrau, yn ateb ein cwestiynau, ac yn siarad ar eich rhan. Gallwch ysgrifennu atom eich "
          + "hun o hyd.")
    case .referral:
      say(
        "The service gets your name, how to reach you safely, and only what it needs to begin. It does not get your "
          + "complaints.",
        "Mae'r gwasanaeth yn cael eich enw, sut i gysylltu â chi yn ddiogel, a dim ond yr hyn sydd ei angen i ddechrau. "
          + "Nid yw'n cael eich cwynion.")
    case .attendance:
      say(
        "The panel would know that you are coming, or who comes for you, and what you need for it.",
        "Byddai'r panel yn gwybod eich bod yn dod, neu pwy sy'n dod ar eich rhan, a beth sydd ei angen arnoch."
      )
    }
  }

  private func ifNot(_ say: Speech) -> String {
    switch purpose {
    case .share:
      say(
        "If you say no, we run no review for you. Where somebody else has agreed, there may still be one for them. "
          + "Nothing else changes for you.",
        "Os dywedwch na, ni fyddwn yn cynnal adolygiad i chi. Lle mae rhywun arall wedi cytuno, gall fod un iddynt hwy "
          + "o hyd. Nid oes dim arall yn newid i chi.")
    case .toAct:
      say(
        "If you say no, they cannot act for you. You can apply yourself.",
        "Os dywedwch na, ni chaiff weithredu ar eich rhan. Gallwch wneud cais eich hun.")
    case .referral:
      say(
        "If you say no, your case goes on as before. You can go to the service yourself.",
        "Os dywedwch na, bydd eich achos yn mynd ymlaen fel o'r blaen. Gallwch fynd at y gwasanaeth eich hun."
      )
    case .attendance:
      say(
        "If you say no, the review goes on all the same. You can send a statement.",
        "Os dywedwch na, bydd yr adolygiad yn mynd ymlaen beth bynnag. Gallwch anfon datganiad.")
    }
  }
}
