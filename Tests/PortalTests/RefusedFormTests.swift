import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal

/// What cannot be done says why, and promises nothing of what was typed that is not so: no browser keeps these pages.
@Suite(.timeLimit(.minutes(3))) struct RefusedFormTests {
  private static let untrue = "Go back in your browser"

  @Test(arguments: [
    "/apply/complaints", "/apply/people",
  ])
  func `a list that is full says so on its page`(
    path: String
  ) async throws {
    let list: WritableKeyPath<ApplicationDraft, [ApplicationDraft.Entry]> & Sendable =
      path == "/apply/people" ? \.people : \.complaints
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await browser.post("/apply", [("area", "plymouth")])
      let token = String(browser.cookie.dropFirst("session=".count))
      let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
      let kept = try await door.getDraft(.with { $0.session = token })
      var draft = try ApplicationDraft(json: kept.content)
      for _ in 0..<ApplicationDraft.entriesLimit { _ = draft.add(to: list) }
      draft[keyPath: list][ApplicationDraft.entriesLimit - 1].answers["what"] = "Music"
      let full = try draft.json
      _ = try await door.saveDraft(
        .with {
          $0.session = token
          $0.content = full
          $0.follows = kept.revision
          $0.language = "en"
        })
      for (prefix, words) in [("", "No more than 50"), ("/cy", "Ni ellir ychwanegu mwy na 50")] {
        let refused = try await browser.fill(
          try await browser.get(prefix + path), [("add", "yes")])
        #expect(refused.status == 400 && refused.path == prefix + path)
        #expect(try refused.page().faults.count { $0.hasPrefix(words) } == 1)
      }
    }
  }

  @Test func `a page that cannot be had says why, and not that something typed is still there`()
    async throws
  {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let withdrawal = try await stage.browser.get("/case/withdraw")
      _ = try await stage.browser.fill(withdrawal, [("pressure", "no")])
      for (prefix, words) in [("", "was taken back"), ("/cy", "Tynnwyd y cais hwn yn ôl")] {
        let refused = try await stage.browser.get("\(prefix)/case/complaint")
        #expect(refused.status == 400 && refused.text.contains(words))
        #expect(!refused.text.contains(Self.untrue))
      }
    }
  }

  @Test func `what cannot be read, or is too much without a file, is not called a file`()
    async throws
  {
    try await PortalPlace.with { portal in
      let form = [("Content-Type", "application/x-www-form-urlencoded")]
      let broken = try await portal.browser.send(
        .post, "/check", headers: form, body: Array("area=%GG".utf8))
      #expect(broken.status == 400 && !broken.text.contains(Self.untrue))
      #expect(broken.text.contains("Nothing was changed"))
      let large = [UInt8](repeating: 0x61, count: PortalBounds.formBytesLimit + 1)
      let refused = try await portal.browser.send(.post, "/check", headers: form, body: large)
      #expect(refused.status == 413 && !refused.text.contains(Self.untrue))
      #expect(refused.text.contains("an answer 9000 characters"))
    }
  }
}
