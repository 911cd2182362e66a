public import CaseModel
public import Policy

/// A poster about the right to a review: what it is, who can ask and how, in English and Welsh, on one sheet of A4.
///
/// What it says of the procedure is what the pack that decides says. It has no script, no font and no picture from
/// elsewhere.
public struct PosterPage: Sendable {
  public let pack: PolicyPack
  public let code: MaterialCode
  /// The page that the poster leads to, code included.
  public let address: String
  /// The address as a QR code, an `svg` element.
  public let picture: String

  /// The poster of a material, for the area of a pack.
  public init(pack: PolicyPack, code: MaterialCode, address: String, picture: String) {
    self.pack = pack
    self.code = code
    self.address = address
    self.picture = picture
  }

  /// The language that comes first: that of the nation's law.
  private var languages: [Language] {
    pack.nation == .wales ? [.welsh, .english] : [.english, .welsh]
  }

  /// A whole page that stands alone, HTML that is well-formed XML as well (WCAG 2.2 AA).
  public var html: String {
    let first = Speech(language: languages[0])
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="\(languages[0].rawValue)" \
      xml:lang="\(languages[0].rawValue)">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(title(first)): \(Self.escaped(area))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      \(languages.enumerated().map(part).joined(separator: "\n"))
      <section class="code" lang="\(languages[0].rawValue)" xml:lang="\(languages[0].rawValue)">
      <div class="picture">\(picture)</div>
      <div>
      \(languages.map(howToFind).joined(separator: "\n"))
      </div>
      </section>
      </main>
      </body>
      </html>

      """
  }

  private var area: String { pack.procedure.title.isEmpty ? pack.name : pack.procedure.title }

  private func title(_ say: Speech) -> String {
    say(
      "Reported anti-social behaviour again and again?",
      "Wedi rhoi gwybod am ymddygiad gwrthgymdeithasol dro ar ôl tro?")
  }

  private func part(_ place: Int, _ language: Language) -> String {
    let say = Speech(language: language)
    // One heading of the first rank; the other language's has the second, and all others come below.
    let (heading, below) = place == 0 ? ("h1", "h2") : ("h2", "h3")
    let lines = [
      "<\(heading)>\(Self.escaped(title(say)))</\(heading)>",
      "<p class=\"right\">"
        + say("You can ask for a review of your case.", "Gallwch ofyn am adolygiad o'ch achos.")
        + "</p>",
      "<p>\(Self.escaped(whatItIs(say)))</p>",
      "<\(below)>\(say("Who can ask", "Pwy all ofyn"))</\(below)>",
      "<p>\(Self.escaped(whoCanAsk(say)))</p>",
      "<p>\(Self.escaped(when(say)))</p>",
      "<\(below)>\(say("How to ask", "Sut i ofyn"))</\(below)>",
    ]
    return "<section lang=\"\(language.rawValue)\" xml:lang=\"\(language.rawValue)\">\n"
      + (lines + howToAsk(say)).joined(separator: "\n") + "\n</section>"
  }

  private func whatItIs(_ say: Speech) -> String {
    say(
      "If you have told the council, the police or your landlord and it goes on, they must look at "
        + "it together when you ask and the threshold is met. This is called an ASB case review, or "
        + "the Community Trigger. It is your right by law (Anti-social Behaviour, Crime and Policing "
        + "Act 2014, section 104).",
      "Os ydych wedi dweud wrth y cyngor, yr heddlu neu eich landlord a'i fod yn parhau, rhaid iddynt "
        + "edrych arno gyda'i gilydd pan fyddwch yn gofyn a'r trothwy wedi'i gyrraedd. Yr enw ar hyn "
        + "yw adolygiad achos YG, neu'r Sbardun Cymunedol. Mae'n hawl i chi yn ôl y gyfraith (Deddf "
        + "Ymddygiad Gwrthgymdeithasol, Troseddu a Phlismona 2014, adran 104).")
  }

  private func whoCanAsk(_ say: Speech) -> String {
    say(
      "You, if it happens to you: a person, a business or a community group. With your consent also "
        + "somebody else for you: a relative, a friend, a councillor or an MP.",
      "Chi, os yw'n digwydd i chi: yn berson, yn fusnes neu'n grŵp cymunedol. Gyda'ch caniatâd hefyd "
        + "rywun arall ar eich rhan: perthynas, ffrind, cynghorydd neu AS.")
  }

  private func when(_ say: Speech) -> String {
    let rule = pack.mandatory.lawful
    let (within, last) = (say.period(rule.complaintWindow), say.period(rule.applicationWindow))
    return say(
      "The threshold is met after \(rule.required) reports in the last \(last), each made within "
        + "\(within) of what happened. After fewer reports you can ask as well, and are told why it "
        + "is met or not.",
      "Mae'r trothwy wedi'i gyrraedd ar ôl \(rule.required) adroddiad yn y \(last) diwethaf, pob un o "
        + "fewn \(within) i'r hyn a ddigwyddodd. Ar ôl llai o adroddiadau gallwch ofyn hefyd, a "
        + "chewch wybod pam y mae wedi'i gyrraedd ai peidio.")
  }

  private func howToAsk(_ say: Speech) -> [String] {
    let danger = "<p>\(say("In danger now? Call 999.", "Mewn perygl nawr? Ffoniwch 999."))</p>"
    guard let contact = pack.procedure.contact else {
      return ["<p>\(say("Use the code below.", "Defnyddiwch y cod isod."))</p>", danger]
    }
    // The office is called by its own name, which is English.
    let office =
      say.language == .english
      ? Self.escaped(contact.name)
      : "<span lang=\"en\" xml:lang=\"en\">\(Self.escaped(contact.name))</span>"
    let ways = contact.ways.map { way in
      "<li>\(say.name(way.kind)) <span class=\"address\">\(Self.escaped(way.at))</span></li>"
    }
    return [
      "<p>"
        + say("Use the code below, or ask here:", "Defnyddiwch y cod isod, neu gofynnwch yma:")
        + " \(office)</p>"
    ] + (ways.isEmpty ? [] : ["<ul>\(ways.joined())</ul>"]) + [danger]
  }

  private func howToFind(_ language: Language) -> String {
    let say = Speech(language: language)
    let tag = "lang=\"\(language.rawValue)\" xml:lang=\"\(language.rawValue)\""
    return """
      <p \(tag)>\(say("Scan the code, or open", "Sganiwch y cod, neu agorwch")) \
      <span class="address">\(Self.escaped(address))</span></p>
      <p \(tag)>\(say("If you ask in another way, give this code:", "Os gofynnwch mewn ffordd arall, rhowch y cod hwn:")) \
      <strong>\(code)</strong></p>
      <p \(tag)>\(say("The code says where you read this, not who you are.", "Mae'r cod yn dweud ble y darllenoch hyn, nid pwy ydych chi."))</p>
      """
  }

  private static let style = """
    @page { size: A4 portrait; margin: 14mm; }
    body { margin: 0; background: #fff; color: #1a1a1a; font: 1rem/1.45 Arial, Helvetica, sans-serif; }
    main { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
    h1, main > section + section > h2 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.5rem; }
    section > h2, h3 { font-size: 1.125rem; margin: 0.75rem 0 0.25rem; }
    section + section { margin-top: 1.25rem; border-top: 3px solid #1a1a1a; padding-top: 1.25rem; }
    p, ul { margin: 0 0 0.5rem; }
    .right { font-size: 1.25rem; font-weight: bold; }
    .code { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: center; }
    .picture svg { width: 42mm; height: 42mm; display: block; }
    .address { overflow-wrap: anywhere; }
    @media print {
      body { font-size: 11pt; color: #000; }
      main { max-width: none; padding: 0; }
      section { break-inside: avoid; }
    }
    """

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
