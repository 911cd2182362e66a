import CaseModel
import Policy

/// What a question may look at: who is asked, where, when, and in which language.
struct Asking: Sendable {
  let language: Language
  let today: CalendarDate
  /// The procedure of the area.
  let pack: PolicyPack
  let draft: ApplicationDraft

  var say: Say { Say(language: language) }
  var main: Answers { draft.main }
  /// Somebody applies for somebody else.
  var isForSomebodyElse: Bool { main["who"] == "somebody-else" }
}

/// A page of the application: one question, as data. What it asks, when it is asked, what is wrong with an answer.
struct Step: Sendable {
  /// Stands in the path.
  let key: String
  /// Nothing personal: it stands in the browser's history.
  let title: Phrase
  let fields: @Sendable (Asking) -> [Field]
  /// Words before the fields.
  var words: @Sendable (Asking) -> [Block] = { _ in [] }
  var isAsked: @Sendable (Asking) -> Bool = { _ in true }
  /// What is wrong with answers, besides what the fields' kinds say.
  var faults: @Sendable (Answers, Asking) -> [FieldFault] = { _, _ in [] }
  /// Names of fields that do not count beside these answers: what was typed in them before is kept, and not shown as an
  /// answer.
  var idle: @Sendable (Answers) -> Set<String> = { _ in [] }
  /// Nothing has to be answered.
  var isOptional = false

  /// Names of all that is typed on it.
  func names(_ asking: Asking) -> [String] { fields(asking).flatMap(\.names) }

  /// The only field is the heading of the page.
  func hasOneQuestion(_ asking: Asking) -> Bool { fields(asking).contains(where: \.isHeading) }

  /// Everything that is wrong with answers.
  func allFaults(_ answers: Answers, _ asking: Asking) -> [FieldFault] {
    let own = faults(answers, asking)
    let kinds = fields(asking).filter { field in !own.contains { $0.field == field.name } }
      .compactMap { $0.fault(in: answers, asking.say) }
    return fields(asking).flatMap { field in (own + kinds).filter { $0.field == field.name } }
  }
}

extension Field {
  /// Names of what is typed in it.
  var names: [String] {
    guard case .date(let hasDay) = kind else { return [name] }
    return (hasDay ? ["day"] : []).map { "\(name)-\($0)" } + ["\(name)-month", "\(name)-year"]
  }

  /// What is wrong by the kind of the field alone: a choice that is none, a text that is too long.
  fileprivate func fault(in answers: Answers, _ say: Say) -> FieldFault? {
    switch kind {
    case .radios(let choices), .checkboxes(let choices), .select(let choices):
      let known = Set(choices.map(\.value))
      guard !answers.all(name).allSatisfy(known.contains) else { return nil }
      return FieldFault(
        field: name, message: say("Choose one of the answers", "Dewiswch un o'r atebion"))
    case .line: return .tooLong(name, answers[name], say, limit: 500)
    case .area: return .tooLong(name, answers[name], say)
    case .date, .file: return nil
    }
  }
}

extension FieldFault {
  /// Characters of what is told in one's own words; Intake and Threshold keep a little more.
  static let wordsLimit = 9000

  /// That a text is longer than it may be; nil if it is not.
  static func tooLong(
    _ name: String, _ text: String, _ say: Say, limit: Int = wordsLimit
  ) -> FieldFault? {
    guard text.count > limit else { return nil }
    return FieldFault(
      field: name,
      message: say("Use \(limit) characters or fewer", "Defnyddiwch \(limit) nod neu lai"))
  }

  /// That a field has to be answered; nil if it is.
  static func missing(_ name: String, in answers: Answers, _ message: String) -> [FieldFault] {
    answers.all(name).isEmpty ? [FieldFault(field: name, message: message)] : []
  }
}
