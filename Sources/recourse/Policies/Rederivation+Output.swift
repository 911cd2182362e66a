import CaseLetters
import CaseModel
import Messages

extension Rederivation {
  /// What is told of it in JSON, each difference with what changed.
  var fields: [(String, JSON)] {
    [
      ("total", .number(total)), ("lookedAt", .number(lookedAt)),
      ("different", .number(differencesCount)), ("before", before.json), ("after", after.json),
      ("changes", .list(sortedChanges.map(Self.json))),
      ("differences", .list(differences.map(json))), ("hasMore", .bool(hasMore)),
      ("withoutInputs", .number(withoutInputs)),
    ]
  }

  typealias CountedChange = (change: Change, decidedMet: Int, decidedNotMet: Int)

  /// The most frequent first.
  private var sortedChanges: [CountedChange] {
    changes.map { ($0.key, $0.value.decidedMet, $0.value.decidedNotMet) }.sorted { one, other in
      let counts = (one.decidedMet + one.decidedNotMet, other.decidedMet + other.decidedNotMet)
      if counts.0 != counts.1 { return counts.0 > counts.1 }
      return (one.change.before.rawValue, one.change.after.rawValue)
        < (other.change.before.rawValue, other.change.after.rawValue)
    }
  }

  private static func json(of counted: CountedChange) -> JSON {
    .object([
      ("before", .text(Naming.name(of: counted.change.before))),
      ("after", .text(Naming.name(of: counted.change.after))),
      ("decidedMet", .number(counted.decidedMet)),
      ("decidedNotMet", .number(counted.decidedNotMet)),
    ])
  }

  private func json(of difference: Recourse_Threshold_V1_Difference) -> JSON {
    .object([
      ("reference", .text(difference.caseReference)),
      ("receivedOn", .text(difference.receivedOn)),
      ("before", .text(Naming.name(of: difference.before))),
      ("after", .text(Naming.name(of: difference.after))),
      ("decidedMet", .bool(difference.decidedMet)),
      ("clauses", .texts(difference.clauses)),
      ("required", .list((required[difference.caseReference] ?? []).map(\.json))),
      (
        "complaints",
        .list(
          difference.complaints.map { complaint in
            .object([
              ("index", .number(Int(complaint.index))),
              ("countedBefore", .bool(complaint.countedBefore)),
              ("countedAfter", .bool(complaint.countedAfter)),
              ("ruleBefore", .text(complaint.reasonBefore.code)),
              ("ruleAfter", .text(complaint.reasonAfter.code)),
              ("reasonBefore", .text(Self.sentence(complaint.reasonBefore))),
              ("reasonAfter", .text(Self.sentence(complaint.reasonAfter))),
            ])
          })
      ),
    ])
  }

  /// A line for each case, and beneath it one for each complaint of which something else is said, or for each
  /// number required where only that is another.
  var lines: [String] {
    var lines: [String] = []
    for difference in differences {
      let clauses =
        difference.clauses.isEmpty ? "" : " (\(difference.clauses.joined(separator: ", ")))"
      lines.append(
        "\(difference.caseReference)  received \(difference.receivedOn)  "
          + "\(Self.words(difference.before)) → \(Self.words(difference.after))\(clauses), "
          + "decided \(difference.decidedMet ? "met" : "not met")")
      lines += (required[difference.caseReference] ?? []).map { "  \($0.sentence)" }
      lines += difference.complaints.flatMap { complaint in
        [
          "  Complaint \(complaint.index + 1), before: \(Self.sentence(complaint.reasonBefore))",
          "  Complaint \(complaint.index + 1), after:  \(Self.sentence(complaint.reasonAfter))",
        ]
      }
    }
    if hasMore { lines.append("And \(differencesCount - differences.count) more.") }
    return lines
  }

  /// Outcomes before and after, in columns.
  var table: Table {
    var table = Table("OUTCOME", "BEFORE", "AFTER", "CHANGE")
    for (name, one, other) in outcomes {
      table.add(name, String(one), String(other), Self.signed(other - one))
    }
    return table
  }

  /// What changes, in columns of what people had decided.
  var changesTable: Table {
    var table = Table("CHANGE", "DECIDED MET", "DECIDED NOT MET")
    for (change, met, notMet) in sortedChanges {
      table.add(
        "\(Self.words(change.before)) → \(Self.words(change.after))", String(met), String(notMet))
    }
    return table
  }

  /// Name, before and after.
  var outcomes: [(name: String, before: Int, after: Int)] {
    [
      (RouteOutcome.met.inWords, before.met, after.met),
      (RouteOutcome.personDecides.inWords, before.personDecides, after.personDecides),
      (RouteOutcome.notMet.inWords, before.notMet, after.notMet),
    ]
  }

  /// That some cannot be derived anew.
  var withoutInputsSentence: String {
    withoutInputs == 1
      ? "1 decision has no inputs, from before they were kept, and was not derived anew."
      : "\(withoutInputs) decisions have no inputs, from before they were kept, and were not derived anew."
  }

  static func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : String(number) }

  private static func words(_ outcome: Recourse_Threshold_V1_Outcome.Value) -> String {
    RouteOutcome(rawValue: Naming.name(of: outcome))?.inWords ?? "unknown"
  }

  private static func sentence(_ reason: Recourse_Threshold_V1_Reason) -> String {
    Reason(reason)?.rendered(in: .english) ?? reason.code
  }
}
