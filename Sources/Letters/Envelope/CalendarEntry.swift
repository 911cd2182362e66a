public import CaseModel

extension Letter {
  /// A meeting as an entry for somebody's calendar (RFC 5545, sent as RFC 5546 has it). Calendars are shared and shown
  /// on screens: it has no place, no name of anybody, no notes, and a summary that tells nothing.
  public struct CalendarEntry: Sendable, Hashable {
    /// What a calendar does with it.
    public enum Method: String, Sendable, CaseIterable {
      /// Enters it, or changes the entry of the same name.
      case request = "REQUEST"
      /// Takes it out.
      case cancel = "CANCEL"
    }

    public let method: Method
    /// The same for every version of one entry; opaque, such as a UUID.
    public let uid: String
    /// 0 for the first version, higher for each later one.
    public let sequence: Int
    public let day: CalendarDate
    /// Minutes since midnight in London; nil where the entry lasts the day.
    public let begins: Int?
    /// Minutes since midnight in London.
    public let ends: Int?
    public let summary: String

    init(
      _ method: Method, uid: String, sequence: Int, on day: CalendarDate, begins: Int?, ends: Int?,
      summary: String
    ) {
      self.method = method
      self.uid = uid
      self.sequence = sequence
      self.day = day
      self.begins = begins
      self.ends = ends
      self.summary = summary
    }

    /// The entry as text, with lines ended by CRLF and of 75 octets at most.
    /// - Parameters:
    ///   - instant: when it is made, in seconds since 1970.
    ///   - organiser: mailbox of whoever asks; empty where none is to be named.
    ///   - attendee: mailbox of whoever is asked; empty where none is to be named.
    public func text(madeAt instant: Int64, organiser: String = "", attendee: String = "")
      -> String
    {
      var lines = CalendarLines()
      lines.add("BEGIN", "VCALENDAR")
      lines.add("PRODID", "-//Recourse//Letters//EN")
      lines.add("VERSION", "2.0")
      lines.add("CALSCALE", "GREGORIAN")
      lines.add("METHOD", method.rawValue)
      lines.add("BEGIN", "VEVENT")
      lines.add("UID", text: uid)
      lines.add("DTSTAMP", Self.moment(instant))
      lines.add("SEQUENCE", "\(sequence)")
      addTimes(to: &lines)
      lines.add("SUMMARY", text: summary)
      lines.add("ORGANIZER", Self.party(organiser))
      lines.add("ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE", Self.party(attendee))
      lines.add("CLASS", "PRIVATE")
      lines.add("STATUS", method == .cancel ? "CANCELLED" : "CONFIRMED")
      lines.add("END", "VEVENT")
      lines.add("END", "VCALENDAR")
      return lines.text
    }

    private func addTimes(to lines: inout CalendarLines) {
      guard let begins else {
        lines.add("DTSTART;VALUE=DATE", Self.digits(day))
        return
      }
      lines.add("DTSTART", Self.moment(day.instant(minute: begins)))
      if let ends, ends > begins { lines.add("DTEND", Self.moment(day.instant(minute: ends))) }
    }

    /// Both are asked for (RFC 5546, 3.2.2), so that who is not named has an address that goes nowhere.
    private static func party(_ mailbox: String) -> String {
      let plain = mailbox.withoutControls
      return plain.isEmpty ? "invalid:nomail" : "mailto:\(plain)"
    }

    private static func digits(_ day: CalendarDate) -> String {
      "\(day)".replacing("-", with: "")
    }

    /// A moment in UTC, so that no zone has to be told.
    static func moment(_ instant: Int64) -> String {
      let second = ((instant % 86_400) + 86_400) % 86_400
      func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let day = CalendarDate(daysSince1970: Int((instant - second) / 86_400))
      return "\(digits(day))T\(two(second / 3_600))\(two(second / 60 % 60))\(two(second % 60))Z"
    }
  }
}

extension CalendarDate {
  /// When London's clocks show a minute of the day, in seconds since 1970.
  fileprivate func instant(minute: Int) -> Int64 {
    LondonTime.instant(ofHour: minute / 60, on: self) + Int64(minute % 60) * 60
  }
}
