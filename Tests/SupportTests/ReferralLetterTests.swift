import Foundation
import Testing

@testable import Support

@Suite struct ReferralLetterTests {
  private func text(_ ways: [SafeWay], adjustments: [String] = ["Large print"]) throws -> String {
    let letter = ReferralLetter(
      referral: "ab12", agency: "victim-support", referrer: "Plymouth City Council",
      ReferralDetails(
        name: "Applicant One", ways: ways, language: "en", adjustments: adjustments,
        consentID: "c1", consentWording: "2026-01"))
    return String(decoding: try letter.json(), as: UTF8.self)
  }

  @Test func `it has what is needed to make contact, and nothing else`() throws {
    let ways = [
      SafeWay(
        channel: "EMAIL", address: "applicant.one@mail.example", between: "", voicemail: false),
      SafeWay(
        channel: "PHONE", address: "+44 1632 960001", between: "10:00-14:00", voicemail: false),
    ]
    #expect(
      try text(ways) == """
        {
          "adjustments" : [
            "Large print"
          ],
          "agency" : "victim-support",
          "consent" : {
            "id" : "c1",
            "wording" : "2026-01"
          },
          "language" : "en",
          "name" : "Applicant One",
          "referral" : "ab12",
          "referrer" : "Plymouth City Council",
          "safeContact" : [
            {
              "address" : "applicant.one@mail.example",
              "channel" : "EMAIL"
            },
            {
              "address" : "+44 1632 960001",
              "between" : "10:00-14:00",
              "channel" : "PHONE",
              "voicemail" : false
            }
          ]
        }

        """)
  }

  @Test func `the same referral is the same bytes`() throws {
    let ways = [SafeWay(channel: "POST", address: "1/2 Row", between: "", voicemail: false)]
    #expect(try text(ways) == (try text(ways)))
    #expect(try text(ways).contains("1/2 Row"))
  }
}
