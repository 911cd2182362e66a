import Outreach
import Testing

@Suite struct CalendarReplyTests {
  /// As Outlook and Google write them, folded in the middle of a parameter.
  private static func reply(
    method: String = "REPLY", status: String = "ACCEPTED", attendees: Int = 1,
    events: Int = 1
  ) -> String {
    let attendee =
      "ATTENDEE;CN=\"Team: LiveWest; ASB\";PARTSTAT=\(status);ROLE=REQ-PARTI\r\n CIPANT:mailto:asb@livewest.example\r\n"
    let event = """
      BEGIN:VEVENT\r
      UID:6f1d\r
      SEQUENCE:2\r
      \(String(repeating: attendee, count: attendees))\
      SUMMARY:Accepted: Launch\r
      BEGIN:VALARM\r
      UID:other\r
      END:VALARM\r
      END:VEVENT\r

      """
    return "BEGIN:VCALENDAR\r\nMETHOD:\(method)\r\nVERSION:2.0\r\n"
      + String(repeating: event, count: events) + "END:VCALENDAR\r\n"
  }

  @Test(arguments: [
    ("ACCEPTED", "accepted"), ("DECLINED", "declined"), ("tentative", "tentative"),
  ])
  func `an answer is read from what a mail program writes`(status: String, word: String) throws {
    let reply = try CalendarReply(parsing: Self.reply(status: status))
    #expect(reply.uid == "6f1d")
    #expect(reply.sequence == 2)
    #expect(reply.attendee == "mailto:asb@livewest.example")
    #expect("\(reply.answer)" == word)
  }

  @Test func `lines may end as on any machine`() throws {
    let text = Self.reply().replacing("\r\n", with: "\n")
    #expect(try CalendarReply(parsing: text).attendee == "mailto:asb@livewest.example")
  }

  static let wrong = [
    "", "no calendar", reply(method: "REQUEST"), reply(status: "DELEGATED"), reply(attendees: 0),
    reply(attendees: 2), reply(events: 0), reply(events: 2),
    reply().replacing("UID:6f1d\r\n", with: ""),
    reply() + String(repeating: "x", count: CalendarReply.bytesLimit),
  ]

  @Test(arguments: wrong)
  func `what is no answer is refused`(text: String) throws {
    let problem = try #require(throws: PlanProblem.self) { try CalendarReply(parsing: text) }
    #expect(problem.code == "not-a-reply")
    #expect(!problem.message.contains("livewest"))
  }
}
