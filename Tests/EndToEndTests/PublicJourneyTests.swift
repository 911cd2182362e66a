import Foundation
import Testing

extension RunningSystems {
  /// Somebody goes from the first page to a letter that says why, by HTTP, through all processes.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct PublicJourneyTests {
    /// What is answered, page after page, from the one about the code to the receipt.
    private static let answers: [[(String, String)]] = [
      [("who", "myself")], [("danger", "no")], [("name", "Applicant One")],
      [("email", "one@mail.example")], [("safe-ways", "EMAIL")], [("language", "en")],
      [("adjustments", "")],
      [("add", "yes")],
      [("happened-day", "9"), ("happened-month", "6"), ("happened-year", "2026")],
      [("reported-day", "10"), ("reported-month", "6"), ("reported-year", "2026")],
      [("made-to", "police")], [("by", "self")], [("what", "Music until four")],
      [("response", "Nobody came")], [],
      [], [], [("risk-frequency", "weekly"), ("risk", "fear")], [("impact", "No sleep")],
      [("outcome", "Somebody in charge")], [("attendance", "ATTEND_REMOTELY")],
      [("consent-sharing", "yes")], [("consent-support-victim-support", "no")],
      [("consent-support-victim-care-unit", "no")], [("consent-feedback", "no")], [],
    ]

    @Test func `from never having heard of it to a letter that says why`() async throws {
      try await RunningSystem.with { system in
        let messages = try await MailServer.with(on: system) { server in
          var visitor = try Visitor(of: system)
          let (reference, code) = try apply(&visitor)
          let acknowledgement = try await server.next()
          #expect(acknowledgement["to"].list == [.text("one@mail.example")])

          try await system.json(
            Journey.decide(reference, "--met").dropLast() + ["The behaviour goes on every week"])
          let letter = try await server.next()["texts"].list.first?.text ?? ""
          #expect(letter.contains("“The behaviour goes on every week”"))
          _ = try await Notices.first("THRESHOLD_MET", of: reference, is: "SENT", on: system)

          // Somebody else's browser: nothing but reference and code opens the case.
          var follower = try Visitor(of: system)
          let shut = try follower.get("/case")
          #expect(shut.path == "/follow" && !shut.answer.body.contains(reference))
          let own = try follower.fill(shut, [("reference", reference), ("code", code)])
          #expect(own.path == "/case" && own.answer.status == 200)
          #expect(try own.page().main.contains("There will be a review"))
          let decision = try follower.follow("The decision, and why", on: own).page()
          #expect(decision.main.contains("The behaviour goes on every week"))
          #expect(!decision.main.contains("A. Officer"))
          let letters = try follower.follow("Letters to you", on: own)
          #expect(try letters.page().main.contains("Sent on 30 June 2026 by e-mail."))
          // The last one stands first.
          let read = try follower.follow("Read the letter of 30 June 2026", on: letters)
          #expect(read.answer.status == 200)
          #expect(try read.page().main.contains("The behaviour goes on every week"))
          #expect(!Word(code).isIn(follower.seen), "the code is shown once, when it is made")
        }
        #expect(messages.count == 2)
      }
    }

    private func apply(_ visitor: inout Visitor) throws -> (reference: String, code: String) {
      let start = try visitor.get("/")
      #expect(try start.page().heading == "Ask for an anti-social behaviour case review")
      let started = try visitor.fill(try visitor.get("/apply"), [("area", "plymouth")])
      let code = try #require(try started.page().first("strong")?.text)
      var place = try visitor.follow("I have written it down", on: started)
      for fields in Self.answers {
        let before = place.path
        place = try visitor.fill(place, fields)
        let faults = try place.page().elements.first { $0.attributes["id"] == "faults" }?.text
        try #require(faults == nil, "\(before): \(faults ?? "")")
      }
      #expect(place.path == "/apply/files")
      let receipt = try visitor.fill(try visitor.get("/apply/check"), [])
      #expect(receipt.path == "/apply/receipt")
      let page = try receipt.page()
      #expect(page.heading == "Application sent")
      return (try #require(page.first("strong")?.text), code)
    }
  }
}
