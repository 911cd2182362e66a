/// The bank holidays that are known: the file `Data/bank-holidays.txt`, read once.
///
/// They are data, not a formula: one-off ones come by proclamation.
public enum BankHolidays {
  /// The day on which the file was last compared with what is published.
  public static let knownOn: CalendarDate? = lines.lazy.compactMap { line in
    guard line.first == "#" else { return nil }
    return line.split(separator: " ").last.flatMap { CalendarDate(String($0.dropLast())) }
  }.first

  static func dates(of division: WorkingCalendar.Division) -> Set<CalendarDate> {
    table[division] ?? []
  }

  private static let table: [WorkingCalendar.Division: Set<CalendarDate>] = {
    var table: [WorkingCalendar.Division: Set<CalendarDate>] = [:]
    for line in lines where line.first != "#" {
      let words = line.split(separator: " ")
      guard let day = words.first.flatMap({ CalendarDate(String($0)) }) else { continue }
      for word in words.dropFirst() {
        guard let division = WorkingCalendar.Division(rawValue: String(word)) else { continue }
        table[division, default: []].insert(day)
      }
    }
    return table
  }()

  private static let lines = String(decoding: PackageResources.bank_holidays_txt, as: UTF8.self)
    .split(separator: "\n")
}
