public import Messages
import SwiftProtobuf

/// An answer to an invitation, as a mail program writes it (iTIP, RFC 5546, section 3.2.3).
public struct CalendarReply: Sendable, Hashable {
  /// Of the event.
  public let uid: String
  /// Of the invitation that is answered.
  public let sequence: Int
  /// Who answers, such as `mailto:team@body.example`.
  public let attendee: String
  public let answer: Recourse_Outreach_V1_Answer

  /// Bytes of an answer at most.
  public static let bytesLimit = 64 * 1024

  /// Reads an answer.
  /// - Throws: ``PlanProblem`` `not-a-reply` if it is none, says something else than yes, no or perhaps, or is of more
  ///   than one event or guest. What stands in it is not repeated.
  public init(parsing text: String) throws(PlanProblem) {
    guard text.utf8.count <= Self.bytesLimit else {
      throw Self.problem("It has more than \(Self.bytesLimit) bytes.")
    }
    let properties = Self.unfolded(text).map(Property.init)
    guard properties.contains(where: { $0.name == "METHOD" && $0.value.uppercased() == "REPLY" })
    else { throw Self.problem("Expected METHOD:REPLY.") }
    let (event, count) = Self.event(in: properties)
    guard count == 1 else { throw Self.problem("It has \(count) events; one is expected.") }
    let attendees = event.filter { $0.name == "ATTENDEE" }
    guard attendees.count == 1 else {
      throw Self.problem("\(attendees.count) guests answer in it; one is expected.")
    }
    guard let uid = event.first(where: { $0.name == "UID" })?.value, !uid.isEmpty else {
      throw Self.problem("Its event has no UID.")
    }
    let words = Recourse_Outreach_V1_Answer.words
    let status = attendees[0].parameters["PARTSTAT"]?.lowercased()
    guard let answer = words.first(where: { $0.0 == status })?.1 else {
      throw Self.problem(
        "Expected PARTSTAT to be one of \(words.map { $0.0.uppercased() }.joined(separator: ", "))."
      )
    }
    self.uid = uid
    self.answer = answer
    attendee = attendees[0].value
    sequence = event.first { $0.name == "SEQUENCE" }.flatMap { Int($0.value) } ?? 0
  }

  private static func problem(_ message: String) -> PlanProblem {
    PlanProblem(code: "not-a-reply", path: "FILE", message: "This is no answer. \(message)")
  }

  /// The properties of the last event, without those of what lies in it, and how many events there are.
  private static func event(in properties: [Property]) -> ([Property], Int) {
    var open: [String] = []
    var event: [Property] = []
    var count = 0
    for property in properties {
      let value = property.value.uppercased()
      switch property.name {
      case "BEGIN":
        open.append(value)
        if value == "VEVENT" { count += 1 }
      case "END": if !open.isEmpty { open.removeLast() }
      default: if open.last == "VEVENT" { event.append(property) }
      }
    }
    return (event, count)
  }

  private static func unfolded(_ text: String) -> [String] {
    var lines: [String] = []
    for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
      if let first = line.first, first == " " || first == "\t", !lines.isEmpty {
        lines[lines.count - 1] += line.dropFirst()
      } else {
        lines.append(String(line))
      }
    }
    return lines
  }
}

/// A property of iCalendar: `NAME;PARAMETER=VALUE;PARAMETER="VALUE":VALUE`.
private struct Property {
  let name: String
  let value: String
  private(set) var parameters: [String: String] = [:]

  /// What makes no sense has an empty value.
  init(_ line: String) {
    var parts = [""]
    var isQuoted = false
    var rest = line[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"": isQuoted.toggle()
      case ";" where !isQuoted: parts.append("")
      case ":" where !isQuoted:
        name = parts[0].uppercased()
        value = String(rest)
        for part in parts.dropFirst() {
          let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
          if pair.count == 2 { parameters[pair[0].uppercased()] = String(pair[1]) }
        }
        return
      default: parts[parts.count - 1].append(character)
      }
    }
    name = ""
    value = ""
  }
}
