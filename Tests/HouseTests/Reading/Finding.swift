import Testing

/// Something that a rule of the house does not allow, and what to do about it.
struct Finding: Hashable, CustomStringConvertible {
  let path: String
  /// Counted from 1; 0 if it is about the whole file.
  let line: Int
  let what: String

  var description: String { line > 0 ? "\(path):\(line): \(what)" : "\(path): \(what)" }
}

/// Records one failure per finding, at the line that it is about.
func expectNone(_ findings: [Finding]) {
  for finding in findings {
    let place = SourceLocation(
      fileID: "recourse/\(finding.path)",
      filePath: "\(Checkout.rootPath)/\(finding.path)",
      line: max(finding.line, 1), column: 1)
    Issue.record("\(finding.description)", sourceLocation: place)
  }
}
