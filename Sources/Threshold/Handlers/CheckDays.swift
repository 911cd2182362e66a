import CaseModel
import WorkerKit

// What several commands check of a day.

/// Nothing is put on record that has not happened yet.
/// - Throws: the refusal `date-in-future`.
func checkHasCome(_ day: CalendarDate, today: CalendarDate, path: String) throws {
  guard day > today else { return }
  throw Refusal(
    .input, code: "date-in-future", path: path,
    message: "\(day) is still to come; today is \(today).")
}

/// Nobody is told of an application before it is there.
/// - Throws: the refusal `date-before-receipt`.
func checkReceived(_ application: KeptApplication, by day: CalendarDate, path: String) throws {
  guard day < application.receivedOn else { return }
  throw Refusal(
    .input, code: "date-before-receipt", path: path,
    message: "\(day) is before the application was received, on \(application.receivedOn).")
}

/// Counts days for somebody who has asked for it.
/// - Throws: the refusal `beyond-horizon` where bank holidays are not known for so long.
func countingDays<T>(at path: String, _ count: () throws -> T) throws -> T {
  do {
    return try count()
  } catch let beyond as BeyondHorizon {
    throw Refusal(
      .state, code: beyond.code, path: path, message: "\(beyond).".capitalizedSentence)
  }
}
