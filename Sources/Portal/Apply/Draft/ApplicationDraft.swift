import Crypto
import Foundation

/// What somebody has answered so far: as it was typed, so that it comes back as it was typed. A value; where it is kept,
/// encrypted, is Intake's.
struct ApplicationDraft: Sendable, Hashable, Codable {
  /// Of the form in which it is kept.
  static let current = 1
  /// Entries of one list, such as complaints.
  static let entriesLimit = 50

  var version = Self.current
  /// Answers to questions that are asked once.
  var main = Answers()
  var complaints: [Entry] = []
  /// Those who are alleged to do it.
  var people: [Entry] = []
  var files: [File] = []
  /// The highest number that an entry has had: a number is never used again.
  var lastNumber = 0

  /// One of a list: its number goes with it whatever becomes of the others.
  struct Entry: Sendable, Hashable, Codable {
    let number: Int
    var answers = Answers()
  }

  /// A file that Intake has taken in for this draft.
  struct File: Sendable, Hashable, Codable {
    let id: String
    let name: String
    let mediaType: String
    let bytes: UInt64
  }

  /// Adds an entry, and says its number; nil if there are too many.
  mutating func add(to list: WritableKeyPath<ApplicationDraft, [Entry]>) -> Int? {
    guard self[keyPath: list].count < Self.entriesLimit else { return nil }
    lastNumber += 1
    self[keyPath: list].append(Entry(number: lastNumber))
    return lastNumber
  }

  /// - Throws: what is wrong with bytes that this program did not write.
  init(json: Data) throws {
    guard !json.isEmpty else {
      self.init()
      return
    }
    self = try JSONDecoder().decode(Self.self, from: json)
  }

  init() {}

  /// The same draft gives the same bytes.
  var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      return try encoder.encode(self)
    }
  }
}

/// What stands in the fields of questions, by the fields' names.
struct Answers: Sendable, Hashable, Codable {
  private(set) var values: [String: [String]] = [:]

  init() {}

  init(_ values: [String: String]) {
    for (name, value) in values where !value.isEmpty { self.values[name] = [value] }
  }

  init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: [String]].self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }

  /// The first value; empty if there is none.
  subscript(name: String) -> String {
    get { values[name]?.first ?? "" }
    set { values[name] = newValue.isEmpty ? nil : [newValue] }
  }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  var isEmpty: Bool { values.isEmpty }

  /// Takes what stands in these fields of a form, in the place of what stood there.
  mutating func take(_ names: [String], from form: PostedForm) {
    for name in names {
      let all = form.all(name)
      values[name] = all.isEmpty ? nil : all
    }
  }

  /// As a form that was sent: so a page is filled.
  var form: PostedForm {
    var form = PostedForm()
    for (name, all) in values { form.set(name, all) }
    return form
  }

  /// What stands in some fields, as a short number: two that differ show that another window changed them.
  func digest(of names: [String]) -> String {
    var hash = SHA256()
    for name in names.sorted() {
      for value in all(name) {
        hash.update(data: Array(name.utf8) + [0] + Array(value.utf8) + [0])
      }
    }
    return hash.finalize().prefix(8).map { String($0, radix: 16) }.joined(separator: "-")
  }
}
