import CaseModel
import WorkerKit

/// Reads a day as the slice keeps it.
/// - Throws: ``DamagedSlice``: what is kept was checked before it was kept.
func storedDate(_ text: String) throws -> CalendarDate {
  guard let date = CalendarDate(text) else { throw DamagedSlice(what: "a date") }
  return date
}

/// Reads a name as the slice keeps it.
func stored<Name: RawRepresentable<String>>(_: Name.Type, _ text: String) throws -> Name {
  guard let name = Name(rawValue: text) else { throw DamagedSlice(what: "\(Name.self)") }
  return name
}

/// Reads a range of days from the columns `NAME_from` and `NAME_to`.
func storedRange(_ name: String, in row: SQLRow) throws -> ClosedRange<CalendarDate> {
  let first = try storedDate(row.text(name + "_from"))
  let last = try storedDate(row.text(name + "_to"))
  guard first <= last else { throw DamagedSlice(what: "a range of days") }
  return first...last
}

/// Something in the slice is not what this worker wrote there.
struct DamagedSlice: Error, CustomStringConvertible {
  /// What was expected.
  let what: String

  var description: String { "the slice holds something that is not \(what)" }
}
