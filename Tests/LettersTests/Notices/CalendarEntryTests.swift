import CaseModel
import Policy
import Testing

@testable import Letters

/// The entry that goes with an invitation (RFC 5545, RFC 5546).
@Suite struct CalendarEntryTests {
  static func entry(
    _ state: Letter.Invitation.State = .planned, begins: Int? = 600, ends: Int? = 750,
    on date: String = "2026-04-14", uid: String = NoticeSample.uid, sequence: Int = 0
  ) -> Letter.CalendarEntry? {
    let pack = PolicyPack.exmouth()
    return Letter.Invitation(
      state,
      to: Letter.Invitation.Meeting(on: day(date), begins: begins, ends: ends, place: "Hall 7"),
      caseReference: NoticeSample.reference, pack: pack, uid: uid, sequence: sequence,
      on: day("2026-03-25")
    ).notice(in: .english, from: Letter.Sender(pack)).calendar
  }

  static func lines(_ entry: Letter.CalendarEntry?, organiser: String = "", attendee: String = "")
    throws -> [String]
  {
    let text = try #require(entry).text(
      madeAt: 1_774_432_800, organiser: organiser, attendee: attendee)
    #expect(text.hasSuffix("END:VCALENDAR\r\n"))
    return text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  @Test func `a planned meeting is entered by name, with its times in UTC and nothing else`() throws
  {
    #expect(
      try Self.lines(Self.entry()) == [
        "BEGIN:VCALENDAR", "PRODID:-//Recourse//Letters//EN", "VERSION:2.0", "CALSCALE:GREGORIAN",
        "METHOD:REQUEST", "BEGIN:VEVENT", "UID:\(NoticeSample.uid)", "DTSTAMP:20260325T100000Z",
        "SEQUENCE:0", "DTSTART:20260414T090000Z", "DTEND:20260414T113000Z",
        "SUMMARY:Appointment (3HM3-XBSM)", "ORGANIZER:invalid:nomail",
        "ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE:invalid:nomail", "CLASS:PRIVATE",
        "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR",
      ])
  }

  @Test func `in winter London keeps UTC`() throws {
    let lines = try Self.lines(Self.entry(begins: 9 * 60 + 5, on: "2026-01-14"))
    #expect(lines.contains("DTSTART:20260114T090500Z"))
  }

  @Test func `a meeting that is moved has the same name and counts one further`() throws {
    let moved = Self.entry(.moved(from: day("2026-04-14")), on: "2026-04-21", sequence: 1)
    let lines = try Self.lines(moved)
    #expect(lines.contains("METHOD:REQUEST") && lines.contains("SEQUENCE:1"))
    #expect(lines.contains("UID:\(NoticeSample.uid)") && lines.contains("STATUS:CONFIRMED"))
  }

  @Test func `a meeting that does not take place is taken out`() throws {
    let lines = try Self.lines(Self.entry(.cancelled, sequence: 2))
    #expect(lines.contains("METHOD:CANCEL") && lines.contains("STATUS:CANCELLED"))
    #expect(lines.contains("SEQUENCE:2"))
  }

  @Test func `without an hour it lasts the day`() throws {
    let lines = try Self.lines(Self.entry(begins: nil, ends: nil))
    #expect(lines.contains("DTSTART;VALUE=DATE:20260414"))
    #expect(!lines.contains { $0.hasPrefix("DTEND") })
  }

  @Test func `an end before the beginning is left out`() throws {
    let lines = try Self.lines(Self.entry(begins: 600, ends: 600))
    #expect(!lines.contains { $0.hasPrefix("DTEND") })
  }

  @Test func `place and person are in the letter alone`() throws {
    let text = try #require(Self.entry()).text(madeAt: 0)
    #expect(!text.contains("Hall 7") && !text.contains("LOCATION"))
    #expect(!text.contains("DESCRIPTION") && !text.contains("CN="))
  }

  @Test func `mailboxes are named where they are given`() throws {
    let lines = try Self.lines(
      Self.entry(), organiser: "desk@council.example", attendee: "a.person@mail.example")
    #expect(lines.contains("ORGANIZER:mailto:desk@council.example"))
    #expect(lines.contains { $0.hasSuffix(":mailto:a.person@mail.example") })
  }

  @Test func `long values are folded at 75 octets and what means something is escaped`() throws {
    let uid = String(repeating: "ŵ,;\\", count: 60)
    let text = try #require(Self.entry(uid: uid)).text(
      madeAt: 0, organiser: String(repeating: "m", count: 200) + "@x.example")
    let octets = text.utf8.split(separator: UInt8(ascii: "\n")).map { $0.count - 1 }
    #expect(octets.allSatisfy { $0 <= CalendarLines.octetsLimit })
    #expect(octets.contains { $0 > 70 })
    let lines = text.replacing("\r\n ", with: "").split(separator: "\r\n")
    #expect(lines.contains("UID:" + String(repeating: "ŵ\\,\\;\\\\", count: 60)))
  }

  @Test func `nothing that is passed in begins a line of its own`() throws {
    let lines = try Self.lines(
      Self.entry(uid: "a\r\nSUMMARY:b"), organiser: "x@y.example\r\nLOCATION:here")
    #expect(lines.filter { $0.hasPrefix("SUMMARY") }.count == 1)
    #expect(!lines.contains { $0.hasPrefix("LOCATION") })
  }
}
