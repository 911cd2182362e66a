/// On which line each value of a document stands, counted from 1, so that a finding can be shown with its
/// line. An element of a list goes by its place (`clocks[0].period`) and, where it has a key, by that too
/// (`clocks.decide.period`).
public struct DocumentLines: Sendable, Hashable {
  private var lines: [String: Int] = [:]

  /// Those of no document.
  init() {}

  /// True of those of what is no document.
  public var isEmpty: Bool { lines.isEmpty }

  /// Where a path stands; nil if the document has nothing there.
  public subscript(path: String) -> Int? { lines[path] }

  /// Where a path stands, or else the nearest that it lies beneath; nil for what is missing whole.
  public func line(of path: String) -> Int? {
    var rest = path[...]
    while !rest.isEmpty {
      if let line = lines[String(rest)] { return line }
      rest = rest[..<(rest.lastIndex { $0 == "." || $0 == "[" } ?? rest.startIndex)]
    }
    return nil
  }

  /// Notes where a path stands; the first place of it counts.
  mutating func note(_ line: Int?, of path: String) {
    if lines[path] == nil { lines[path] = line }
  }
}
