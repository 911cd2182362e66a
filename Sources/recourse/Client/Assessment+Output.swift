import CaseModel
import ThresholdRules

extension Assessment {
  /// An assessment as commands show it, wherever it comes from: the rules themselves, or the worker that
  /// keeps it. Sentences are in the language.
  /// - Parameter again: what a new application would need on the day on which this is read; nothing is said of
  ///   one where s.104(4) is met.
  func json(in language: Language = .english, _ again: NewApplication?) -> JSON {
    .object([
      ("outcome", .text(outcome.rawValue)), ("met", .bool(met)),
      ("required", .number(required)), ("counted", .number(counted)),
      (
        "policy",
        .object([
          ("name", .text(policyName)), ("version", .text(policyVersion)),
          ("digest", .text(policyDigest)),
        ])
      ),
      ("routes", .list(routes.map { $0.json(in: language) })),
      ("notes", .reasons(notes, in: language)), ("changes", .reasons(changes, in: language)),
      ("turnsOn", .reasons(turnsOn, in: language)),
      ("newApplication", met ? .null : again?.json(in: language) ?? .null),
      ("information", information?.json ?? .null),
    ])
  }
}

extension NewApplication {
  /// `changes` and `met` are with what was complained of before, `byThemselves` is without.
  fileprivate func json(in language: Language) -> JSON {
    .object([
      ("on", .text(receivedOn.description)), ("changes", .reasons(changes, in: language)),
      ("met", .texts(met)), ("byThemselves", .reasons(byThemselves, in: language)),
    ])
  }
}

extension RouteResult {
  fileprivate func json(in language: Language) -> JSON {
    .object([
      ("route", .text(route.rawValue)), ("clause", .text(clause)),
      ("outcome", .text(outcome.rawValue)), ("required", .number(required)),
      ("counted", .number(counted)),
      ("complaints", .list(complaints.map { $0.json(in: language) })),
      ("toFind", .texts(toFind.map { $0.rendered(in: language) })),
    ])
  }
}

extension ComplaintResult {
  fileprivate func json(in language: Language) -> JSON {
    var fields: [(String, JSON)] = [("index", .number(index)), ("counted", .bool(counted))]
    if let with { fields.append(("with", .number(with))) }
    fields += [
      ("standing", .text(standing.rawValue)), ("rules", .texts(rules)),
      ("reason", .text(reason.rendered(in: language))),
    ]
    return .object(fields)
  }
}

extension InformationCompleteness {
  fileprivate var json: JSON {
    .object([
      ("asked", .number(asked)), ("returned", .number(returned)), ("refused", .number(refused)),
      ("overdue", .number(overdue)),
    ])
  }

  /// Such as "Information: 4 of 6 bodies answered, 1 refused."
  func sentence(in language: Language) -> String {
    let isWelsh = language == .welsh
    var parts = [
      isWelsh
        ? "Gwybodaeth: atebodd \(returned) o'r cyrff a holwyd (\(asked))"
        : "Information: \(returned) of \(asked) bodies answered"
    ]
    if refused > 0 { parts.append(isWelsh ? "gwrthodwyd: \(refused)" : "\(refused) refused") }
    if overdue > 0 { parts.append(isWelsh ? "hwyr: \(overdue)" : "\(overdue) late") }
    return parts.joined(separator: ", ") + "."
  }
}

extension JSON {
  /// Reasons with their codes and sentences.
  fileprivate static func reasons(_ reasons: [Reason], in language: Language) -> JSON {
    .list(
      reasons.map { reason in
        .object([
          ("rule", .text(reason.code.rawValue)), ("reason", .text(reason.rendered(in: language))),
        ])
      })
  }
}
