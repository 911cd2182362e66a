/// One row of a file: its fields as bytes, without their quotes.
struct CSVRow: Sendable {
  /// The line that it begins on, from 1.
  var line = 1
  var bytes: [UInt8] = []
  /// Where in `bytes` each field ends.
  var ends: [Int] = []

  var count: Int { ends.count }

  /// True if there is nothing on the line, or nothing but separators and blanks.
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 } }

  /// Where a field is in `bytes`, without blanks around it; `index` is below `count`.
  func range(_ index: Int) -> Range<Int> {
    var start = index == 0 ? 0 : ends[index - 1]
    var end = ends[index]
    while start < end, bytes[start] == 0x20 { start += 1 }
    while start < end, bytes[end - 1] == 0x20 { end -= 1 }
    return start..<end
  }

  /// A field as text; what is no UTF-8 in it is replaced.
  func text(_ index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

  mutating func begin(on line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
