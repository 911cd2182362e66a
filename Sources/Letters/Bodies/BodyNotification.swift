public import CaseModel
public import Policy

extension Letter {
  /// Passes an application on to a relevant body (s.104(3)). It names nobody: the body fetches what it needs by the way
  /// that is agreed with it.
  public struct BodyNotification: Sendable, Hashable {
    /// Key of the body in the pack.
    public let body: String
    public let caseReference: String
    public let receivedOn: CalendarDate
    /// How many complaints the application names.
    public let complaints: Int
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      to body: String, caseReference: String, receivedOn: CalendarDate, complaints: Int,
      pack: PolicyPack, on: CalendarDate
    ) {
      self.body = body
      self.caseReference = caseReference
      self.receivedOn = receivedOn
      self.complaints = complaints
      self.pack = pack
      self.on = on
    }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.BodyNotification: NoticeSource {
  var kind: Letter.Notice.Kind { .bodyNotification }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      say(
        "An application for an ASB case review", "Cais am adolygiad achos YG"),
      in: language)
    paper.begin(caseReference, on: on, say)
    paper.paragraph(
      say("To: \(pack.nameOfBody(body)).", "At: \(pack.nameOfBody(body))."),
      say(
        "An application for an ASB case review came on \(say.day(receivedOn)).",
        "Daeth cais am adolygiad achos YG ar \(say.day(receivedOn))."),
      complaints == 1
        ? say("It names 1 complaint.", "Nifer y cwynion a enwir: 1.")
        : say("It names \(complaints) complaints.", "Nifer y cwynion a enwir: \(complaints)."))
    paper.paragraph(
      say(
        "You are told because you are a relevant body (sections 104(3) and 105 of the Anti-social Behaviour, Crime and "
          + "Policing Act 2014). Nothing is decided yet.",
        "Rydych yn cael gwybod am eich bod yn gorff perthnasol (adrannau 104(3) a 105 o Ddeddf Ymddygiad "
          + "Gwrthgymdeithasol, Troseddu a Phlismona 2014). Nid oes dim wedi'i benderfynu eto."))
    paper.heading(say("What we ask of you", "Beth a ofynnwn gennych"))
    paper.list([
      say("Tell us that you have this.", "Rhowch wybod i ni fod hwn gennych."),
      say(
        "Keep what you have on record about it, and delete nothing for now.",
        "Cadwch yr hyn sydd gennych ar gofnod amdano, a pheidiwch â dileu dim am y tro."),
      say(
        "Tell us at once if you know of a danger to somebody.",
        "Dywedwch wrthym ar unwaith os gwyddoch am berygl i rywun."),
      say(
        "Tell us if somebody of yours has a conflict of interest.",
        "Dywedwch wrthym os oes gan rywun o'ch corff wrthdaro buddiannau."),
    ])
    paper.heading(say("What happens next", "Beth sy'n digwydd nesaf"))
    paper.paragraph(
      say(
        "If we need information from you, we ask for it in another letter with a day to answer by.",
        "Os bydd angen gwybodaeth gennych, gofynnwn amdani mewn llythyr arall gyda diwrnod i'w hateb."
      ))
    paper.fetching(say)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }
}

extension PolicyPack {
  /// As people know it; its key where the pack does not have it.
  func nameOfBody(_ key: String) -> String { body(key)?.name ?? key }
}

extension Paper {
  /// Why a letter to a body has nobody's details, and where they are.
  mutating func fetching(_ say: Speech) {
    heading(say("Whom it is about", "Am bwy y mae"))
    paragraph(
      say(
        "This letter has no personal details, so that it cannot leak them. You get what you need under the reference, "
          + "by the secure way agreed with you.",
        "Nid oes manylion personol yn y llythyr hwn, fel na ellir eu datgelu. Cewch yr hyn sydd ei angen o dan y "
          + "cyfeirnod, drwy'r ffordd ddiogel a gytunwyd gyda chi."),
      say(
        "Please put no names or addresses into an answer by e-mail.",
        "Peidiwch â rhoi enwau na chyfeiriadau mewn ateb drwy e-bost."))
  }
}
