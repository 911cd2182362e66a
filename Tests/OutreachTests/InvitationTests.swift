import Foundation
import Messages
import Subprocess
import SwiftProtobuf
import SystemPackage
import Testing
import WorkerKit

@testable import Outreach

@Suite struct InvitationTests {
  /// Marks that mean something to iCalendar, and characters of one to four bytes.
  private static let alphabet = Array(" abc,;:\"'^=\\ŵ’€🎪é-")

  private func text(_ length: Int, _ generator: inout Chance) -> String {
    let text = (0..<length).map { _ in Self.alphabet.randomElement(using: &generator) ?? "a" }
    // A plan's text has no blanks at its ends; the reader to compare with mistakes a backslash before some marks.
    let inside = String(text).replacing("\\", with: "\\ ")
    return "x\(inside)x"
  }

  private static func unfolded(_ text: String) -> [String] {
    text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  @Test func `no line has more than 75 octets, and unfolding gives what was written`() {
    var chance = Chance(seed: 5545)
    for _ in 0..<500 {
      let value = text(Int.random(in: 0..<300, using: &chance), &chance)
      var lines = CalendarLines()
      lines.add("SUMMARY", text: value)
      #expect(lines.text.hasSuffix("\r\n"))
      let octets = lines.text.utf8.split(separator: UInt8(ascii: "\n")).map { $0.count - 1 }
      #expect(octets.allSatisfy { $0 <= CalendarLines.octetsLimit })
      #expect(Self.unfolded(lines.text) == ["SUMMARY:\(CalendarLines.escaped(value))"])
    }
  }

  @Test(arguments: [
    ("a,b;c\\d", "a\\,b\\;c\\\\d"), ("two\nlines", "two\\nlines"), ("plain: \"q\"", "plain: \"q\""),
  ])
  func `a text is escaped as RFC 5545 has it`(text: String, escaped: String) {
    #expect(CalendarLines.escaped(text) == escaped)
  }

  @Test func `a guest without a mailbox has a name of their own that stays the same`() {
    let one = Invitation.address(of: PlanFixture.guest("a"), uid: "u")
    #expect(one == Invitation.address(of: PlanFixture.guest("a"), uid: "u"))
    #expect(one != Invitation.address(of: PlanFixture.guest("b"), uid: "u"))
    #expect(one != Invitation.address(of: PlanFixture.guest("a"), uid: "v"))
    #expect(UUID(uuidString: String(one.dropFirst("urn:uuid:".count))) != nil)
  }

  @Test func `a moment is written in UTC`() {
    #expect(Invitation.stamp(Date(timeIntervalSince1970: 1_782_810_007.9)) == "20260630T090007Z")
    #expect(Invitation.stamp(Date(timeIntervalSince1970: -1)) == "19691231T235959Z")
  }

  @Test func `a guest stands alone in their invitation, and notes are nobody's but the plan's`() {
    var event = PlanFixture.event(
      [PlanFixture.guest("a", sequence: 0), PlanFixture.guest("b", sequence: 0)], uid: "u",
      sequence: 0)
    event.notes = "Ask Body b to bring chairs"
    let invitation = Invitation(
      .request, to: event.guests[0], of: event, in: PlanFixture.plan(events: [event]), at: Date())
    let lines = Self.unfolded(invitation.text)
    #expect(lines.filter { $0.hasPrefix("ATTENDEE") }.count == 1)
    #expect(!Self.unfolded(invitation.text).joined().contains("Body b"))
  }

  // MARK: - Another reader

  /// What Python's `icalendar` reads.
  private struct Reading: Decodable, Equatable {
    var method, uid, summary, location, begins, ends, organiser, organiserName, guest, guestName,
      status: String
    var sequence: Int
    /// Moments at which its zone and that of the machine's data differ.
    var strangeMoments: Int
  }

  private static let reader = """
    import datetime, icalendar, json, pytz, sys
    london = pytz.timezone('Europe/London')
    def strange(calendar):
        zones = list(calendar.walk('VTIMEZONE'))
        if not zones: return 0
        zone, count, moment = zones[0].to_tz(), 0, datetime.datetime(1997, 1, 1)
        while moment.year < 2037:
            one = zone.fromutc(moment.replace(tzinfo=zone)).utcoffset()
            if one != london.fromutc(moment.replace(tzinfo=london)).utcoffset(): count += 1
            moment += datetime.timedelta(hours=29, minutes=30)
        return count
    for index, line in enumerate(sys.stdin):
        calendar = icalendar.Calendar.from_ical(json.loads(line))
        event, = calendar.walk('VEVENT')
        text = lambda name: str(event[name]) if name in event else ''
        moment = lambda name: event[name].dt.isoformat() if name in event else ''
        print(json.dumps({
            'method': calendar['METHOD'], 'uid': text('UID'), 'summary': text('SUMMARY'),
            'location': text('LOCATION'), 'begins': moment('DTSTART'), 'ends': moment('DTEND'),
            'organiser': text('ORGANIZER'), 'organiserName': event['ORGANIZER'].params['CN'],
            'guest': text('ATTENDEE'), 'guestName': event['ATTENDEE'].params['CN'],
            'status': text('STATUS'), 'sequence': int(event['SEQUENCE']),
            'strangeMoments': strange(calendar) if index == 0 else 0}))
    """

  @Test func `another reader finds in invitations what stands in the plan`() async throws {
    var chance = Chance(seed: 5546)
    var sent: [String] = []
    var expected: [Reading] = []
    for number in 0..<60 {
      let isTimed = number % 3 != 2
      let isCancelled = number % 5 == 4
      var guest = PlanFixture.guest(
        "a", mailbox: number % 2 == 0 ? "team@body.example" : "", sequence: UInt32(number))
      guest.organisation = text(number * 2, &chance)
      guest.role = text(number, &chance)
      var event = PlanFixture.event(
        [guest], date: number % 2 == 0 ? "2026-07-10" : "2026-01-17",
        begins: isTimed ? "10:00" : "",
        uid: "uid-\(number)", sequence: UInt32(number))
      if isTimed { event.ends = "11:30" }
      event.title = text(number * 3, &chance)
      event.place = text(number, &chance)
      let plan = PlanFixture.plan(events: [event])
      sent.append(
        Invitation(isCancelled ? .cancel : .request, to: guest, of: event, in: plan, at: Date())
          .text)
      let offset = number % 2 == 0 ? "+01:00" : "+00:00"
      expected.append(
        Reading(
          method: isCancelled ? "CANCEL" : "REQUEST", uid: event.uid, summary: event.title,
          location: event.place, begins: isTimed ? "\(event.date)T10:00:00\(offset)" : event.date,
          ends: isTimed ? "\(event.date)T11:30:00\(offset)" : "",
          organiser: "mailto:safer@council.example",
          organiserName: "A Council, Safer Communities Team",
          guest: Invitation.address(of: guest, uid: event.uid),
          guestName: "\(guest.organisation), \(guest.role)".replacing("\"", with: "'"),
          status: isCancelled ? "CANCELLED" : "CONFIRMED", sequence: number, strangeMoments: 0))
    }
    let readings = try await Self.read(sent)
    try #require(readings.count == expected.count)
    for (reading, expected) in zip(readings, expected) { #expect(reading == expected) }
  }

  private static func read(_ invitations: [String]) async throws -> [Reading] {
    let encoder = JSONEncoder()
    let lines = try invitations.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let result = try await Subprocess.run(
      .path(FilePath("/usr/bin/python3")), arguments: ["-c", reader],
      input: .string(lines.joined(separator: "\n") + "\n"), output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 16))
    let complaint = result.standardError
    try #require(
      result.terminationStatus == .exited(0),
      "python3 with python3-icalendar is needed (.ci/setup tests): \(complaint)")
    return try result.standardOutput.split(separator: "\n").map {
      try JSONDecoder().decode(Reading.self, from: Data($0.utf8))
    }
  }
}

/// Chance that is the same each time (SplitMix64, G. Steele and others, 2014).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
