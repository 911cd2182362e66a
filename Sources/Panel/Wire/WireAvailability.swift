import CaseModel
import Messages
import PanelRules
import SwiftProtobuf
import WorkerKit

/// A line about availability that has been read: either it can be kept, or this is what is wrong with it.
struct ReadLine: Sendable {
  /// Its number in the file, as the caller counts.
  let number: UInt32
  let content: Result<Availability, Refusal>

  /// - Parameter bodies: keys of bodies that some pack knows.
  init(_ line: Recourse_Panel_V1_AvailabilityLine, knowing bodies: Set<String>) {
    number = line.line
    content = Result { () throws(Refusal) in try Self.read(line, bodies) }
  }

  private static func read(
    _ line: Recourse_Panel_V1_AvailabilityLine, _ bodies: Set<String>
  ) throws(Refusal) -> Availability {
    guard bodies.contains(line.body) else {
      throw Refusal(
        .input, code: "unknown-body", path: "body",
        message: "This is not the key of a body that takes part in reviews; expected one of: "
          + bodies.sorted().joined(separator: ", ") + ".")
    }
    let first = try day(line.from, path: "from")
    let last = try day(line.to, path: "to")
    guard first <= last else {
      throw Refusal(
        .input, code: "ends-before-it-begins", path: "to",
        message: "\(last) is before \(first); expected the last day on which the body can sit.")
    }
    return Availability(body: line.body, days: first...last)
  }
}

/// - Throws: the refusal `not-a-date`.
func day(_ text: String, path: String) throws(Refusal) -> CalendarDate {
  guard let date = CalendarDate(text) else {
    throw Refusal(
      .input, code: "not-a-date", path: path, message: "Expected a day, as YYYY-MM-DD.")
  }
  return date
}

extension Recourse_Panel_V1_AvailabilityResult {
  /// - Parameter position: where the log stands with what the accepted lines brought about.
  init(_ line: ReadLine, position: UInt64) {
    self.init()
    self.line = line.number
    switch line.content {
    case .success:
      accepted = true
      logPosition = position
    case .failure(let refusal):
      code = refusal.code
      path = refusal.path
      message = refusal.message
    }
  }
}
