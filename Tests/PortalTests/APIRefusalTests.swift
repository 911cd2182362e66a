import Testing
import WebCalls

@testable import Portal

/// What a program is told that asks otherwise than the description has it.
@Suite("Calls that the API's description does not have", .timeLimit(.minutes(3)))
struct APIRefusalTests {
  private static func isProblem(
    _ answer: APIClient.Answer, _ status: Int, _ code: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.status == status, "\(answer.body)", sourceLocation: sourceLocation)
    #expect(answer.body["code"] == .text(code), sourceLocation: sourceLocation)
    #expect(APIProblem.schema.faults(in: answer.body) == [], sourceLocation: sourceLocation)
  }

  @Test func `a key that is too long is refused, as one that is cut could be another one's`()
    async throws
  {
    try await FollowStage.with { stage in
      var client = APIClient(port: stage.portal.port)
      let opened = try await client.call(
        .post, "/api/v1/sessions",
        ["caseReference": .text(stage.reference), "code": .text(stage.code)])
      client.token = try #require(opened.body["session"]?.string)
      func change(_ key: String) async throws -> APIClient.Answer {
        try await client.call(
          .post, "/api/v1/case/attendance", ["attendance": "STATEMENT"],
          headers: [("Idempotency-Key", key)])
      }
      let longest = String(repeating: "k", count: APIRequest.keyCharactersLimit)
      Self.isProblem(try await change(longest + "1"), 400, "wrong-key")
      let taken = try await change(longest)
      #expect(taken.status == 200 && taken.body["repeated"] == false)
      #expect(try await change(longest).body["repeated"] == true)
    }
  }

  @Test func `whoever else complained is named in one way, and not in two`() async throws {
    try await FollowStage.with { stage in
      var client = APIClient(port: stage.portal.port)
      let opened = try await client.call(
        .post, "/api/v1/sessions",
        ["caseReference": .text(stage.reference), "code": .text(stage.code)])
      client.token = try #require(opened.body["session"]?.string)
      func add(by complainant: JSONValue?) async throws -> APIClient.Answer {
        let complaint = JSONValue.some([
          ("behaviourDate", "2026-03-01"), ("complaintDate", "2026-03-18"),
          ("madeTo", "OTHER_BODY"), ("what", "Shouting"), ("complainant", complainant),
        ])
        return try await client.call(
          .post, "/api/v1/case/complaints",
          ["complaint": complaint, "otherComplainant": "Somebody at number 9"])
      }
      let refused = try await add(by: "self")
      Self.isProblem(refused, 422, "wrong-content")
      #expect("\(refused.body)".contains("contradiction"), "\(refused.body)")
      let taken = try await add(by: nil)
      #expect(taken.status == 200, "\(taken.body)")
      let own = try await client.call(.get, "/api/v1/case/application")
      guard case .array(let others)? = own.body["application"]?["others"] else {
        throw CaseSample.NoSuchPack(name: "others")
      }
      #expect(others.last?["name"] == "Somebody at number 9")
    }
  }

  @Test func `an operation that is asked by another method says by which it can be`() async throws {
    try await PortalPlace.with { portal in
      let client = APIClient(port: portal.port)
      for (path, allowed) in [("/api/v1/areas", "GET, HEAD"), ("/api/v1/session", "DELETE")] {
        let refused = try await client.call(.put, path, .object([:]))
        Self.isProblem(refused, 405, "other-method")
        #expect(refused.headers["allow"] == allowed)
      }
      Self.isProblem(try await client.call(.put, "/api/v1/nothing", .object([:])), 404, "not-found")
    }
  }
}
