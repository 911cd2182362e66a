import CaseModel

/// Reads a day as the slice keeps it.
/// - Throws: ``DamagedSlice``: what is kept was checked before it was kept.
func storedDate(_ text: String) throws -> CalendarDate {
  guard let date = CalendarDate(text) else { throw DamagedSlice(what: "a date") }
  return date
}

/// Something in the slice is not what this worker wrote there.
struct DamagedSlice: Error, CustomStringConvertible {
  /// What was expected.
  let what: String

  var description: String { "the slice holds something that is not \(what)" }
}
