import Foundation
import SwiftProtobuf
import WorkerKit

/// The clock of a process: the machine's, or one that `RECOURSE_CLOCK` makes stand still.
enum ProcessClock {
  static let variable = "RECOURSE_CLOCK"

  /// - Throws: ``Failure`` if the variable is set to something that is no moment.
  static func current() throws -> any WorkerClock {
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
      return SystemClock()
    }
    guard let moment = moment(text) else {
      throw Failure.usage(
        "clock", path: variable,
        "\(variable) is no moment with a time and a zone, such as 2026-03-16T09:12:00Z.")
    }
    return FixedClock(moment)
  }

  /// Reads a moment as RFC 3339 writes it; nil if it is none.
  static func moment(_ text: String) -> Date? {
    let timestamp = try? Google_Protobuf_Timestamp(jsonString: JSON.text(text).line)
    return timestamp?.date
  }
}
