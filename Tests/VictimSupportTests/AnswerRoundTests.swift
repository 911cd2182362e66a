import CaseModel
import Foundation
import HTTPTypes
import Hummingbird
import Messages
import NIOCore
import Synchronization
import Testing
import WorkerKitTesting

/// What a provider says, question by question.
@Suite("Rounds of questions", .timeLimit(.minutes(1)))
struct AnswerRoundTests {
  /// Takes every referral in.
  private func provider(
    saying fate: @escaping @Sendable (_ referral: String) -> (HTTPResponse.Status, String)
  ) -> Router<BasicRequestContext> {
    let router = Router()
    router.post("v1/referrals") { _, _ in Response(status: .created) }
    router.get("v1/referrals/:id") { _, context in
      let (status, body) = fate(try context.parameters.require("id"))
      return Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
    return router
  }

  /// Says these states one after the other, and then the last.
  private func answers(_ states: [String]) -> Router<BasicRequestContext> {
    let rest = Mutex(states[...])
    return provider { _ in
      let state = rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? "received" }
      return (.ok, "{\"state\":\"\(state)\"}")
    }
  }

  @Test(arguments: [(HTTPResponse.Status.internalServerError, ""), (.ok, "no JSON")])
  func `a referral of which the provider cannot say anything does not stand before the others`(
    status: HTTPResponse.Status, body: String
  ) async throws {
    // Nil until all are there; then the first that is asked about, which no question gets past.
    let stuck = Mutex<String?>(nil)
    let isBegun = Mutex(false)
    let router = provider { referral in
      guard isBegun.withLock({ $0 }) else { return (.ok, #"{"state":"received"}"#) }
      let first = stuck.withLock { stuck in
        stuck = stuck ?? referral
        return stuck
      }
      return referral == first ? (status, body) : (.ok, #"{"state":"accepted"}"#)
    }
    try await VictimSupportStage.with(provider: router) { stage in
      var references: [CaseReference] = []
      for _ in 0..<3 { references.append(try await stage.apply()) }
      for reference in references { _ = try await stage.announced(1, of: reference) }
      isBegun.withLock { $0 = true }
      var answered = 0
      while answered < references.count - 1 {
        answered = 0
        for reference in references {
          let answer = try await stage.support(reference).referrals.first?.answer
          answered += answer == .accepted ? 1 : 0
        }
        await Task.yield()
      }
    }
  }

  @Test func `whoever had accepted a person and then declines has closed the referral`()
    async throws
  {
    try await VictimSupportStage.with(provider: answers(["accepted", "declined"])) { stage in
      let reference = try await stage.apply()
      _ = try await stage.announced(3, of: reference)
      let referral = try #require(try await stage.support(reference).referrals.first)
      #expect(referral.answer == .closed && referral.reason == .unspecified)
    }
  }

  @Test func `what is said again on the same day does not end the questions`() async throws {
    let states = ["accepted", "no-contact", "accepted", "closed"]
    try await VictimSupportStage.with(provider: answers(states)) { stage in
      let reference = try await stage.apply()
      _ = try await stage.announced(4, of: reference)
      #expect(try await stage.support(reference).referrals.first?.answer == .closed)
    }
  }
}
