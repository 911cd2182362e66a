public import Foundation
public import Logging

/// One line of a process's log: JSON on one line, the same fields first and in the same order.
///
///     {"time":"2026-03-16T09:12:00.125Z","level":"warning","process":"threshold","pid":4711,
///      "message":"an event could not be handled","case":"3HM3-XBSM","call":"9f1c…","position":"7"}
///
/// `case` is a case's reference and `call` the id of the call that it belongs to, each where there is one. What else is
/// known stands behind them, by name. Never personal data.
public struct LogLine: Sendable, Hashable {
  /// Bytes of a message, a name or a value as it is written, escapes included; the rest is cut.
  public static let textBytesLimit = 8 * 1024
  /// Bytes of a whole line without its end: whoever reads lines need not take longer ones. Values are cut to it, and
  /// fields that have no place any more are left out.
  public static let lineBytesLimit = 16 * 1024
  /// Fields besides the message; those that come later by name are left out.
  public static let fieldsLimit = 32

  /// When it was said.
  public var time: Date
  public var level: Logger.Level
  /// Name of the process, such as `broker` or `threshold`.
  public var process: String
  /// The number that the operating system gave it.
  public var processID: Int32
  public var message: String
  /// What else is known, by name.
  public var fields: [String: String]

  /// Describes a line; nothing is written.
  public init(
    time: Date, level: Logger.Level, process: String, processID: Int32, message: String,
    fields: [String: String] = [:]
  ) {
    self.time = time
    self.level = level
    self.process = process
    self.processID = processID
    self.message = message
    self.fields = fields
  }

  /// The line without its end.
  public var text: String {
    var text = "{\"time\":"
    Self.quote(Self.stamp(time), to: &text)
    text += ",\"level\":\"\(level.rawValue)\",\"process\":"
    // Nobody calls a process so; it leaves the message its place all the same.
    Self.quote(process, to: &text, limit: Self.textBytesLimit / 2)
    text += ",\"pid\":\(processID),\"message\":"
    Self.quote(message, to: &text)
    let first = Self.leading.filter { fields[$0] != nil }
    let rest = fields.keys.filter { !Self.leading.contains($0) }.sorted()
    for name in (first + rest).prefix(Self.fieldsLimit) {
      var field = ","
      // A field never passes for one of those that every line has.
      Self.quote(Self.always.contains(name) ? name + "_" : name, to: &field)
      // What stands around the value: a colon, two quotes and the line's brace.
      let room = Self.lineBytesLimit - text.utf8.count - field.utf8.count - 4
      guard room >= 0 else { break }
      field += ":"
      Self.quote(fields[name] ?? "", to: &field, limit: min(room, Self.textBytesLimit))
      text += field
    }
    return text + "}"
  }

  /// True if a line is one of these, or at least an object of JSON by its looks.
  public static func isStructured(_ line: String) -> Bool {
    line.hasPrefix("{\"") && line.hasSuffix("}")
  }

  /// What a log says, without all that stands around it, a line for each.
  public static func messages(in log: String) -> String {
    struct Line: Decodable { let message: String }
    return log.split(separator: "\n").map { line in
      (try? JSONDecoder().decode(Line.self, from: Data(line.utf8)))?.message ?? String(line)
    }.joined(separator: "\n")
  }

  private static let always: Set = ["time", "level", "process", "pid", "message"]
  private static let leading = ["case", "call"]

  /// In UTC, to the millisecond.
  private static func stamp(_ time: Date) -> String {
    time.formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
  }

  /// - Parameter limit: bytes between the quotes.
  private static func quote(_ value: String, to text: inout String, limit: Int = textBytesLimit) {
    text += "\""
    var bytes = 0
    for scalar in value.unicodeScalars {
      let piece = escaped(scalar)
      bytes += piece.utf8.count
      guard bytes <= limit else { break }
      text += piece
    }
    text += "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
}
