import Testing

@testable import Conformance

@Suite struct ConsequencesTests {
  private static let key = "case/4F7K-2M9X"

  private static func announced(_ types: String...) -> [Consequences.Announced] {
    types.map { Consequences.Announced(key: key, type: $0, payload: [1]) }
  }

  private static func request(_ body: String, key: String? = nil) -> Outside.Request {
    Outside.Request(method: "POST", path: "/in", idempotencyKey: key, body: Array(body.utf8))
  }

  @Test func `the same consequences are no difference`() {
    let seen = Consequences(announced: Self.announced("t.A", "t.B"), requests: [Self.request("x")])
    #expect(seen.difference(from: seen) == nil)
  }

  @Test func `an event that is announced twice, or not at all, is a difference`() {
    let undisturbed = Consequences(announced: Self.announced("t.A"))
    let twice = Consequences(announced: Self.announced("t.A", "t.A"))
    #expect(
      twice.difference(from: undisturbed)
        == "t.A of case/4F7K-2M9X was announced 2 times, undisturbed once")
    #expect(
      Consequences().difference(from: undisturbed)
        == "t.A of case/4F7K-2M9X was announced not at all, undisturbed once")
  }

  @Test func `a request that is sent again counts once by its key, and twice without`() {
    let keyed = Consequences(requests: [Self.request("x", key: "k")])
    let keyedTwice = Consequences(requests: [
      Self.request("x", key: "k"), Self.request("x", key: "k"),
    ])
    #expect(keyedTwice.difference(from: keyed) == nil)
    let plain = Consequences(requests: [Self.request("x")])
    let plainTwice = Consequences(requests: [Self.request("x"), Self.request("x")])
    #expect(plainTwice.difference(from: plain) != nil)
  }

  @Test func `an effect may be missing only if it is told to be uncertain`() {
    let undisturbed = Consequences(requests: [Self.request("x"), Self.request("y")])
    var seen = Consequences(requests: [Self.request("x")])
    #expect(seen.difference(from: undisturbed) != nil)
    seen.uncertain = 1
    #expect(seen.difference(from: undisturbed) == nil)
  }

  @Test func `questions change nothing outside`() {
    let question = Outside.Request(method: "GET", path: "/in", idempotencyKey: nil, body: [])
    #expect(Consequences(requests: [question, question]).effects == 0)
  }

  @Test func `more events set aside is a difference, fewer is none`() {
    #expect(Consequences(parked: 1).difference(from: Consequences()) != nil)
    #expect(Consequences().difference(from: Consequences(parked: 1)) == nil)
  }

  @Test func `what was done about one case is told in order`() {
    let seen = Consequences(
      announced: Self.announced("t.A", "t.B"), requests: [Self.request("4F7K-2M9X")])
    let other = Consequences(
      announced: Self.announced("t.B", "t.A"), requests: [Self.request("4F7K-2M9X")])
    let (one, two) = (
      seen.sequence(of: Self.key, naming: "4F7K-2M9X"),
      other.sequence(of: Self.key, naming: "4F7K-2M9X")
    )
    #expect(one.count == 3)
    #expect(one != two)
    #expect(one.sorted() == two.sorted())
  }
}
