import Foundation
import Testing

extension RunningSystems {
  /// What somebody answers about a consent after the application.
  @Suite(.serialized, .timeLimit(.minutes(3)), .sharedSystem) struct LaterConsentTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    /// Takes in `three-complaints` without the consent to share, for the applicant and another victim.
    private func applyForTwo() async throws -> JSONValue {
      var text = try String(
        contentsOfFile: Examples.path("three-complaints.json"), encoding: .utf8)
      text = text.replacing(
        #"{"sameAsApplicant": true}"#,
        with: #"{"sameAsApplicant": true}, {"party": {"name": "Victim Two"}}"#)
      text = text.replacing(
        #"{"purpose": "SHARE_WITH_RELEVANT_BODIES", "given": true"#,
        with: #"{"purpose": "SHARE_WITH_RELEVANT_BODIES", "given": false"#)
      return try await system.json(["apply", "-"], input: text)
    }

    private func consent(_ reference: String, _ answer: String, _ more: String...) -> [String] {
      ["case", "consent", reference, answer, "--officer", "A. Officer"] + more
    }

    private func decide(_ reference: String) async throws -> JSONValue {
      let clocks = try await system.json(["threshold", "clock", "list", reference])["clocks"].list
      return try #require(clocks.first { $0["stage"].text == "decide" })
    }

    @Test
    func `a clock that waits runs when everything is there, and stands still when it is gone`()
      async throws
    {
      let system = try system
      let applied = try await applyForTwo()
      let reference = try #require(applied["reference"].text)
      #expect(applied["awaited"].list.map { $0["person"].text } == ["applicant", "victims[1]"])
      #expect(try await decide(reference)["paused"].bool == true)
      let sharing = ["--purpose", "share-with-relevant-bodies"]
      let first = try await system.json(
        consent(reference, "--given", "--wording", "2026-02", "--on", "2026-06-24") + sharing)
      #expect(first["awaited"].list.map { $0["person"].text } == ["victims[1]"])
      #expect(try await decide(reference)["paused"].bool == true)
      let second = try await system.json(
        consent(
          reference, "--given", "--purpose", "third-party-authority", "--capacity", "attorney",
          "--said-by", "Attorney Zaphod", "--wording", "2026-02", "--on", "2026-06-25"))
      #expect(second["person"].text == "victims[1]" && second["awaited"].list.isEmpty)
      let runs = try await decide(reference)
      #expect(runs["paused"].bool == false && runs["late"].bool == false)
      #expect(runs["changes"].list.map { $0["change"].text } == ["PAUSED", "RESUMED"])
      #expect(runs["changes"].list.map { $0["changedOn"].text } == ["2026-03-16", "2026-06-25"])
      let withdrawn = try await system.run(consent(reference, "--withdrawn") + sharing)
      #expect(withdrawn.status == 0, "\(withdrawn.errors)")
      #expect(withdrawn.output.contains("Waited for: SHARE_WITH_RELEVANT_BODIES of applicant."))
      #expect(try await decide(reference)["paused"].bool == true)
      let table = try await system.run(["threshold", "clock", "list", reference])
      #expect(table.output.contains("decide stands still from 30 June 2026: "), "\(table.output)")
      let shown = try await system.run(["case", "show", reference])
      #expect(
        shown.output.contains(
          "THIRD_PARTY_AUTHORITY, of victims[1]: given by attorney on 25 June 2026"))
      #expect(shown.output.contains("  Waited for: SHARE_WITH_RELEVANT_BODIES of applicant."))
      let timeline = try await system.run(["case", "timeline", reference])
      #expect(
        timeline.output.contains("Consent withdrawn on 30 June 2026: SHARE_WITH_RELEVANT_BODIES"))
      #expect(!timeline.output.contains("Zaphod") && !table.output.contains("Zaphod"))
    }

    @Test func `a referral whose consent is withdrawn is shown so`() async throws {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let support = ["--purpose", "support-referral", "--recipient", "victim-support"]
      let sent = try await system.json(["case", "show", reference])["support"]["referrals"].list
      #expect(sent.map { $0["state"].text } == ["SENT"])
      try await system.json(consent(reference, "--withdrawn") + support)
      // The file lay there still: it is removed, and there is nobody to tell.
      let shown = try await system.run(["case", "show", reference])
      #expect(shown.output.contains("declined, not delivered. The consent was withdrawn"))
      #expect(!shown.output.contains("tell the agency"))
      let again = try await system.json(
        consent(reference, "--given", "--wording", "2026-02") + support)
      #expect(again["consentId"].text?.isEmpty == false)
      let referrals = try await system.json(["case", "show", reference])["support"]["referrals"]
        .list
      #expect(referrals.map { $0["state"].text } == ["SENT", "SENT"])
      #expect(referrals.map { $0["consentWithdrawn"].bool } == [true, false])
    }

    @Test func `what an agency says of a referral is put on record, and shown`() async throws {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      func referral(_ words: String...) async throws -> Tool.Outcome {
        try await system.run(
          ["case", "referral", reference, "--agency", "victim-support", "--officer", "A. Officer"]
            + words)
      }
      let accepted = try await referral("--accepted")
      #expect(accepted.status == 0, "\(accepted.errors)")
      #expect(accepted.output.contains("On record: victim-support, accepted."))
      let declined = try await referral("--declined", "--reason", "no-capacity")
      #expect(declined.status == 65 && declined.errors.contains("answer-does-not-follow"))
      let early = try await referral("--knows-withdrawal")
      #expect(early.status == 65 && early.errors.contains("consent-not-withdrawn"))
      try await system.json(
        consent(reference, "--withdrawn")
          + ["--purpose", "support-referral", "--recipient", "victim-support"])
      let knows = try await referral("--knows-withdrawal")
      #expect(knows.status == 0, "\(knows.errors)")
      let shown = try await system.run(["case", "show", reference])
      #expect(shown.output.contains("Answered on 30 June 2026: accepted."))
      #expect(shown.output.contains("the agency confirmed on 30 June 2026 that it knows."))
      let timeline = try await system.run(["case", "timeline", reference])
      #expect(timeline.output.contains("victim-support accepted the referral on 30 June 2026"))
      #expect(!timeline.output.contains("A. Officer"))
      let other = try await system.run(
        ["case", "referral", reference, "--agency", "x", "--closed", "--officer", "A. Officer"])
      #expect(other.status == 65 && other.errors.contains("unknown-referral"))
    }

    @Test
    func `what is sent again is on record once, and what makes no sense is refused by its place`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let feedback = ["--purpose", "feedback", "--wording", "2026-01"]
      for (more, code, path) in [
        (["--given", "--purpose", "feedback"], "missing", "wording"),
        (["--withdrawn"] + feedback, "nothing-to-withdraw", "purpose"),
        (["--given", "--on", "2026-07-01"] + feedback, "date-in-future", "answeredOn"),
        (["--given", "--on", "2026-03-01"] + feedback, "reason-needed", "reason"),
        (["--given", "--person", "victims[4]"] + feedback, "unknown-person", "person"),
      ] {
        let outcome = try await system.run(
          ["case", "consent", reference, "--officer", "A. Officer", "--json"] + more)
        #expect(outcome.status == 65)
        #expect(try outcome.error["code"].text == code)
        #expect(try outcome.error["path"].text == path)
      }
      let arguments =
        consent(reference, "--given", "--idempotency-key", "feedback-\(reference)") + feedback
      let first = try await system.json(arguments)
      let again = try await system.json(arguments)
      #expect(first["repeated"].bool == false && again["repeated"].bool == true)
      #expect(first["consentId"].text == again["consentId"].text)
    }
  }
}
