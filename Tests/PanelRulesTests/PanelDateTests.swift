import CaseModel
import PanelRules
import Testing

@Suite struct PanelDateTests {
  /// A day that a test is sure of.
  static func day(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
    return date
  }

  static func find(
    _ earliest: String = "2026-03-17", _ due: String = "2026-04-15", required: [String] = ["a"],
    _ availability: [(String, String, String)]
  ) throws -> PanelDate.Outcome {
    try PanelDate.find(
      earliest: day(earliest), due: day(due), required: required,
      availability: availability.map {
        Availability(body: $0.0, days: day($0.1)...day($0.2))
      },
      calendar: .englandAndWales)
  }

  struct Row: Sendable, CustomStringConvertible {
    let description: String
    let earliest: String
    let due: String
    let availability: [(String, String, String)]
    let on: String

    init(
      _ description: String, _ earliest: String, _ due: String,
      _ availability: [(String, String, String)], on: String
    ) {
      self.description = description
      self.earliest = earliest
      self.due = due
      self.availability = availability
      self.on = on
    }
  }

  static let found = [
    Row(
      "the earliest day itself", "2026-03-17", "2026-04-15", [("a", "2026-03-01", "2026-04-30")],
      on: "2026-03-17"),
    Row(
      "the deadline itself", "2026-03-17", "2026-04-15", [("a", "2026-04-15", "2026-04-20")],
      on: "2026-04-15"),
    Row(
      "one day alone", "2026-04-15", "2026-04-15", [("a", "2026-04-15", "2026-04-15")],
      on: "2026-04-15"),
    Row(
      "not the weekend", "2026-03-21", "2026-04-15", [("a", "2026-03-21", "2026-04-15")],
      on: "2026-03-23"),
    Row(
      "not Easter", "2026-04-03", "2026-04-15", [("a", "2026-04-03", "2026-04-15")],
      on: "2026-04-07"),
    Row(
      "not a single bank holiday", "2026-05-04", "2026-05-08", [("a", "2026-05-01", "2026-05-31")],
      on: "2026-05-05"),
    Row(
      "the earliest, whatever the order of the lines", "2026-03-17", "2026-04-15",
      [("a", "2026-04-10", "2026-04-15"), ("a", "2026-03-30", "2026-03-31")], on: "2026-03-30"),
    Row(
      "others are not waited for", "2026-03-17", "2026-04-15",
      [("b", "2026-03-17", "2026-04-15"), ("a", "2026-03-19", "2026-03-19")], on: "2026-03-19"),
  ]

  @Test(arguments: found)
  func `the earliest working day on which the body can sit`(row: Row) throws {
    let outcome = try Self.find(row.earliest, row.due, row.availability)
    let reason = Reason(.panelDateFound, [.init("on", row.on), .init("due", row.due)])
    #expect(outcome == .found(Self.day(row.on), reason))
  }

  @Test func `every required body can sit on the day`() throws {
    let outcome = try Self.find(
      required: ["a", "b", "c"],
      [
        ("a", "2026-03-17", "2026-03-20"), ("a", "2026-03-30", "2026-04-02"),
        ("b", "2026-03-19", "2026-03-31"), ("c", "2026-03-17", "2026-03-18"),
        ("c", "2026-03-31", "2026-04-30"),
      ])
    guard case .found(let on, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(on == Self.day("2026-03-31"))
  }

  @Test func `where no body is required the first working day does`() throws {
    guard case .found(let on, _) = try Self.find("2026-04-03", required: [], []) else {
      Issue.record("blocked")
      return
    }
    #expect(on == Self.day("2026-04-07"))
  }

  static let blocked: [(String, [String], [(String, String, String)], [String], Reason.Code)] = [
    ("no availability at all", ["a", "b"], [], ["a", "b"], .bodyNeverAvailable),
    ("one never can", ["a", "b"], [("a", "2026-03-17", "2026-04-15")], ["b"], .bodyNeverAvailable),
    (
      "only before and after", ["a"],
      [("a", "2026-03-01", "2026-03-16"), ("a", "2026-04-16", "2026-04-30")], ["a"],
      .bodyNeverAvailable
    ),
    (
      "only when nobody works", ["a"],
      [("a", "2026-04-03", "2026-04-06"), ("a", "2026-03-21", "2026-03-22")], ["a"],
      .bodyNeverAvailable
    ),
    (
      "two never together", ["a", "b", "c"],
      [
        ("a", "2026-03-17", "2026-04-15"), ("b", "2026-03-17", "2026-03-20"),
        ("c", "2026-03-23", "2026-04-15"),
      ], ["b", "c"], .bodiesNeverTogether
    ),
    (
      "each two together, never all three", ["a", "b", "c", "d"],
      [
        ("a", "2026-03-17", "2026-04-15"), ("b", "2026-03-17", "2026-03-18"),
        ("c", "2026-03-18", "2026-03-19"), ("d", "2026-03-17", "2026-03-17"),
        ("d", "2026-03-19", "2026-03-19"),
      ], ["b", "c", "d"], .bodiesNeverTogether
    ),
    (
      "a day in common that is not worked is none", ["a", "b"],
      [("a", "2026-03-18", "2026-03-22"), ("b", "2026-03-21", "2026-03-25")], ["a", "b"],
      .bodiesNeverTogether
    ),
  ]

  @Test(arguments: blocked)
  func `if there is no day, the fewest bodies that make it so are named`(
    row: (String, [String], [(String, String, String)], [String], Reason.Code)
  ) throws {
    let (what, required, availability, bodies, code) = row
    guard case .blocked(let named, let reason) = try Self.find(required: required, availability)
    else {
      Issue.record("\(what): found")
      return
    }
    #expect(named == bodies && reason.code == code, "\(what)")
    #expect(reason["from"] == "2026-03-17" && reason["due"] == "2026-04-15", "\(what)")
    #expect(reason.rendered(in: .english).contains(bodies[0]), "\(what)")
  }

  @Test(arguments: [
    // Good Friday to Easter Monday; a weekend; nothing left.
    ("2026-04-03", "2026-04-06"), ("2026-03-21", "2026-03-22"), ("2026-04-16", "2026-04-15"),
  ])
  func `where no working day is left nobody is blamed`(earliest: String, due: String) throws {
    for required in [[], ["a", "b"]] {
      let outcome = try Self.find(
        earliest, due, required: required, [("a", "2026-03-01", "2026-04-30")])
      let reason = Reason(.noWorkingDay, [.init("from", earliest), .init("due", due)])
      #expect(outcome == .blocked(bodies: [], reason))
    }
  }

  @Test(arguments: [
    ("2011-12-30", "2012-01-10", "2011-12-30"), ("2028-12-20", "2029-01-10", "2029-01-01"),
  ])
  func `beyond the known bank holidays nothing is guessed`(
    earliest: String, due: String, beyond: String
  ) throws {
    #expect(throws: BeyondHorizon(date: Self.day(beyond))) {
      try Self.find(earliest, due, [("a", earliest, due)])
    }
  }

  @Test func `the last days of the calendar can be used`() throws {
    let outcome = try Self.find(
      "2028-12-23", "2028-12-31", [("a", "2028-12-23", "2028-12-31")])
    guard case .found(let on, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(on == Self.day("2028-12-27"))
  }

  @Test func `the most bodies that can be required are searched`() throws {
    // Body n cannot sit on the nth working day, and there are no more: it takes all of them.
    let days =
      ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-08"]
      + ["2026-06-09", "2026-06-10", "2026-06-11", "2026-06-12", "2026-06-15", "2026-06-16"]
    let bodies = days.indices.map { "body-\($0)" }
    let availability = bodies.indices.flatMap { body in
      days.indices.filter { $0 != body }.map { (bodies[body], days[$0], days[$0]) }
    }
    let outcome = try Self.find("2026-06-01", "2026-06-16", required: bodies, availability)
    guard case .blocked(let named, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(named == bodies)
  }
}
