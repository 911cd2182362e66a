import Foundation
import Testing

@testable import AgencySimulators

/// The simulated provider, as a value.
@Suite struct ReferralDeskTests {
  private func letter(_ referral: String) -> Data {
    Data(
      """
      {"referral":"\(referral)","agency":"a","name":"N","language":"en","adjustments":[],
      "safeContact":[{"channel":"PHONE","address":"1"}],"consent":{"id":"c","wording":"w"}}
      """.utf8)
  }

  private func states(_ fate: String) throws -> [String] {
    var desk = ReferralDesk(fates: [try ReferralFate(word: fate)], seed: 1)
    #expect(desk.take(letter("r")).0.status == 201)
    return (0..<4).map { _ in desk.ask("r").0.json }
  }

  @Test func `each question finds a referral one step on, and then at its end`() throws {
    let closed = ["received", "accepted", "closed", "closed"].map { "{\"state\":\"\($0)\"}" }
    #expect(try states("closed") == closed)
    let declined = "{\"state\":\"declined\",\"reason\":\"out-of-area\"}"
    #expect(
      try states("declined:out-of-area")
        == ["{\"state\":\"received\"}", declined, declined, declined])
    #expect(Set(try states("silent")) == ["{\"state\":\"received\"}"])
  }

  @Test func `the same referral twice is one`() throws {
    var desk = ReferralDesk(fates: [], seed: 1)
    #expect(desk.take(letter("r")).0.status == 201)
    #expect(desk.take(letter("r")).0.status == 200)
  }

  @Test func `what is no referral is sent back, and what is unknown is not there`() throws {
    var desk = ReferralDesk(fates: [], seed: 1)
    #expect(desk.take(Data("{}".utf8)).0.status == 400)
    #expect(desk.take(letter("")).0.status == 400)
    #expect(desk.ask("r").0.status == 404)
    #expect(desk.withdraw("r").0.status == 404)
  }

  @Test func `who is forgetful is told twice, and nothing that is told is personal`() throws {
    var desk = ReferralDesk(fates: [try ReferralFate(word: "forgetful")], seed: 1)
    #expect(desk.take(letter("r")).1 == "referral 1: taken in")
    #expect(desk.withdraw("r").0.status == 202)
    #expect(desk.withdraw("r").0.status == 200)
  }

  @Test func `a fate that there is not is refused`() {
    #expect(throws: SimulatorError.self) { try ReferralFate(word: "declined:any") }
  }

  @Test func `chance is the same for the same seed`() {
    let drawn = { (seed: UInt64) in
      (0..<50).map { ReferralFate.drawn(seed: seed, about: "referral-\($0)") }
    }
    #expect(drawn(1) == drawn(1))
    #expect(drawn(1) != drawn(2))
  }
}
