/// What is wrong with a plan, and where.
public struct PlanProblem: Error, Sendable, Hashable {
  /// Stable, lower case with hyphens.
  public let code: String
  /// Such as `events[0].guests[2].mailbox`; empty if it is about the whole.
  public let path: String
  /// What is wrong and what would be right.
  public let message: String

  /// Something that is wrong at a place.
  public init(code: String, path: String, message: String) {
    self.code = code
    self.path = path
    self.message = message
  }
}

/// Says whether a plan makes sense.
public enum PlanCheck {
  /// - Throws: the first ``PlanProblem`` in the plan's order: a value that does not fit its shape, something that is
  ///   missing, an id that stands there twice or names nothing, a time that ends before it begins.
  public static func check(_ plan: PlanRecord) throws(PlanProblem) {
    try checkShapes(of: plan, OutreachPlan.fields, at: "")
    for name in ["campaigns", "activities", "events", "distributions", "pledges"] {
      try checkIDs(of: plan.list(name), at: name)
    }
    for (index, campaign) in plan.list("campaigns").enumerated() {
      try checkOrder(campaign, "from", "to", at: "campaigns[\(index)]", mayBeEqual: true)
    }
    try checkNames("campaign", of: "activities", "campaigns", in: plan)
    try checkNames("activity", of: "events", "activities", in: plan)
    try checkNames("activity", of: "distributions", "activities", in: plan)
    for (index, event) in plan.list("events").enumerated() {
      try checkEvent(event, at: "events[\(index)]")
    }
    try checkIDs(of: plan.list("events"), at: "events", by: "uid")
    for (index, pledge) in plan.list("pledges").enumerated() {
      try checkPledge(pledge, at: "pledges[\(index)]")
    }
  }

  /// Whether values are of the shapes that a table says, and what is required is there.
  static func checkShapes(
    of record: PlanRecord, _ fields: [PlanField], at path: String
  ) throws(PlanProblem) {
    for field in fields {
      let place = path.isEmpty ? field.name : "\(path).\(field.name)"
      guard let value = record[field.name] else {
        guard !field.isRequired else {
          throw PlanProblem(
            code: "missing", path: place, message: "Missing; expected \(field.shape.says).")
        }
        continue
      }
      try checkShape(of: value, field.shape, at: place)
    }
  }

  private static func checkShape(
    of value: PlanValue, _ shape: PlanShape, at place: String
  ) throws(PlanProblem) {
    switch (shape, value) {
    case (.group(let fields), .group(let record)): try checkShapes(of: record, fields, at: place)
    case (.list(let fields), .list(let records)):
      guard records.count <= PlanLimits.entries else {
        throw PlanProblem(
          code: "too-many", path: place,
          message: "Has \(records.count) entries; \(PlanLimits.entries) at most are expected.")
      }
      for (index, record) in records.enumerated() {
        try checkShapes(of: record, fields, at: "\(place)[\(index)]")
      }
    default:
      guard let text = shape.text(of: value), shape.value(of: text) == value else {
        throw unexpected(shape, at: place)
      }
    }
  }

  static func unexpected(_ shape: PlanShape, at place: String) -> PlanProblem {
    PlanProblem(code: "unexpected", path: place, message: "Expected \(shape.says).")
  }

  private static func checkIDs(
    of records: [PlanRecord], at place: String, by name: String = "id"
  ) throws(PlanProblem) {
    var seen: Set<String> = []
    for (index, record) in records.enumerated() {
      guard let id = record.text(name), !seen.insert(id).inserted else { continue }
      throw PlanProblem(
        code: "twice", path: "\(place)[\(index)].\(name)",
        message: "“\(id)” names another entry too. Give each an id of its own.")
    }
  }

  private static func checkNames(
    _ name: String, of list: String, _ named: String, in plan: PlanRecord
  ) throws(PlanProblem) {
    let known = plan.list(named).compactMap { $0.text("id") }
    for (index, record) in plan.list(list).enumerated() {
      guard let id = record.text(name), !known.contains(id) else { continue }
      throw PlanProblem(
        code: "unknown-\(name)", path: "\(list)[\(index)].\(name)",
        message: "There is no \(name) “\(id)”. "
          + (known.isEmpty
            ? "There is none in \(named)." : "Expected one of: \(known.joined(separator: ", "))."))
    }
  }

  private static func checkOrder(
    _ record: PlanRecord, _ first: String, _ last: String, at place: String, mayBeEqual: Bool
  ) throws(PlanProblem) {
    // Days and times of day are ordered as their texts are.
    guard let one = record.text(first), let other = record.text(last) else { return }
    guard one < other || (mayBeEqual && one == other) else {
      throw PlanProblem(
        code: "order", path: "\(place).\(last)",
        message: "Ends at \(other), though it begins at \(one). Expected something later.")
    }
  }

  private static func checkEvent(_ event: PlanRecord, at place: String) throws(PlanProblem) {
    try checkOrder(event, "begins", "ends", at: place, mayBeEqual: false)
    for (name, other) in [("begins", "date"), ("ends", "begins")]
    where event[name] != nil && event[other] == nil {
      throw PlanProblem(
        code: "missing", path: "\(place).\(other)",
        message: "Missing, though \(name) is known. Give both, or neither.")
    }
    try checkIDs(of: event.list("guests"), at: "\(place).guests")
  }

  /// Commitments of ASB Help's pledge: promote, legality, ensure, develop, generate, establish.
  static let pledgeCommitments = 6

  private static func checkPledge(_ pledge: PlanRecord, at place: String) throws(PlanProblem) {
    let commitments = pledge.list("commitments")
    try checkIDs(of: commitments, at: "\(place).commitments")
    guard pledge.text("scheme") == "asb-help", commitments.count != pledgeCommitments else {
      return
    }
    throw PlanProblem(
      code: "commitments", path: "\(place).commitments",
      message: "ASB Help's pledge has \(pledgeCommitments) commitments, and \(commitments.count) "
        + "stand here. Give all, or another scheme.")
  }
}

extension PlanRecord {
  /// The entries of a list; none if it is not known.
  func list(_ name: String) -> [PlanRecord] {
    if case .list(let records) = self[name] { records } else { [] }
  }
}
