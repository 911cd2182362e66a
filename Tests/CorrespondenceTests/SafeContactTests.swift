import CaseModel
import Testing

@testable import CorrespondenceRules

/// By which way a notice goes: every row of the table.
@Suite struct SafeContactTests {
  /// Friday, 20 March 2026, 09:46:40 in London.
  private static let now: Int64 = 1_774_000_000
  private static let morning = ContactSpan("09:00-10:00")
  private static let noon = ContactSpan("12:00-14:00")
  private static let atNoon: Int64 = 1_774_008_000

  struct Row: Sendable {
    let ways: [SafeWay]
    let served: Set<NoticeWay>
    let course: SafeContact.Course
    var preferred: NoticeWay?
  }

  static let rows = [
    Row(ways: [], served: [.email, .post, .sms], course: .hold(.noSafeWay)),
    Row(ways: [SafeWay(.email)], served: [.email], course: .go(.email)),
    // The person's order counts, not ours.
    Row(ways: [SafeWay(.post), SafeWay(.email)], served: [.email, .post], course: .go(.post)),
    Row(
      ways: [SafeWay(.post), SafeWay(.email)], served: [.email], course: .go(.email),
      preferred: .post),
    // What was not named is never used, however well it is served.
    Row(ways: [SafeWay(.email)], served: [.post, .sms], course: .unserved(.email)),
    Row(
      ways: [SafeWay(.phone)], served: [.email, .post], course: .hold(.noSafeWay), preferred: .phone
    ),
    Row(
      ways: [SafeWay(.phone), SafeWay(.sms)], served: [.email], course: .unserved(.sms),
      preferred: .phone),
    Row(
      ways: [SafeWay(.phone), SafeWay(.email)], served: [.email], course: .go(.email),
      preferred: .phone),
    // Hours are for what rings.
    Row(ways: [SafeWay(.sms, hours: morning)], served: [.sms], course: .go(.sms)),
    Row(
      ways: [SafeWay(.sms, hours: noon)], served: [.sms],
      course: .wait(.sms, untilUnixSeconds: atNoon)),
    Row(
      ways: [SafeWay(.phone, hours: noon)], served: [.phone],
      course: .wait(.phone, untilUnixSeconds: atNoon)),
    Row(ways: [SafeWay(.email, hours: noon)], served: [.email], course: .go(.email)),
  ]

  @Test(arguments: rows)
  func `a notice goes by a way that the person said is safe, or by none`(row: Row) {
    let chosen = SafeContact.choose(row.ways, served: row.served, nowUnixSeconds: Self.now)
    #expect(chosen.course == row.course)
    #expect(chosen.preferred == row.preferred)
    // Whatever is not as it was wished says why.
    if row.preferred != nil { #expect(!chosen.because.isEmpty) }
  }

  @Test func `whoever rings is told the hours, and whether a message may be left`() {
    let silent = SafeContact.choose(
      [SafeWay(.phone, hours: Self.noon)], served: [], nowUnixSeconds: Self.now)
    #expect(
      silent.because
        == "Only a call is safe: somebody rings, between 12:00-14:00, and leaves no message.")
    let voicemail = SafeContact.choose(
      [SafeWay(.phone, voicemail: true)], served: [], nowUnixSeconds: Self.now)
    #expect(voicemail.because == "Only a call is safe: somebody rings, and may leave a message.")
  }

  @Test func `a body is written to by its mailbox, and else by hand`() {
    #expect(SafeContact.choose(hasMailbox: true, served: [.email]).course == .go(.email))
    #expect(SafeContact.choose(hasMailbox: true, served: [.post]).course == .unserved(.email))
    #expect(SafeContact.choose(hasMailbox: false, served: [.email]).course == .hold(.noSafeWay))
  }

  @Test(arguments: [
    "", "10:00", "10:00-", "10:00-10:00", "25:00-26:00", "1:00-2:00", "10:60-11:00", "24:01-25:00",
    "10:00-11:00-12:00", "a0:00-b0:00",
  ])
  func `hours that are none are not taken`(text: String) {
    #expect(ContactSpan(text) == nil)
  }

  @Test func `hours may go over midnight, and follow London's clocks`() throws {
    let night = try #require(ContactSpan("22:00-06:30"))
    let day = CalendarDate(daysSince1970: 20_541)  // 29 March 2026, on which summer time begins
    let midnight = LondonTime.startOfDay(day)
    #expect(night.contains(unixSeconds: midnight))
    #expect(!night.contains(unixSeconds: midnight + 12 * 3_600))
    let morning = try #require(ContactSpan("09:00-12:00"))
    // An hour is missing.
    #expect(morning.nextBeginning(afterUnixSeconds: midnight) == midnight + 8 * 3_600)
    #expect(!morning.contains(unixSeconds: midnight + 8 * 3_600 - 1))
    #expect(morning.contains(unixSeconds: midnight + 8 * 3_600))
    #expect(!morning.contains(unixSeconds: midnight + 11 * 3_600))
  }
}

/// What may be done to a notice: every state and every step.
@Suite struct NoticeLifeTests {
  @Test func `what has left, or was taken, is not taken back`() {
    for state in [NoticeState.sent, .delivered, .failed, .uncertain] {
      for step in [NoticeStep.released, .amended, .cancelled] {
        #expect(!state.allows(step, isTaken: true) && !state.allows(step, isTaken: false))
      }
    }
    #expect(!NoticeState.ready.allows(.cancelled, isTaken: true))
    #expect(NoticeState.ready.allows(.cancelled, isTaken: false))
  }

  @Test func `a worker speaks of what it was given alone`() {
    for state in NoticeState.allCases where state != .uncertain {
      #expect(!state.allows(.sent, isTaken: false))
      #expect(state.allows(.sent, isTaken: true) == (state == .ready))
    }
    // A word that comes late.
    #expect(NoticeState.uncertain.allows(.sent, isTaken: true))
    #expect(NoticeState.sent.allows(.delivered, isTaken: true))
    #expect(NoticeState.sent.allows(.failed, isTaken: true))
    #expect(!NoticeState.cancelled.allows(.sent, isTaken: true))
  }

  @Test func `only what is held is released, and only what failed goes again`() {
    for state in NoticeState.allCases {
      #expect(state.allows(.released, isTaken: false) == (state == .held))
      #expect(state.maySettle(as: .ready) == (state == .failed || state == .uncertain))
    }
  }

  @Test func `a person reads a letter of theirs unless it may name somebody`() {
    for hold in NoticeHold.allCases {
      #expect(
        NoticeState.held.isForItsReader(held: hold) == (hold == .noSafeWay || hold == .noChannel))
    }
    #expect(NoticeState.sent.isForItsReader(held: nil))
    #expect(NoticeState.waiting.isForItsReader(held: nil))
    #expect(!NoticeState.composing.isForItsReader(held: nil))
    #expect(!NoticeState.cancelled.isForItsReader(held: nil))
  }
}
