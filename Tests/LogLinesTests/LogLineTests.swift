import Foundation
import Logging
import Synchronization
import Testing

@testable import LogLines

@Suite struct LogLineTests {
  private func line(_ message: String, _ fields: [String: String] = [:]) -> LogLine {
    LogLine(
      time: Date(timeIntervalSince1970: 1_773_652_320.125), level: .warning, process: "threshold",
      processID: 4711, message: message, fields: fields)
  }

  @Test
  func `a line has time, level, process and message, then case and call, then the rest by name`() {
    let fields = ["type": "A", "call": "9f1c", "position": "7", "case": "3HM3-XBSM"]
    #expect(
      line("an event is parked", fields).text == """
        {"time":"2026-03-16T09:12:00.125Z","level":"warning","process":"threshold","pid":4711,\
        "message":"an event is parked","case":"3HM3-XBSM","call":"9f1c","position":"7","type":"A"}
        """)
  }

  @Test func `whatever is said stays one line of JSON`() throws {
    let nasty = "a\"b\\c\nd\re\tf\u{0}g\u{7F}h\u{85}i\u{2028}j é 🌧"
    let text = line(nasty, ["why": nasty]).text
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 })
    struct Read: Decodable { let message, why: String }
    let read = try JSONDecoder().decode(Read.self, from: Data(text.utf8))
    #expect(read.message == nasty)
    #expect(read.why == nasty)
    #expect(LogLine.messages(in: text + "\n") == nasty)
  }

  @Test func `a field never passes for one that every line has`() throws {
    let text = line("true", ["message": "false", "level": "info"]).text
    #expect(text.contains(#""message":"true""#))
    #expect(text.contains(#""message_":"false""#))
    #expect(text.contains(#""level":"warning""#))
  }

  @Test func `texts and fields are bounded`() {
    let long = String(repeating: "x", count: LogLine.textBytesLimit + 1)
    #expect(
      line(long).text.utf8.count(where: { $0 == UInt8(ascii: "x") }) == LogLine.textBytesLimit)
    let many = Dictionary(uniqueKeysWithValues: (1...100).map { ("f\($0)", "") })
    let count = line("m", many).text.utf8.count { $0 == UInt8(ascii: ":") }
    // The time has two colons of its own.
    #expect(count == LogLine.fieldsLimit + 5 + 2)
  }

  @Test(arguments: ["x", "\u{1}", "\"", "🌧"])
  func `a whole line is bounded, and stays JSON with its case`(_ character: String) throws {
    let long = String(repeating: character, count: 2 * LogLine.lineBytesLimit)
    var fields = ["case": "3HM3-XBSM"]
    for number in 1...40 { fields["f\(number)\(long)"] = long }
    var whole = line(long, fields)
    whole.process = long
    let text = whole.text
    #expect(text.utf8.count <= LogLine.lineBytesLimit)
    #expect(text.utf8.count > LogLine.lineBytesLimit / 2)
    struct Read: Decodable { let message, `case`: String }
    let read = try JSONDecoder().decode(Read.self, from: Data(text.utf8))
    #expect(long.hasPrefix(read.message) && read.message.count >= 1000)
    #expect(read.case == "3HM3-XBSM")
  }

  @Test func `a handler writes what the logger, its provider and the line know`() throws {
    let written = Mutex<[String]>([])
    let provider = Logger.MetadataProvider { ["call": "event-7"] }
    var logger = LineLogHandler.logger("panel", metadataProvider: provider) { line in
      written.withLock { $0.append(line) }
    }
    logger[metadataKey: "area"] = "plymouth"
    logger.info("taken", metadata: ["key": "case/3HM3-XBSM"])
    logger.debug("not shown")
    logger.error("area", metadata: ["key": "area/plymouth"])
    let lines = written.withLock { $0 }
    #expect(lines.count == 2)
    #expect(
      lines[0].hasSuffix(
        #""message":"taken","case":"3HM3-XBSM","call":"event-7","area":"plymouth","key":"case/3HM3-XBSM"}"#
      ))
    #expect(lines[1].contains(#""level":"error","process":"panel""#))
    #expect(!lines[1].contains(#""case""#))
  }
}
