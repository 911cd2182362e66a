extension CalendarDate {
  /// Such as "4 November 2025".
  public var inWords: String {
    let (year, month, day) = parts
    return "\(day) \(Self.englishMonths[month - 1]) \(year)"
  }

  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}

extension CalendarDate {
  /// Such as "4 Tachwedd 2025".
  public var inWelsh: String {
    let (year, month, day) = parts
    return "\(day) \(Self.welshMonths[month - 1]) \(year)"
  }

  private static let welshMonths = [
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi",
    "Hydref", "Tachwedd", "Rhagfyr",
  ]
}
