public import CaseModel
public import Policy

extension Letter {
  /// Tells somebody who reported for the second time in six months that there is such a thing as a review (statutory
  /// guidance of 2025). It is about no case, and says nothing of what was reported.
  public struct Signpost: Sendable, Hashable {
    public let pack: PolicyPack
    /// The day of the letter.
    public let on: CalendarDate

    public init(pack: PolicyPack, on: CalendarDate) {
      self.pack = pack
      self.on = on
    }

    /// The letter with what goes around it.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.Signpost: NoticeSource {
  var kind: Letter.Notice.Kind { .signpost }
  var caseReference: String { "" }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(
      say("You can ask for an ASB case review", "Gallwch ofyn am adolygiad achos YG"), in: language)
    paper.begin("", on: on, say)
    paper.paragraph(
      say(
        "Has anti-social behaviour (ASB) been reported more than once, and it goes on? Then you may ask for a review.",
        "A roddwyd gwybod am ymddygiad gwrthgymdeithasol (YG) fwy nag unwaith, ac a yw'n parhau? Yna cewch ofyn am "
          + "adolygiad."))
    paper.heading(say("What a review is", "Beth yw adolygiad"))
    paper.paragraph(
      say(
        "The council, the police, the health service and landlords look together at what was done. Then they say what "
          + "should happen next. It is also called the Community Trigger.",
        "Mae'r cyngor, yr heddlu, y gwasanaeth iechyd a landlordiaid yn edrych gyda'i gilydd ar yr hyn a wnaed. Yna "
          + "maent yn dweud beth ddylai ddigwydd nesaf. Enw arall arno yw'r Sbardun Cymunedol."),
      say(
        "It is free. You do not need a lawyer. Somebody else may ask for you, if you agree.",
        "Mae'n rhad ac am ddim. Nid oes angen cyfreithiwr. Caiff rhywun arall ofyn ar eich rhan, os cytunwch."
      ))
    paper.heading(say("Who can ask", "Pwy all ofyn"))
    paper.paragraph(
      say(
        "There is a test, called the threshold. It is met when enough complaints count: \(pack.mandatory.required) are "
          + "enough.",
        "Mae prawf, sef y trothwy. Mae wedi'i gyrraedd pan fydd digon o gwynion yn cyfrif. Nifer y cwynion sy'n ddigon: "
          + "\(pack.mandatory.required)."),
      say(
        "A person can decide that it is met with fewer. If you are not sure, ask us.",
        "Gall person benderfynu ei fod wedi'i gyrraedd gyda llai. Os nad ydych yn siŵr, gofynnwch i ni."
      ))
    paper.quote(.threshold, from: pack)
    howToAsk(say, &paper)
    Support(pack: pack).write(say, &paper)
    paper.paragraph(say.danger)
    return paper
  }

  private func howToAsk(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("How to ask", "Sut i ofyn"))
    guard let contact = pack.procedure.contact else {
      paper.paragraph(
        say("The council says how to apply.", "Bydd y cyngor yn dweud sut i wneud cais."),
        address: pack.procedure.publishedAt)
      return
    }
    paper.paragraph(
      say("Apply to: \(contact.name).", "Gwnewch gais i: \(say.foreign(contact.name))."),
      say(
        "If these ways do not suit you, ask anybody who helps you to tell us.",
        "Os nad yw'r ffyrdd hyn yn addas i chi, gofynnwch i unrhyw un sy'n eich helpu i ddweud wrthym."
      ))
    paper.list(contact.ways.map { Paper.Line(text: say.name($0.kind), address: $0.at) })
  }
}
