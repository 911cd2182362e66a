import CaseModel

/// What the portal says, in both languages: whoever writes one writes the other.
struct Phrase: Sendable, Hashable {
  let english: String
  let welsh: String

  init(_ english: String, _ welsh: String) {
    self.english = english
    self.welsh = welsh
  }

  /// What is the same in both, such as a name.
  init(same: String) { self.init(same, same) }

  subscript(language: Language) -> String { language == .welsh ? welsh : english }
}

/// Says things in one of two languages.
struct Say: Sendable, Hashable {
  let language: Language

  func callAsFunction(_ english: String, _ welsh: String) -> String {
    language == .welsh ? welsh : english
  }

  func callAsFunction(_ phrase: Phrase) -> String { phrase[language] }

  /// Such as "4 November 2025".
  func day(_ date: CalendarDate) -> String { self(date.inWords, date.inWelsh) }
}
