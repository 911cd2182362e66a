import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal

/// Somebody who was asked by letter says yes or no here, and is told nothing of the case.
@Suite(.timeLimit(.minutes(3))) struct AnswerPageTests {
  /// A case of somebody for whom another applied, and the code of the letter that asks them.
  private func with(_ body: (FollowStage, String) async throws -> Void) async throws {
    try await FollowStage.with(
      PortalOptions(), onDisk: false,
      {
        $0.victims = [.with { $0.party.name = "Victim Two" }]
        $0.consents.removeAll { $0.purpose == .thirdPartyAuthority }
      },
      { stage in
        let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.portal.place.client)
        let issued = try await door.issueAnswerCode(
          .with {
            $0.caseReference = stage.reference
            $0.person = "victims[0]"
            $0.purpose = .thirdPartyAuthority
          })
        try await body(stage, issued.code)
      })
  }

  private func awaited(_ stage: FollowStage) async throws -> [String] {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.portal.place.client)
    return try await intake.getConsents(.with { $0.caseReference = stage.reference })
      .awaited.map(\.person)
  }

  private func answer(
    _ answer: String, by code: String, _ stage: FollowStage
  ) async throws -> Browser.Answer {
    try await stage.browser.fill(
      try await stage.browser.get("/answer"),
      [("reference", stage.reference), ("code", code), ("answer", answer)])
  }

  @Test func `a yes is taken, shown once more by no reload, and a no later takes it back`()
    async throws
  {
    try await with { stage, code in
      #expect(try await awaited(stage) == ["victims[0]"])
      let yes = try await answer("yes", by: code.lowercased(), stage)
      let page = try yes.page()
      #expect(yes.status == 200 && page.heading == "We have your answer")
      #expect(!yes.text.contains(stage.reference) && !yes.text.contains(code))
      #expect(!yes.text.contains("Victim Two") && !yes.text.contains("Applicant One"))
      #expect(try await awaited(stage).isEmpty)
      let no = try await answer("no", by: code, stage)
      // Whoever looks over a shoulder, or into the browser's history, does not learn which it was.
      #expect(yes.path == "/answer?done=1" && no.path == yes.path)
      #expect(try no.page().main == page.main)
      // Who says no takes no part: their answer is waited for again, as nobody else is left.
      #expect(try await awaited(stage) == ["victims[0]"])
      // Nobody is signed in by it.
      #expect(stage.browser.cookie.isEmpty)
    }
  }

  @Test func `a code that does not fit is said as that, beside the field, and is typed again`()
    async throws
  {
    try await with { stage, code in
      for wrong in ["AAAA-AAAA-AAAA-AAAA", "12 34", stage.code] {
        let answer = try await answer("yes", by: wrong, stage)
        let page = try answer.page()
        #expect(answer.status == 400 && page.faults.count == 1)
        #expect(page.main.contains("do not fit together") && !answer.text.contains(wrong))
      }
      #expect(try await awaited(stage) == ["victims[0]"])
      // And the code of the letter does not open the case.
      let opened = try await stage.browser.fill(
        try await stage.browser.get("/follow"), [("reference", stage.reference), ("code", code)])
      #expect(opened.status == 400 && stage.browser.cookie.isEmpty)
    }
  }

  @Test func `no page promises that a code works for ever`() async throws {
    try await with { stage, _ in
      for (path, words) in [
        ("/answer", "for as long as the code works"), ("/answer?done=1", "It stops working"),
        ("/cy/answer", "cyhyd ag y bydd y cod yn gweithio"),
        ("/cy/answer?done=1", "Mae'n peidio â gweithio"),
      ] {
        let page = try await stage.browser.get(path).page()
        #expect(page.main.contains(words), "\(path)")
      }
    }
  }

  @Test func `what is missing is asked for, in both languages`() async throws {
    try await with { stage, _ in
      for path in ["/answer", "/cy/answer"] {
        let empty = try await stage.browser.fill(try await stage.browser.get(path), [])
        #expect(empty.status == 400)
        #expect(try empty.page().faults.count == 3)
      }
    }
  }
}
