import CaseModel
import Policy
import PolicyDocuments
import Testing
import ThresholdRules

/// Given these reports, applied with on this day in this area, then this.
struct AreaRow: Sendable, CustomTestStringConvertible {
  let given: String
  var received = "2026-03-16"
  let reports: [Report]
  let outcome: RouteOutcome
  /// Complaints that count for s.104(4).
  let counted: Int
  /// The clause that gives the outcome; nil where nothing does.
  var by: String?
  /// What else is said of single routes, by their clause.
  var routes: [String: RouteOutcome] = [:]
  /// What the law kept from being applied, or would have counted more.
  var notes: Set<Reason.Code> = []

  var testDescription: String { given }

  static let act = "s.104(4)"

  /// Assesses it under the pack that is in force, and compares.
  func check(in area: String) throws {
    let shelf = PolicyShelf(try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) })
    let pack = try shelf.pack(forArea: area, receivedOn: day(received))
    let facts = ApplicationFacts(
      receivedOn: day(received), complaints: reports.enumerated().map { $1.facts($0) })
    let assessment = Assessment.of(facts, .none, under: pack)
    #expect(assessment.outcome == outcome)
    #expect(assessment.met == (by == Self.act))
    #expect(assessment.counted == counted && assessment.required == 3)
    let giving = assessment.routes.first { route in
      route.route != .discretionary && route.outcome == outcome && outcome != .notMet
    }
    #expect(giving?.clause == by)
    for (clause, expected) in routes {
      let route = try #require(assessment.routes.first { $0.clause == clause })
      #expect(route.outcome == expected, "\(clause)")
    }
    #expect(notes.isSubset(of: assessment.notes.map(\.code)))
  }
}

/// One report: what happened when, when it was reported, to whom and by whom.
struct Report: Sendable {
  var behaviour: String
  var reported: String
  var to: String
  var by = "self"
  var incident = ""
  var hate = false

  init(
    _ behaviour: String, _ reported: String, to: String, by: String = "self", incident: String = "",
    hate: Bool = false
  ) {
    self.behaviour = behaviour
    self.reported = reported
    self.to = to
    self.by = by
    self.incident = incident
    self.hate = hate
  }

  func facts(_ index: Int) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: day(behaviour)...day(behaviour),
      complaint: day(reported)...day(reported), body: to, complainant: by, incident: incident,
      hate: hate)
  }

  /// So many within two weeks before 16 March 2026, each about something else and reported the day after.
  static func recent(_ count: Int, to body: String) -> [Report] {
    (0..<count).map { index in
      Report("2026-03-0\(index + 1)", "2026-03-0\(index + 2)", to: body)
    }
  }

  /// So many people, each with one such report.
  static func people(_ count: Int, to body: String) -> [Report] {
    recent(count, to: body).enumerated().map { index, report in
      var report = report
      report.by = "flat-\(index + 1)"
      return report
    }
  }
}
