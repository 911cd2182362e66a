import Testing

/// Every suite has a budget, half as much again as it takes; together they keep `make test` within twenty-two minutes.
@Suite struct BudgetTests {
  static let path = ".ci/budgets"
  static let secondsLimit = 2_000

  struct Row {
    let suite: String
    let seconds: Int
  }

  @Test func `every suite has a budget of its own`() throws {
    let rows = try Self.rows(of: #require(Checkout.text(Self.path), "\(Self.path) is missing"))
    let suites = Set(rows.map(\.suite))
    let folders = Set(
      Checkout.swift.filter { $0.lies(in: "Tests") }
        .compactMap { $0.path.split(separator: "/").dropFirst().first.map(String.init) }
        .filter { $0.hasSuffix("Tests") })
    let missing = folders.subtracting(suites).sorted()
    #expect(missing.isEmpty, "\(Self.path): add a line for \(missing)")
    #expect(suites.count == rows.count, "\(Self.path): a suite has two lines")
  }

  @Test func `all budgets together are at most twenty-two minutes and half as much again`() throws {
    let rows = try Self.rows(of: #require(Checkout.text(Self.path), "\(Self.path) is missing"))
    let sum = rows.map(\.seconds).reduce(0, +)
    #expect(
      sum <= Self.secondsLimit,
      "\(Self.path): \(sum) s. Take from one what you give to another; let the suite sample.")
  }

  @Test(arguments: ["BusTests", "BusTests 60", "BusTests 0 serial", "BusTests 60 fast"])
  func `a line that says too little is refused`(line: String) {
    #expect(throws: Malformed.self) { try Self.rows(of: "# suite\n\n\(line)\n") }
  }

  struct Malformed: Error, CustomStringConvertible {
    let line: String
    var description: String { "\(path): “\(line)”: SUITE SECONDS parallel|serial is expected" }
  }

  static func rows(of text: String) throws -> [Row] {
    try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let seconds = Int(words[1]), seconds > 0,
        words[2] == "parallel" || words[2] == "serial"
      else { throw Malformed(line: String(line)) }
      return Row(suite: String(words[0]), seconds: seconds)
    }
  }
}
