import Testing

/// Reckoning with days: lines in, lines out.
@Suite(.timeLimit(.minutes(1))) struct DayTests {
  private func add(_ lines: String..., division: String = "england-and-wales") async throws
    -> Tool.Outcome
  {
    try await Tool.run(
      ["calendar", "add", "--division", division], input: lines.joined(separator: "\n") + "\n")
  }

  @Test func `working days step over week-ends and bank holidays`() async throws {
    let outcome = try await add(
      #"{"from":"2026-04-02","workingDays":10}"#, #"{"from":"2026-04-04","workingDays":0}"#)
    #expect(outcome.status == 0)
    #expect(outcome.output == #"{"date":"2026-04-20"}"# + "\n" + #"{"date":"2026-04-04"}"# + "\n")
  }

  @Test(arguments: [
    ("england-and-wales", "2026-04-07"), ("scotland", "2026-04-06"),
    ("northern-ireland", "2026-04-07"),
  ])
  func `each division has its own Easter`(division: String, next: String) async throws {
    let outcome = try await add(
      #"{"from":"2026-04-02","workingDays":1}"#, division: division)
    // Easter Monday, 6 April, is no holiday in Scotland; Good Friday is one everywhere.
    #expect(try outcome.lines.map { $0["date"].text } == [next])
  }

  @Test func `a bad line is answered in its place and the rest goes on`() async throws {
    let outcome = try await add(
      #"{"from":"2026-02-30","workingDays":1}"#, "nonsense",
      #"{"from":"2026-04-02","workingDays":"ten"}"#, #"{"from":"2026-04-02","days":1}"#,
      #"{"from":"2999-01-01","workingDays":1}"#, String(repeating: "x", count: 100_000),
      #"{"from":"2026-04-02","workingDays":10}"#)
    #expect(outcome.status == 65)
    let lines = try outcome.lines
    #expect(lines.count == 7)
    #expect(lines.prefix(6).allSatisfy { $0["error"]["code"].text != nil })
    #expect(lines.prefix(6).map { $0["error"]["line"].number } == [1, 2, 3, 4, 5, 6])
    #expect(lines[0]["error"]["path"].text == "from")
    #expect(lines[2]["error"]["path"].text == "workingDays")
    #expect(lines[3]["error"]["path"].text == "days")
    #expect(lines[6]["date"].text == "2026-04-20")
    #expect(outcome.errors.isEmpty)
  }

  @Test func `nothing is guessed beyond the last known bank holiday`() async throws {
    let outcome = try await add(
      #"{"from":"2028-12-28","workingDays":1}"#, #"{"from":"2028-12-29","workingDays":5}"#)
    let lines = try outcome.lines
    #expect(lines[0]["date"].text == "2028-12-29")
    #expect(lines[1]["error"]["code"].text == "beyond-horizon")
    #expect(lines[1]["error"]["path"].text == "workingDays")
    #expect(outcome.status == 65)
  }

  @Test(arguments: [
    (#"{"behaviour":"2026-03-10"}"#, #"{"lastComplaintDay":"2026-04-09"}"#),
    (#"{"behaviour":"2026-01-31"}"#, #"{"lastComplaintDay":"2026-02-28"}"#),
    (#"{"behaviour":"2026-12-01"}"#, #"{"lastComplaintDay":"2026-12-31"}"#),
    (#"{"behaviour":"2028-01-31"}"#, #"{"lastComplaintDay":"2028-02-29"}"#),
    (#"{"complaint":"2026-01-01"}"#, #"{"lastApplicationDay":"2026-06-30"}"#),
    (#"{"complaint":"2026-08-31"}"#, #"{"lastApplicationDay":"2027-02-28"}"#),
  ])
  func `a window begins with its day and ends the day before`(
    line: String, answer: String
  ) async throws {
    let outcome = try await Tool.run(["threshold", "window"], input: line + "\n")
    #expect(outcome.output == answer + "\n")
    #expect(outcome.status == 0)
  }

  @Test func `a window is of one day, not of both and not of none`() async throws {
    let outcome = try await Tool.run(
      ["threshold", "window"],
      input: #"{"behaviour":"2026-01-31","complaint":"2026-01-31"}"# + "\n{}\n")
    #expect(outcome.status == 65)
    #expect(try outcome.lines.allSatisfy { $0["error"]["code"].text != nil })
  }
}
