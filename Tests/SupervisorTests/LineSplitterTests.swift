import Testing

@testable import Supervisor

@Suite struct LineSplitterTests {
  @Test func `lines are the same however the bytes arrive`() {
    let bytes = Array("one\ntwo\r\n\nzwölf\nrest".utf8)
    for size in 1...bytes.count {
      var splitter = LineSplitter()
      var lines: [String] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        lines += splitter.take(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(lines == ["one", "two", "", "zwölf"])
      #expect(splitter.finish() == "rest")
    }
  }

  @Test func `nothing is left after a finished line`() {
    var splitter = LineSplitter()
    #expect(splitter.take("ready\n".utf8) == ["ready"])
    #expect(splitter.finish() == nil)
  }

  @Test func `a line is cut at its limit and the next one is whole`() {
    var splitter = LineSplitter()
    let long = String(repeating: "x", count: LineSplitter.lineBytesLimit)
    #expect(splitter.take((long + "too much\nnext\n").utf8) == [long, "next"])
  }

  @Test func `bytes that are not text are replaced`() {
    var splitter = LineSplitter()
    #expect(splitter.take([0x61, 0xFF, 0x0A]) == ["a\u{FFFD}"])
  }
}
