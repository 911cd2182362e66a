import Foundation
import Messages
import WorkerKit

/// What one guest is told of an event, as iCalendar (RFC 5545) that mail programs understand (iTIP, RFC 5546).
///
/// A guest stands alone in their invitation: who else is asked is not told, nor are the plan's notes.
struct Invitation: Sendable {
  enum Method: String, Sendable {
    case request = "REQUEST"
    case cancel = "CANCEL"
  }

  let method: Method
  let event: OutreachEvent
  let guest: OutreachGuest
  let organiser: OutreachPlan
  /// When it is made.
  let now: Date

  init(
    _ method: Method, to guest: OutreachGuest, of event: OutreachEvent, in plan: OutreachPlan,
    at now: Date
  ) {
    self.method = method
    self.event = event
    self.guest = guest
    organiser = plan
    self.now = now
  }

  var text: String {
    var lines = CalendarLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("PRODID", "-//Recourse//Outreach//EN")
    lines.add("VERSION", "2.0")
    lines.add("CALSCALE", "GREGORIAN")
    lines.add("METHOD", method.rawValue)
    if !event.begins.isEmpty { LondonZone.add(to: &lines) }
    lines.add("BEGIN", "VEVENT")
    lines.add("UID", event.uid)
    lines.add("DTSTAMP", Self.stamp(now))
    lines.add("SEQUENCE", "\(guest.sequence)")
    addTimes(to: &lines)
    lines.add("SUMMARY", text: event.title)
    lines.add("LOCATION", text: event.place)
    let host = organiser.organiser
    let name = Self.name(host.organisation, host.role)
    lines.add("ORGANIZER;CN=\(CalendarLines.parameter(name))", "mailto:\(host.mailbox)")
    lines.add(attendee, Self.address(of: guest, uid: event.uid))
    lines.add("STATUS", method == .cancel ? "CANCELLED" : "CONFIRMED")
    lines.add("END", "VEVENT")
    lines.add("END", "VCALENDAR")
    return lines.text
  }

  /// An event without a beginning lasts the day.
  private func addTimes(to lines: inout CalendarLines) {
    let day = event.date.replacing("-", with: "")
    guard !event.begins.isEmpty else { return lines.add("DTSTART;VALUE=DATE", day) }
    for (name, time) in [("DTSTART", event.begins), ("DTEND", event.ends)] where !time.isEmpty {
      lines.add("\(name);TZID=\(LondonZone.id)", "\(day)T\(time.replacing(":", with: ""))00")
    }
  }

  private var attendee: String {
    let name = CalendarLines.parameter(Self.name(guest.organisation, guest.role))
    let asks = method == .request ? ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE" : ""
    return "ATTENDEE;CUTYPE=GROUP;ROLE=REQ-PARTICIPANT\(asks);CN=\(name)"
  }

  private static func name(_ organisation: String, _ role: String) -> String {
    role.isEmpty ? organisation : "\(organisation), \(role)"
  }

  /// By which a guest is named: the mailbox or, where none is known, a name made of the event and the guest (a UUID of
  /// version 8, RFC 9562), which is the same every time.
  static func address(of guest: OutreachGuest, uid: String) -> String {
    guard guest.mailbox.isEmpty else { return "mailto:\(guest.mailbox)" }
    var digest = ContentDigest()
    Array("\(uid)/\(guest.id)".utf8).withUnsafeBytes { digest.take($0) }
    let digits = Array(digest.digits.prefix(32))
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    return "urn:uuid:\(part(0..<8))-\(part(8..<12))-8\(part(13..<16))-a\(part(17..<20))"
      + "-\(part(20..<32))"
  }

  /// A moment in UTC.
  static func stamp(_ moment: Date) -> String {
    let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = "\(CalendarDate(daysSince1970: days))".replacing("-", with: "")
    return "\(day)T\(two(rest / 3_600))\(two(rest / 60 % 60))\(two(rest % 60))Z"
  }
}

/// The time zone Europe/London, as it has been kept since 1996: summer time from the last Sunday in March to the
/// last in October, changing at 01:00 UTC (Directive 2000/84/EC, kept in the law of the United Kingdom).
enum LondonZone {
  static let id = "Europe/London"

  static func add(to lines: inout CalendarLines) {
    lines.add("BEGIN", "VTIMEZONE")
    lines.add("TZID", id)
    add("DAYLIGHT", "BST", from: "+0000", to: "+0100", "19960331T010000", month: 3, to: &lines)
    add("STANDARD", "GMT", from: "+0100", to: "+0000", "19961027T020000", month: 10, to: &lines)
    lines.add("END", "VTIMEZONE")
  }

  private static func add(
    _ part: String, _ name: String, from: String, to offset: String, _ start: String, month: Int,
    to lines: inout CalendarLines
  ) {
    lines.add("BEGIN", part)
    lines.add("DTSTART", start)
    lines.add("RRULE", "FREQ=YEARLY;BYMONTH=\(month);BYDAY=-1SU")
    lines.add("TZOFFSETFROM", from)
    lines.add("TZOFFSETTO", offset)
    lines.add("TZNAME", name)
    lines.add("END", part)
  }
}
