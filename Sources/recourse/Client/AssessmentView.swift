import CaseModel

/// An assessment as commands show it, wherever it comes from: the rules themselves, or the worker that
/// keeps it.
struct AssessmentView: Sendable {
  struct Complaint: Sendable {
    /// Place in the application, from 0.
    let index: Int
    let counted: Bool
    /// The complaint that it was counted together with.
    let with: Int?
    let rules: [String]
    let reason: Reason?
  }

  struct Route: Sendable {
    let name: RouteName
    let clause: String
    let outcome: RouteOutcome
    let required: Int
    let counted: Int
    let complaints: [Complaint]
    /// What a person would have to find.
    let toFind: [Reason]
  }

  /// The strongest of the mandatory and the local routes.
  let outcome: RouteOutcome
  /// Those of s.104(4).
  let met: Bool
  let required: Int
  let counted: Int
  let policyName: String
  let policyVersion: String
  let policyDigest: String
  let routes: [Route]

  var json: JSON {
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
      ("routes", .list(routes.map(json(of:)))),
    ])
  }

  private func json(of route: Route) -> JSON {
    .object([
      ("route", .text(route.name.rawValue)), ("clause", .text(route.clause)),
      ("outcome", .text(route.outcome.rawValue)), ("required", .number(route.required)),
      ("counted", .number(route.counted)),
      ("complaints", .list(route.complaints.map(json(of:)))),
      ("toFind", .texts(route.toFind.map { $0.rendered(in: .english) })),
    ])
  }

  private func json(of complaint: Complaint) -> JSON {
    var fields: [(String, JSON)] = [
      ("index", .number(complaint.index)), ("counted", .bool(complaint.counted)),
    ]
    if let with = complaint.with { fields.append(("with", .number(with))) }
    fields.append(("rules", .texts(complaint.rules)))
    fields.append(("reason", .text(complaint.reason?.rendered(in: .english) ?? "")))
    return .object(fields)
  }
}

// MARK: - In sentences

extension AssessmentView {
  /// What came of it, in one sentence.
  var summary: String {
    let numbers =
      "\(counted) complaint\(counted == 1 ? " counts" : "s count") under s.104(4), "
      + "which asks for \(required)"
    return switch outcome {
    case .met where met: "The threshold must be decided met: \(numbers)."
    case .met: "The threshold is met by the area's own rule; \(numbers)."
    case .personDecides: "A person decides: \(numbers), but the area's own rule may apply."
    case .notMet: "The rules do not find the threshold met: \(numbers)."
    }
  }

  /// Everything, line by line. A complaint that another route sees as s.104(4) does is not told again.
  var sentences: [String] {
    var lines = [summary]
    var told: Set<String> = []
    for route in routes {
      lines.append("")
      lines.append("\(route.name.inWords), \(route.clause): \(route.outcome.inWords)")
      if route.required > 0 {
        lines.append("  Complaints that count: \(route.counted), required: \(route.required).")
      }
      let news = route.complaints.map(\.sentence).filter { told.insert($0).inserted }
      lines += news.map { "  \($0)" } + route.toFind.map { "  \($0.rendered(in: .english))" }
    }
    lines.append("")
    lines.append("By the procedure \(policyName), version \(policyVersion),")
    lines.append("\(policyDigest).")
    return lines
  }
}

extension AssessmentView.Complaint {
  /// Its number, as people count, and why it counts or not.
  var sentence: String {
    let why = reason?.rendered(in: .english) ?? (counted ? "Counts." : "Does not count.")
    return "Complaint \(index + 1): \(why)"
  }
}

extension RouteName {
  var inWords: String {
    switch self {
    case .mandatory: "By count"
    case .local: "The area's own alternative"
    case .discretionary: "For a person to weigh"
    }
  }
}
