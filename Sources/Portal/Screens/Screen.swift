/// A page, as values: what stands on it, in the order in which it is read. The templates make HTML of it.
///
/// Its title stands in browsers' histories: never anything personal.
struct Screen: Sendable, Hashable {
  var title: String
  var blocks: [Block]
  /// Where the back link leads, in the language of the page; nil: there is none.
  var back: String?
  /// What is wrong with what was sent: a summary stands first, and each stands beside its field too.
  var faults: [FieldFault] = []
  /// The HTTP status.
  var status = 200
  /// The title stands on the page as its heading. False where the one question of the page is the heading: see
  /// ``Field/isHeading``.
  var hasHeading = true
  /// A line above the heading, such as "Complaint 2".
  var caption = ""

  init(
    _ title: String, _ blocks: [Block], back: String? = nil, faults: [FieldFault] = [],
    caption: String = "", hasHeading: Bool = true, status: Int = 200
  ) {
    self.title = title
    self.blocks = blocks
    self.back = back
    self.faults = faults
    self.caption = caption
    self.hasHeading = hasHeading
    self.status = status
  }

  /// The HTTP status: what was sent and cannot be taken as it is was a bad request, whichever page says so.
  func status(isAnswer: Bool) -> Int {
    isAnswer && status == 200 && !faults.isEmpty ? 400 : status
  }
}

/// What is wrong with a field, in words that never repeat what was typed.
struct FieldFault: Sendable, Hashable {
  /// The ``Field/name``; empty if it is about the whole.
  let field: String
  let message: String
  /// A page where it can be put right, where that is another one.
  var address = ""
}

/// Words with links and stress in them. A text literal is plain words.
struct Words: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  enum Run: Sendable, Hashable {
    case plain(String)
    case strong(String)
    /// An address of our own, or a whole one with `https:`, `tel:`, `mailto:` or `sms:`; others are shown as words.
    case link(String, String)
    /// Words that stay in English on a Welsh page.
    case english(String)
  }

  var runs: [Run]

  init(_ text: String) { runs = [.plain(text)] }
  init(stringLiteral text: String) { self.init(text) }
  init(runs: [Run]) { self.runs = runs }

  static func link(_ label: String, _ address: String) -> Words {
    Words(runs: [.link(label, address)])
  }
  static func strong(_ text: String) -> Words { Words(runs: [.strong(text)]) }
  static func english(_ text: String) -> Words { Words(runs: [.english(text)]) }

  static func + (one: Words, other: Words) -> Words { Words(runs: one.runs + other.runs) }
  static func + (one: Words, other: String) -> Words { one + Words(other) }
}

/// A part of a page.
indirect enum Block: Sendable, Hashable {
  /// Level 2 or 3.
  case heading(Int, String)
  case paragraph(Words)
  case list([Words])
  case steps([Words])
  /// Set off from the rest.
  case inset(Words)
  /// Something that must not be missed.
  case warning(Words)
  /// That something was done, with what to note down; the page's heading.
  case panel(title: String, body: [Words])
  /// Shown when somebody asks for it.
  case details(String, [Block])
  case summary([SummaryRow])
  case table(caption: String, columns: [String], rows: [[Words]])
  /// A link that looks like a button: it only leads somewhere.
  case start(String, String)
  /// A notice at the top, such as that something was saved.
  case banner(title: String, body: [Words], isSuccess: Bool)
  case form(Form)
  /// HTML of ours that is well-formed, such as a letter's body. Whoever makes it has escaped what is in it.
  case html(String)

  static func h2(_ text: String) -> Block { .heading(2, text) }
  static func h3(_ text: String) -> Block { .heading(3, text) }
  static func p(_ text: String) -> Block { .paragraph(Words(text)) }
  static func p(_ words: Words) -> Block { .paragraph(words) }
}

/// A row of "check your answers", and the like.
struct SummaryRow: Sendable, Hashable {
  var key: String
  /// Each on a line of its own.
  var values: [Words]
  /// Where it can be changed, and how a screen reader says what: "Change" + " your name".
  var changes: [Change] = []

  struct Change: Sendable, Hashable {
    let label: String
    let of: String
    let address: String
  }
}
