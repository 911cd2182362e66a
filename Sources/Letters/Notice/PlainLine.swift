import CaseModel
import Policy

extension Speech {
  /// A complaint's reason as a letter says it: the same days, fewer of them, for somebody who has more
  /// than one letter to read. What needs no shorter words is said as it always is.
  func plainly(_ reason: Reason, under pack: PolicyPack) -> String {
    func date(_ name: String) -> String { CalendarDate(reason[name]).map(day) ?? reason[name] }
    let behaviour = when(reason, "behaviour")
    return switch reason.code {
    case .complaintCounts:
      self(
        "It counts, because it was made by the last day, \(date("complaintBy")), and you applied by the last "
          + "day, \(date("applicationBy")).",
        "Mae'n cyfrif, oherwydd fe'i gwnaed erbyn y diwrnod olaf, \(date("complaintBy")), a gwnaed eich cais "
          + "erbyn y diwrnod olaf, \(date("applicationBy")).")
    case .complaintBeforeBehaviour:
      self(
        "It does not count, because it was made before what happened \(behaviour).",
        "Nid yw'n cyfrif, oherwydd fe'i gwnaed cyn yr hyn a ddigwyddodd \(behaviour).")
    case .complaintTooLate:
      self(
        "It does not count, because the last day to report what happened \(behaviour) was "
          + "\(date("lastDay")).",
        "Nid yw'n cyfrif, oherwydd y diwrnod olaf i roi gwybod am yr hyn a ddigwyddodd \(behaviour) oedd "
          + "\(date("lastDay")).")
    case .complaintAfterApplication:
      self(
        "It does not count this time, because it was made after you applied. It can count if you apply again.",
        "Nid yw'n cyfrif y tro hwn, oherwydd fe'i gwnaed ar ôl eich cais. Gall gyfrif os gwnewch gais eto."
      )
    case .applicationTooLate:
      self(
        "It does not count, because the last day to apply about it was \(date("lastDay")). Your application "
          + "came on \(date("received")).",
        "Nid yw'n cyfrif, oherwydd y diwrnod olaf i wneud cais yn ei chylch oedd \(date("lastDay")). Daeth "
          + "eich cais ar \(date("received")).")
    default: sentence(reason, under: pack)
    }
  }

  /// A day, or the range that it lies in where its last day stands beside it.
  private func when(_ reason: Reason, _ name: String) -> String {
    guard let first = CalendarDate(reason[name]) else { return "" }
    guard let last = CalendarDate(reason[name + "To"]), last > first else {
      return self("on \(day(first))", "ar \(day(first))")
    }
    return self(
      "between \(day(first)) and \(day(last))", "rywbryd o \(day(first)) hyd at \(day(last))")
  }
}
