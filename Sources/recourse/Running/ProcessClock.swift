import CaseModel
import Foundation
import WorkerKit

/// The clock of a process: the machine's, or one that `RECOURSE_CLOCK` makes stand still.
enum ProcessClock {
  static let variable = "RECOURSE_CLOCK"

  /// - Throws: ``Failure`` if the variable is set to something that is no moment.
  static func current() throws -> any WorkerClock {
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
      return SystemClock()
    }
    guard let moment = Moment.read(text) else {
      throw Failure.usage(
        "clock", path: variable,
        "\(variable) is no moment with a time and a zone, such as 2026-03-16T09:12:00Z.")
    }
    return FixedClock(moment)
  }

  /// Today in Europe/London.
  static func today() throws -> CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(try current().now.timeIntervalSince1970.rounded(.down)))
  }
}
