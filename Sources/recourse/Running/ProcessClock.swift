import CaseModel
import Foundation
import WorkerKit

/// The clock of a process: the machine's, one that `RECOURSE_CLOCK` makes stand still, or one that a file steers.
enum ProcessClock {
  static let variable = ProcessTime.variable

  /// - Throws: ``Failure`` if the variable is set to something that is no clock.
  static func current() throws -> any WorkerClock {
    do throws(ClockError) { return try ProcessTime.clock() } catch {
      throw Failure.usage("clock", path: variable, "\(error).".capitalizedSentence)
    }
  }

  /// Today in Europe/London.
  static func today() throws -> CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(try current().now.timeIntervalSince1970.rounded(.down)))
  }
}
