/// Lines of iCalendar (RFC 5545, section 3.1): ended by CRLF, folded so that none has more than 75 octets.
public struct CalendarLines: Sendable {
  /// Octets of a line, without its end.
  public static let octetsLimit = 75

  /// What has been added so far.
  public private(set) var text = ""

  public init() {}

  /// Adds a property whose value is written already.
  public mutating func add(_ name: String, _ value: String) { fold("\(name):\(value)") }

  /// Adds a property whose value is text; none if it is empty.
  public mutating func add(_ name: String, text value: String) {
    if !value.isEmpty { add(name, Self.escaped(value)) }
  }

  /// Folds between characters, so that whoever looks at a line sees whole ones.
  private mutating func fold(_ line: String) {
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > Self.octetsLimit {
        text += "\r\n "
        octets = 1
      }
      text.unicodeScalars.append(scalar)
      octets += width
    }
    text += "\r\n"
  }

  /// A text as a value (section 3.3.11).
  public static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case "\r": continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A text as the value of a parameter (section 3.2), in quotation marks. There is no way to write one of those, so
  /// that it becomes an apostrophe.
  public static func parameter(_ text: String) -> String {
    let shown = String(text.map { $0 == "\"" ? "'" : $0 })
    return "\"\(shown)\""
  }
}
