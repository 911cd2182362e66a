extension CalendarDate {
  /// Such as "4 November 2025".
  public var inWords: String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let (year, month, day) = parts
    return "\(day) \(months[month - 1]) \(year)"
  }
}

extension CalendarDate {
  /// Such as "4 Tachwedd 2025".
  public var inWelsh: String {
    let months = [
      "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi",
      "Hydref", "Tachwedd", "Rhagfyr",
    ]
    let (year, month, day) = parts
    return "\(day) \(months[month - 1]) \(year)"
  }
}
