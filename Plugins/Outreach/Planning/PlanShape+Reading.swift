import WorkerKit

extension PlanShape {
  /// The value that a text stands for where one of this shape is expected; nil if it fits none.
  public func value(of text: String) -> PlanValue? {
    switch self {
    case .id: Self.isID(text) ? .text(text) : nil
    case .text: Self.isLine(text) ? .text(text) : nil
    case .day: CalendarDate(text) != nil ? .text(text) : nil
    case .clock: ClockTime(text) != nil ? .text(text) : nil
    case .money: Self.pence(text).map { .number($0) }
    case .count: Self.number(text, atMost: PlanLimits.count).map { .number($0) }
    case .flag: Bool(text).map { .flag($0) }
    case .choice(let words): words.contains(text) ? .text(text) : nil
    case .mailbox: Self.isMailbox(text) ? .text(text) : nil
    case .page: Self.isPage(text) ? .text(text) : nil
    case .group, .list: nil
    }
  }

  /// The text that stands for a value of this shape; nil for what is no single value.
  public func text(of value: PlanValue) -> String? {
    switch (self, value) {
    case (.money, .number(let pence)):
      pence % 100 == 0
        ? "\(pence / 100)" : "\(pence / 100).\(pence % 100 < 10 ? "0" : "")\(pence % 100)"
    case (_, .number(let number)): "\(number)"
    case (_, .flag(let flag)): "\(flag)"
    case (_, .text(let text)): text
    case (_, .group), (_, .list): nil
    }
  }

  private static func isID(_ text: String) -> Bool {
    guard (1...PlanLimits.idBytes).contains(text.utf8.count), text.first != "-", text.last != "-"
    else { return false }
    return text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
  }

  /// What is shown on a terminal and written into lines of a calendar has no characters that act on them.
  private static func isLine(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= PlanLimits.textBytes, text.first != " ",
      text.last != " "
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        false
      default: true
      }
    }
  }

  private static func number(_ text: String, atMost limit: Int) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 12,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number <= limit
    else { return nil }
    return number
  }

  private static func pence(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count),
      let pounds = number(parts[0], atMost: PlanLimits.pence / 100)
    else { return nil }
    guard parts.count == 2 else { return pounds * 100 }
    guard (1...2).contains(parts[1].utf8.count), let rest = number(parts[1], atMost: 99)
    else { return nil }
    return pounds * 100 + (parts[1].utf8.count == 1 ? rest * 10 : rest)
  }

  /// Enough to stand in a `mailto:` address (RFC 6068): letters, digits and `.-_+` on both sides of one `@`.
  private static func isMailbox(_ text: String) -> Bool {
    let sides = text.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, text.utf8.count <= 254 else { return false }
    return sides.allSatisfy { side in
      !side.isEmpty
        && side.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
            || [0x2E, 0x2D, 0x5F, 0x2B].contains($0)
        }
    }
  }

  /// Posters lead to it, and to its `/go/` with a code: so it has a host and a path, and no user, query or fragment.
  private static func isPage(_ text: String) -> Bool {
    let start = "https://"
    guard text.hasPrefix(start), text.utf8.count <= 500,
      text.utf8.allSatisfy({
        $0 > 0x20 && $0 < 0x7F && ![0x22, 0x23, 0x3C, 0x3E, 0x3F, 0x5C].contains($0)
      })
    else { return false }
    let place = text.dropFirst(start.count).prefix { $0 != "/" }
    let parts = place.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, let end = host.last, end.isLetter || end.isNumber,
      host.first != ".",
      host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" })
    else { return false }
    return parts.count == 1
      || (parts.count == 2 && (1...5).contains(parts[1].count)
        && parts[1].allSatisfy(\.isNumber))
  }
}

/// A time of day, as clocks in Europe/London show it.
struct ClockTime: Sendable, Hashable, Comparable {
  let hour: Int
  let minute: Int

  /// Reads `HH:MM`, exactly.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == 0x3A,
      [0, 1, 3, 4].allSatisfy({ (0x30...0x39).contains(bytes[$0]) })
    else { return nil }
    hour = Int(bytes[0] - 0x30) * 10 + Int(bytes[1] - 0x30)
    minute = Int(bytes[3] - 0x30) * 10 + Int(bytes[4] - 0x30)
    guard hour < 24, minute < 60 else { return nil }
  }

  static func < (left: ClockTime, right: ClockTime) -> Bool {
    (left.hour, left.minute) < (right.hour, right.minute)
  }
}
