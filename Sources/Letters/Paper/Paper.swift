import CaseModel
import Policy

/// What is to be read, in the order in which it is read: letters, the officer's screen and the public page
/// are all of this shape, and each is written as text, Markdown or HTML from it.
struct Paper: Sendable, Hashable {
  let language: Language
  let title: String
  private(set) var blocks: [Block] = []

  /// A part of it.
  enum Block: Sendable, Hashable {
    /// Level 2 or 3; a level 3 stands beneath a level 2.
    case heading(Int, String)
    case paragraph(Line)
    case list([Line])
    case table(Table)
  }

  /// A sentence or more, and where it leads.
  struct Line: Sendable, Hashable {
    let text: String
    /// What somebody else worded, after the text; empty if nobody did.
    var quoted = ""
    /// What the quoted words are written in.
    var language = Language.english
    /// Without scheme; empty if it leads nowhere.
    var address = ""
  }

  /// The first cell of each row says what the row is about.
  struct Table: Sendable, Hashable {
    let caption: String
    let columns: [String]
    let rows: [[String]]
  }

  init(_ title: String, in language: Language) {
    self.title = title
    self.language = language
  }

  /// The same with this in place of its first part; without that part if it is empty.
  func beginning(with text: String) -> Paper {
    var other = self
    other.blocks.removeFirst()
    if !text.isEmpty { other.blocks.insert(.paragraph(Line(text: text)), at: 0) }
    return other
  }

  mutating func heading(_ text: String, level: Int = 2) {
    blocks.append(.heading(level, text))
  }

  /// Sentences that belong together; empty ones are left out.
  mutating func paragraph(_ sentences: String..., address: String = "") {
    let text = sentences.filter { !$0.isEmpty }.joined(separator: " ")
    if !text.isEmpty { blocks.append(.paragraph(Line(text: text, address: address))) }
  }

  /// The procedure's own words about something, said to be its own, in this language or else as they are.
  /// - Parameter subject: of appeals, the decision that they are about; nil for those about every one.
  mutating func quote(
    _ topic: Wording.Topic, about subject: AppealPolicy.Subject? = nil, from pack: PolicyPack
  ) {
    let words = pack.procedure.wordings.filter { $0.topic == topic && $0.subject == subject }
    guard let own = words.first(where: { $0.language == language }) ?? words.first else { return }
    guard !own.text.isEmpty else { return }
    let say = Speech(language: language)
    blocks.append(
      .paragraph(
        Line(
          text: say("The published procedure says:", "Dywed y weithdrefn gyhoeddedig:"),
          quoted: "“\(own.text)”", language: own.language)))
  }

  mutating func list(_ sentences: [String]) {
    list(sentences.map { Line(text: $0) })
  }

  mutating func list(_ lines: [Line]) {
    if !lines.isEmpty { blocks.append(.list(lines)) }
  }

  mutating func table(_ caption: String, _ columns: [String], _ rows: [[String]]) {
    if !rows.isEmpty {
      blocks.append(.table(Table(caption: caption, columns: columns, rows: rows)))
    }
  }
}

/// Says things in one of two languages: whoever writes a sentence writes both.
struct Speech: Sendable {
  let language: Language

  func callAsFunction(_ english: String, _ welsh: String) -> String {
    switch language {
    case .english: english
    case .welsh: welsh
    }
  }

  /// Such as "4 November 2025".
  func day(_ date: CalendarDate) -> String {
    self(date.inWords, date.inWelsh)
  }

  /// Such as "10 working days". In Welsh, of what is counted here, only a two softens what follows.
  func period(_ period: Period) -> String {
    let amount = period.amount
    let (isOne, isTwo) = (amount == 1, amount == 2)
    return switch period.unit {
    case .days:
      self("\(amount) \(isOne ? "day" : "days")", "\(amount) \(isTwo ? "ddiwrnod" : "diwrnod")")
    case .workingDays:
      self(
        "\(amount) working \(isOne ? "day" : "days")",
        "\(amount) \(isTwo ? "ddiwrnod" : "diwrnod") gwaith")
    case .weeks: self("\(amount) \(isOne ? "week" : "weeks")", "\(amount) wythnos")
    case .months:
      self("\(amount) \(isOne ? "month" : "months")", "\(amount) \(isTwo ? "fis" : "mis")")
    }
  }

  /// What a pack has in English only, such as a clause: in a Welsh text it is marked as what it is.
  func foreign(_ words: String) -> String {
    guard language != .english, !words.isEmpty else { return words }
    return "\(Paper.Foreign.begins)\(words.withoutControls)\(Paper.Foreign.ends)"
  }

  /// What a pack has in English, in its own Welsh where it has that.
  func own(_ english: String, _ welsh: String?) -> String {
    if language == .welsh, let welsh, !welsh.isEmpty { return welsh }
    return foreign(english)
  }

  /// What stands where the procedure is not known to say anything.
  var notKnown: String { self("Not known", "Ddim yn hysbys") }

  func yesOrNo(_ isSo: Bool) -> String { isSo ? self("Yes", "Ie") : self("No", "Na") }

  /// Such as "police, council and health".
  func all(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + self(" and ", ", ") + last
  }
}
