import Foundation
import Testing

@testable import WebCalls

/// A message as it is sent.
@Suite struct MailMessageTests {
  private static func message(_ change: (inout MailMessage) -> Void = { _ in }) -> MailMessage {
    var message = MailMessage(
      key: "0123abcd", from: .init("council@example.org", name: "The Council"),
      to: .init("someone@example.net"), subject: "A message", text: "Hello.\n",
      date: Date(timeIntervalSince1970: 1_774_000_000))
    change(&message)
    return message
  }

  private static func text(_ message: MailMessage) throws -> String {
    String(decoding: try message.composed(MailBounds()), as: UTF8.self)
  }

  @Test func `a message of text alone has one part`() throws {
    #expect(
      try Self.text(Self.message())
        == """
        Date: Fri, 20 Mar 2026 09:46:40 +0000
        From: "The Council" <council@example.org>
        To: <someone@example.net>
        Subject: A message
        Message-ID: <0123abcd@example.org>
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Hello.

        """.replacing("\n", with: "\r\n"))
  }

  @Test func `the same message is the same bytes`() throws {
    #expect(try Self.text(Self.message()) == Self.text(Self.message()))
  }

  @Test func `lines are never too long, and all of it is ASCII`() throws {
    let text = try Self.text(
      Self.message {
        $0.subject = String(repeating: "ŵ", count: 300)
        $0.from.name = String(repeating: "Siân ", count: 50)
        $0.text = String(repeating: "é€😀 ", count: 500)
        $0.html = "<p>" + String(repeating: "a", count: 2_000)
        $0.calendar = "BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR"
      })
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 78, "\(line)") }
    #expect(text.contains("text/calendar; method=CANCEL; charset=utf-8"))
    // Every CR has its LF, and the other way round.
    #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
  }

  @Test(arguments: [
    ("Plain words", "Plain words"), ("Siân", "=?UTF-8?Q?Si=C3=A2n?="),
    ("=?UTF-8?Q?no?=", "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fno=3F=3D?="),
    (" led", "=?UTF-8?Q?_led?="),
  ])
  func `a subject is as it is, or in encoded words`(subject: String, header: String) {
    #expect(MailText.header(subject) == header)
  }

  @Test(arguments: [
    ("", ""), ("A. Name, Esq.", "\"A. Name, Esq.\" "), ("a\"b\\", "\"a\\\"b\\\\\" "),
    ("Ŵyn", "=?UTF-8?Q?=C5=B4yn?=\r\n "),
  ])
  func `a name cannot be taken for more than a name`(name: String, header: String) {
    #expect(MailText.name(name) == header)
  }

  @Test(arguments: [
    ("a=b", "a=3Db\r\n"), ("a \nb\t\r\nc", "a=20\r\nb=09\r\nc\r\n"), ("a\rb", "a\r\nb\r\n"),
    ("", "\r\n"), ("a\n\n", "a\r\n\r\n"), ("é", "=C3=A9\r\n"), ("\u{0}", "=00\r\n"),
    (String(repeating: "a", count: 76), String(repeating: "a", count: 76) + "\r\n"),
    (
      String(repeating: "a", count: 77),
      String(repeating: "a", count: 75) + "=\r\naa\r\n"
    ),
  ])
  func `a body's lines are quoted-printable`(text: String, encoded: String) {
    #expect(MailText.quotedPrintable(text) == encoded)
  }

  @Test(arguments: ["a\r\nBcc: b@example.org", "a\nb", "a\u{0}", "a\tb", "a\u{2028}b", "a\u{85}b"])
  func `what would be another header is never sent`(words: String) {
    let changes: [(inout MailMessage) -> Void] = [
      { $0.subject = words }, { $0.from.name = words }, { $0.to.name = words },
      { $0.replyTo = .init("a@example.org", name: words) }, { $0.key = words },
      { $0.language = words }, { $0.to.address = words }, { $0.from.address = words },
    ]
    for change in changes {
      let fault = #expect(throws: MailFault.self) {
        try Self.message(change).composed(MailBounds())
      }
      guard case .unusable(let why) = fault else {
        Issue.record("\(String(describing: fault))")
        continue
      }
      #expect(!why.contains(words))
    }
  }

  @Test(arguments: [
    ("a@example.org", true), ("a.b+c'd@mail.example.org", true), ("a@localhost", true),
    ("", false), ("a", false), ("@example.org", false), ("a@", false), ("a@@example.org", false),
    (".a@example.org", false), ("a..b@example.org", false), ("a@-x.org", false),
    ("a@x..org", false), ("\"a b\"@example.org", false), ("a@[127.0.0.1]", false),
    ("a b@example.org", false), ("a@example.org>", false), ("é@example.org", false),
    (String(repeating: "a", count: 65) + "@example.org", false),
    ("a@" + String(repeating: "a", count: 64) + ".org", false),
  ])
  func `an address is one that can be written to, or none`(address: String, isOne: Bool) {
    #expect(MailMessage.Mailbox(address).isAddress == isOne)
  }

  @Test func `what is too long is never sent`() {
    var bounds = MailBounds()
    bounds.messageBytesLimit = 500
    bounds.headerBytesLimit = 10
    #expect(throws: MailFault.unusable("the subject is longer than 10 bytes")) {
      try Self.message { $0.subject = "eleven char" }.composed(bounds)
    }
    #expect(throws: MailFault.unusable("the name of the sender is longer than 10 bytes")) {
      try Self.message().composed(bounds)
    }
    #expect(throws: MailFault.unusable("it is longer than 500 bytes")) {
      try Self.message {
        $0.from.name = ""
        $0.text = String(repeating: "a", count: 500)
      }.composed(bounds)
    }
  }

  @Test(arguments: [
    ("smtp://localhost", true), ("smtp://127.0.0.1:25", true), ("smtp://[::1]", true),
    ("smtp://127.0.0.2.example.org", false), ("smtp://mail.example.org", false),
    ("smtps://localhost", false), ("smtp://localhost.example.org", false),
  ])
  func `only a server on this machine is spoken to in the open by itself`(url: String, isOpen: Bool)
  {
    #expect(MailServer(url).encryption == (isOpen ? .none : .required))
  }
}
