package import CaseModel
import Foundation

/// The clock of a process: the machine's, one that `RECOURSE_CLOCK` makes stand still, or one that a file steers.
package enum ProcessClock {
  package static let variable = ProcessTime.variable

  /// - Throws: ``ProcessFailure`` `clock` if the variable is set to something that is no clock.
  package static func current() throws(ProcessFailure) -> any WorkerClock {
    do throws(ClockError) { return try ProcessTime.clock() } catch {
      let what = error.what.prefix(1).uppercased() + error.what.dropFirst()
      throw ProcessFailure(.usage, code: "clock", path: variable, "\(what).")
    }
  }

  /// Today in Europe/London.
  package static func today() throws(ProcessFailure) -> CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(try current().now.timeIntervalSince1970.rounded(.down)))
  }
}
