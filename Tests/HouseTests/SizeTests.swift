import Testing

/// Files near 100 lines; at 250 one looks for the second idea; here it has to be found.
@Suite struct SizeTests {
  static let linesLimit = 300

  static func findings(in files: [SourceFile]) -> [Finding] {
    files.filter { $0.lies(in: "Sources") || $0.lies(in: "Plugins") }
      .filter { $0.lines.count > linesLimit }
      .map { file in
        Finding(
          path: file.path, line: 0,
          what: "\(file.lines.count) lines, at most \(linesLimit). "
            + "Find the second idea in it and give it a file with its name.")
      }
  }

  @Test func `no file in Sources is too long`() {
    expectNone(Self.findings(in: Checkout.swift))
  }

  @Test func `a file of one line more is found, one at the limit is not`() {
    let line = "let a = 1\n"
    let long = SourceFile(
      path: "Sources/Bus/Long.swift", text: String(repeating: line, count: Self.linesLimit + 1))
    let full = SourceFile(
      path: "Sources/Bus/Full.swift", text: String(repeating: line, count: Self.linesLimit))
    #expect(Self.findings(in: [long, full]).map(\.path) == ["Sources/Bus/Long.swift"])
  }
}
