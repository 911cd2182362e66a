public import CaseModel
public import Policy

/// An area's current procedure, for everybody to read (s.104(2)). What is not known is said to be not known.
public struct ProcedurePage: Sendable, Hashable {
  public let pack: PolicyPack
  /// Lends clocks where the pack has none; what is lent is marked as lent.
  public let lender: PolicyPack?

  public init(pack: PolicyPack, lender: PolicyPack? = nil) {
    self.pack = pack
    self.lender = lender
  }

  /// CommonMark with tables.
  public func markdown(in language: Language) -> String { paper(in: language).markdown }

  /// A whole page that stands alone (WCAG 2.2 AA).
  public func html(in language: Language) -> String { paper(in: language).html }

  func paper(in language: Language) -> Paper {
    let say = Speech(language: language)
    let title = pack.procedure.title.isEmpty ? pack.name : pack.procedure.title
    var paper = Paper(
      say("ASB case reviews: \(title)", "Adolygiadau achos YG: \(title)"), in: language)
    version(say, &paper)
    whatItIs(say, &paper)
    howToApply(say, &paper)
    threshold(say, &paper)
    whatCounts(say, &paper)
    conditions(say, &paper)
    timeLimits(say, &paper)
    bodies(say, &paper)
    decision(say, &paper)
    Challenge(pack: pack).write(say, &paper)
    Support(pack: pack).write(say, &paper)
    figures(say, &paper)
    records(say, &paper)
    sources(say, &paper)
    return paper
  }

  /// True if the procedure is not known to say it.
  func isUnknown(_ path: String) -> Bool { pack.provenance.isUnknown(path) }
}

// MARK: - What it is, who can apply, and how

extension ProcedurePage {
  private func version(_ say: Speech, _ paper: inout Paper) {
    let until = pack.until.map {
      say(" It ended on \(say.day($0)).", " Daeth i ben ar \(say.day($0)).")
    }
    paper.paragraph(
      say(
        "This is version \(pack.version) of the procedure. It is for applications from "
          + "\(say.day(pack.from)) on.",
        "Dyma fersiwn \(pack.version) o'r weithdrefn. Mae ar gyfer ceisiadau o \(say.day(pack.from)) "
          + "ymlaen.") + (until ?? ""))
    if pack.procedure.publishedAt.isEmpty {
      paper.paragraph(
        say(
          "Where the area publishes its own procedure: not known.",
          "Ble mae'r ardal yn cyhoeddi ei gweithdrefn: ddim yn hysbys."))
    } else {
      paper.paragraph(
        say(
          "The area publishes its procedure here:", "Mae'r ardal yn cyhoeddi ei gweithdrefn yma:"),
        address: pack.procedure.publishedAt)
    }
  }

  private func whatItIs(_ say: Speech, _ paper: inout Paper) {
    paper.heading(
      say("What an ASB case review is", "Beth yw adolygiad achos ymddygiad gwrthgymdeithasol (YG)"))
    paper.paragraph(
      say(
        "ASB means anti-social behaviour. That is behaviour that causes harassment, alarm or distress to "
          + "members of the public.",
        "Ystyr YG yw ymddygiad gwrthgymdeithasol. Dyna ymddygiad sy'n achosi aflonyddu, braw neu drallod i "
          + "aelodau o'r cyhoedd."),
      say(
        "In an ASB case review the bodies look together at what has been done, and what more can be done. "
          + "It is also called the Community Trigger.",
        "Mewn adolygiad achos YG, mae'r cyrff yn edrych gyda'i gilydd ar yr hyn a wnaed, a beth arall y "
          + "gellir ei wneud. Enw arall arno yw'r Sbardun Cymunedol."),
      say(
        "It is a right under section 104 of the Anti-social Behaviour, Crime and Policing Act 2014.",
        "Mae'n hawl o dan adran 104 o Ddeddf Ymddygiad Gwrthgymdeithasol, Troseddu a Phlismona 2014."
      ))
    paper.quote(.definition, from: pack)
    paper.quote(.pledge, from: pack)
    paper.heading(say("Who can apply", "Pwy all wneud cais"))
    paper.list([
      say(
        "The victim. A victim can be a person, a business or a community group.",
        "Y dioddefwr. Gall dioddefwr fod yn unigolyn, yn fusnes neu'n grŵp cymunedol."),
      say(
        "Any other person for the victim, if the victim agrees: for example a relative, a friend, a "
          + "councillor or a member of parliament.",
        "Unrhyw berson arall ar ran y dioddefwr, os yw'r dioddefwr yn cytuno: er enghraifft perthynas, "
          + "ffrind, cynghorydd neu aelod seneddol."),
    ])
  }

  private func howToApply(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("How to apply", "Sut i wneud cais"))
    guard let contact = pack.procedure.contact else {
      paper.paragraph(
        say(
          "Point of contact: not known. The law says that there must be one (section 104(3)).",
          "Pwynt cyswllt: ddim yn hysbys. Yn ôl y gyfraith, rhaid cael un (adran 104(3))."))
      return
    }
    paper.paragraph(
      say("Apply to: \(contact.name).", "Gwnewch gais i: \(say.foreign(contact.name))."))
    if contact.ways.isEmpty {
      paper.paragraph(say("Ways to apply: not known.", "Ffyrdd o wneud cais: ddim yn hysbys."))
    }
    paper.list(contact.ways.map { Paper.Line(text: say.name($0.kind), address: $0.at) })
    paper.paragraph(
      say(
        "Your application is passed on to all the relevant bodies (section 104(3)).",
        "Caiff eich cais ei drosglwyddo i'r holl gyrff perthnasol (adran 104(3))."))
    let names = pack.procedure.languages.map { language in
      language == .english ? say("English", "Saesneg") : say("Welsh", "Cymraeg")
    }
    paper.paragraph(say("Languages: \(say.all(names)).", "Ieithoedd: \(say.all(names))."))
    if let hour = pack.procedure.closesAtHour {
      paper.paragraph(
        say(
          "What arrives at \(hour):00 or later counts as received on the next working day.",
          "Mae'r hyn sy'n cyrraedd am \(hour):00 neu'n hwyrach yn cyfrif fel petai wedi cyrraedd y diwrnod "
            + "gwaith nesaf."))
    }
  }
}
