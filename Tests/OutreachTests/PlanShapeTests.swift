import Outreach
import Testing

@Suite struct PlanShapeTests {
  @Test(arguments: [
    (PlanShape.id, "launch-event-2"), (.text, "Council House, room 1"), (.text, "Tŷ'r Cyngor"),
    (.day, "2024-02-29"), (.clock, "00:00"), (.clock, "23:59"), (.count, "0"),
    (.count, "10000000"), (.flag, "true"), (.choice(["one", "two"]), "two"),
    (.mailbox, "safer.communities+asb@council.example"), (.page, "https://council.example/asb/"),
    (.page, "https://council.example:8443"),
  ])
  func `a text that fits its shape is read, and written as it was`(shape: PlanShape, text: String)
    throws
  {
    let value = try #require(shape.value(of: text))
    #expect(shape.text(of: value) == text)
  }

  @Test(arguments: [
    ("120", 12_000, "120"), ("120.5", 12_050, "120.50"), ("120.05", 12_005, "120.05"),
    ("0.99", 99, "0.99"), ("0", 0, "0"), ("120.00", 12_000, "120"),
  ])
  func `money is kept in pence`(text: String, pence: Int, written: String) {
    #expect(PlanShape.money.value(of: text) == .number(pence))
    #expect(PlanShape.money.text(of: .number(pence)) == written)
  }

  @Test(arguments: [
    (PlanShape.id, ""), (.id, "Launch"), (.id, "-a"), (.id, "a/b"), (.id, "a b"),
    (.id, String(repeating: "a", count: PlanLimits.idBytes + 1)), (.text, ""), (.text, " a"),
    (.text, "two\nlines"), (.text, "a\u{1B}[2J"), (.text, "a\u{202E}b"),
    (.text, String(repeating: "a", count: PlanLimits.textBytes + 1)), (.day, "2026-02-29"),
    (.day, "10/07/2026"), (.day, "2026-7-1"), (.clock, "24:00"), (.clock, "9:00"),
    (.clock, "10:60"), (.money, "-1"), (.money, "1.234"), (.money, "£1"), (.money, "1."),
    (.money, ".5"), (.money, "100000001"), (.count, "10000001"), (.count, "+1"), (.count, "1.0"),
    (.flag, "yes"), (.choice(["one"]), "One"), (.mailbox, "council.example"),
    (.mailbox, "a@b@c"), (.mailbox, "a b@c.example"), (.mailbox, "a@b\r\nATTENDEE:c"),
    (.page, "http://council.example"), (.page, "https://"), (.page, "https://a.example/\"x"),
    (.page, "https://a.example/asb?from=poster"), (.page, "https://a.example/#top"),
    (.page, "https://somebody@a.example/"), (.page, "https://a.example:port/"),
    (.page, "https:///asb"), (.page, "https://:443"),
  ])
  func `a text that does not fit is none`(shape: PlanShape, text: String) {
    #expect(shape.value(of: text) == nil)
  }
}
