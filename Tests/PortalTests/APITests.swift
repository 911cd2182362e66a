import Foundation
import Messages
import SwiftProtobuf
import Testing
import WebCalls
import WorkerKitTesting

@testable import Portal

/// A program in front of the API: what it sends and is answered is held to the description.
struct APIClient {
  struct Answer {
    let status: Int
    let headers: [String: String]
    let body: JSONValue
  }

  let port: Int
  var token = ""
  private let web = WebCaller(.forLargeFiles)

  init(port: Int) { self.port = port }

  func call(
    _ method: WebRequest.Method, _ path: String, _ body: JSONValue? = nil,
    headers: [(name: String, value: String)] = []
  ) async throws -> Answer {
    var request = WebRequest(
      method, url: "http://127.0.0.1:\(port)\(path)", body: body?.bytes ?? [])
    request.headers = headers
    if !headers.contains(where: { $0.name == "Content-Type" }), body != nil {
      request.headers.append((name: "Content-Type", value: "application/json"))
    }
    if !token.isEmpty { request.headers.append((name: "Authorization", value: "Bearer \(token)")) }
    let answer = try await web.send(request)
    return Answer(
      status: answer.status, headers: answer.headers,
      body: answer.body.isEmpty ? .null : try JSONValue.read(Array(answer.body)))
  }
}

@Suite("The API, by HTTP", .timeLimit(.minutes(3)))
struct APITests {
  private static func expect(
    _ answer: APIClient.Answer, _ status: Int, _ schema: Schema? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.status == status, "\(answer.body)", sourceLocation: sourceLocation)
    if let schema {
      #expect(schema.faults(in: answer.body) == [], sourceLocation: sourceLocation)
    }
    #expect(answer.headers["cache-control"] == "no-store", sourceLocation: sourceLocation)
  }

  private static func expectProblem(
    _ answer: APIClient.Answer, _ status: Int, _ code: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(answer, status, APIProblem.schema, sourceLocation: sourceLocation)
    #expect(answer.body["code"] == .text(code), sourceLocation: sourceLocation)
    #expect(answer.body["status"] == .int(status), sourceLocation: sourceLocation)
    #expect(
      answer.headers["content-type"] == APIProblem.mediaType, sourceLocation: sourceLocation)
  }

  @Test func `the description is served as it is made`() async throws {
    try await PortalPlace.with { portal in
      let answer = try await APIClient(port: portal.port).call(.get, Operations.descriptionPath)
      #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
      #expect(answer.body["openapi"] == "3.1.0")
    }
  }

  @Test func `from a draft to a case, and back out`() async throws {
    try await PortalPlace.with { portal in
      var client = APIClient(port: portal.port)
      let started = try await client.call(.post, "/api/v1/drafts", ["area": "plymouth"])
      Self.expect(started, 201)
      let code = try #require(started.body["code"]?.string)
      client.token = started.body["session"]?.string ?? ""
      let saved = try await client.call(
        .post, "/api/v1/draft", ["content": "eyJhIjoxfQ==", "follows": 0])
      Self.expect(saved, 200)
      let draft = try await client.call(.get, "/api/v1/draft")
      #expect(draft.body["content"] == "eyJhIjoxfQ==")
      #expect(draft.body["revision"] == saved.body["revision"])
      Self.expectProblem(
        try await client.call(.post, "/api/v1/draft", ["content": "YQ==", "follows": 0]), 409,
        "draft-changed")
      let application = try JSONValue.read(Array(FollowStage.example().jsonUTF8Data()))
      let receipt = try await client.call(
        .post, "/api/v1/draft/submission", ["application": application])
      Self.expect(receipt, 201)
      let reference = try #require(receipt.body["caseReference"]?.string)
      try await portal.place.settle()
      let opened = try await client.call(
        .post, "/api/v1/sessions",
        ["caseReference": .text(reference), "code": .text(code)])
      Self.expect(opened, 201)
      client.token = opened.body["session"]?.string ?? ""
      let view = try await client.call(.get, "/api/v1/case")
      Self.expect(view, 200, Schemas.caseView)
      #expect(view.body["caseReference"] == .text(reference))
      #expect(view.body["status"] == "being_looked_at")
      let welsh = try await client.call(.get, "/cy/api/v1/case")
      #expect(welsh.body["title"] != view.body["title"])
      let own = try await client.call(.get, "/api/v1/case/application")
      Self.expect(own, 200)
      #expect(Schemas.application.faults(in: own.body["application"] ?? .null) == [])
      Self.expect(try await client.call(.get, "/api/v1/case/reads"), 200, Schemas.reads)
      #expect(try await client.call(.delete, "/api/v1/session").status == 204)
      Self.expectProblem(try await client.call(.get, "/api/v1/case"), 401, "session-ended")
    }
  }

  @Test func `each change of a case is taken once for its key`() async throws {
    try await FollowStage.with { stage in
      let client = try await signedIn(stage)
      let complaint: JSONValue = [
        "complaint": [
          "behaviourDate": "2026-03-01", "complaintDate": "2026-03-18", "madeTo": "POLICE",
          "body": "devon-and-cornwall-police", "what": "Shouting", "complainant": "self",
        ]
      ]
      let calls: [(String, JSONValue)] = [
        ("/case/complaints", complaint),
        ("/case/attendance", ["attendance": "STATEMENT"]),
        (
          "/case/contact",
          [
            "contact": [
              "phone": "+44 1632 960099", "language": "cy",
              "safeContact": ["channels": ["PHONE"], "voicemail": false],
            ]
          ]
        ),
        (
          "/case/consents",
          ["purpose": "SHARE_WITH_RELEVANT_BODIES", "answer": "WITHDRAWN", "wording": "2026-01"]
        ),
        ("/case/withdrawal", ["underPressure": false]),
      ]
      for (path, body) in calls {
        for isSecond in [false, true] {
          let answer = try await client.call(
            .post, Operations.root + path, body, headers: [("Idempotency-Key", "key-\(path)")])
          Self.expect(answer, 200, Schemas.changed)
          #expect(answer.body["repeated"] == .bool(isSecond), "\(path)")
        }
      }
      try await stage.portal.place.settle()
      let view = try await client.call(.get, "/api/v1/case")
      #expect(view.body["status"] == "withdrawn" && view.body["next"] == [])
    }
  }

  @Test func `an appeal is lodged once, and one that does not fit is a conflict`() async throws {
    try await FollowStage.with { stage in
      let client = try await signedIn(stage)
      let appeal: JSONValue = [
        "subject": "handling", "ground": "facts-not-considered", "reason": "They forgot one.",
      ]
      Self.expectProblem(
        try await client.call(.post, "/api/v1/case/appeals", appeal), 409, "not-decided-yet")
      try await stage.decide()
      let made = try await client.call(.post, "/api/v1/case/appeals", appeal)
      Self.expect(made, 201)
      #expect(made.body["number"] == 1)
      Self.expectProblem(
        try await client.call(.post, "/api/v1/case/appeals", appeal), 409, "appeal-open")
      let view = try await client.call(.get, "/api/v1/case")
      Self.expect(view, 200, Schemas.caseView)
      let letter = view.body["decision"]?["letter"]?.string ?? ""
      #expect(letter.contains("ASB case review"))
    }
  }

  @Test func `what is wrong is a problem by place, and repeats nothing`() async throws {
    try await FollowStage.with { stage in
      let marker = "quellenmarker"
      let client = try await signedIn(stage)
      let plain = APIClient(port: stage.portal.port)
      let rows: [(APIClient.Answer, Int, String)] = [
        (try await plain.call(.get, "/api/v1/nowhere-\(marker)"), 404, "not-found"),
        (try await plain.call(.get, "/api/v1/case"), 401, "unauthorised"),
        (try await plain.call(.post, "/api/v1/case/attendance", [:]), 401, "unauthorised"),
        (
          try await client.call(.post, "/api/v1/case/attendance", ["attendance": .text(marker)]),
          422, "wrong-content"
        ),
        (
          try await client.call(
            .post, "/api/v1/case/attendance", ["attendance": "STATEMENT"],
            headers: [("Content-Type", "text/plain")]), 415, "wrong-media-type"
        ),
        (
          try await plain.call(
            .post, "/api/v1/sessions",
            ["caseReference": .text(stage.reference), "code": "AAAA-AAAA-AAAA-AAAA"]), 401,
          "unknown-code"
        ),
        (
          try await plain.call(
            .post, "/api/v1/sessions", ["caseReference": .text(marker), "code": .text(stage.code)]),
          401, "unknown-code"
        ),
        (
          try await client.call(.post, "/api/v1/case/letters/read", ["id": .text(marker)]), 404,
          "not-found"
        ),
      ]
      for (answer, status, code) in rows {
        Self.expectProblem(answer, status, code)
        #expect(!String(decoding: answer.body.bytes, as: UTF8.self).contains(marker))
      }
    }
  }

  @Test func `the check says of each complaint whether it counts, and keeps nothing`() async throws
  {
    try await PortalPlace.with { portal in
      let client = APIClient(port: portal.port)
      let before = try await portal.place.logHead()
      let complaints = ["2026-01-09", "2026-02-01", "2026-03-01"].map { day -> JSONValue in
        ["behaviourDate": .text(day), "complaintDate": .text(day)]
      }
      let old: JSONValue = ["behaviourDate": "2024-01-01", "complaintDate": "2024-01-02"]
      let answer = try await client.call(
        .post, "/api/v1/check",
        ["area": "plymouth", "complaints": .array(complaints + [old])])
      Self.expect(answer, 200)
      #expect(answer.body["met"] == true && answer.body["counted"] == 3)
      guard case .array(let lines)? = answer.body["complaints"] else {
        throw CaseSample.NoSuchPack(name: "lines")
      }
      #expect(lines.map { $0["counted"]?.isTrue } == [true, true, true, false])
      #expect(try await portal.place.logHead() == before)
      Self.expectProblem(
        try await client.call(.post, "/api/v1/check", ["area": "nowhere", "complaints": [old]]),
        422, "wrong-content")
      let areas = try await client.call(.get, "/api/v1/areas")
      Self.expect(areas, 200)
    }
  }

  @Test func `an agency tells of a second report with its own token, and nobody else`() async throws
  {
    var options = PortalOptions()
    let token = "a-token-that-nobody-guesses"
    options.agencies = try AgencyTokens(
      text: "# agencies\nhousing-desk \(FollowStage.hash(of: token))\n")
    try await PortalPlace.with(options) { portal in
      var client = APIClient(port: portal.port)
      let report: JSONValue = [
        "report": "R-1", "area": "plymouth", "reportedOn": "2026-03-18",
        "earlierReportedOn": "2026-01-05", "toldOn": "2026-03-19",
      ]
      Self.expectProblem(
        try await client.call(.post, "/api/v1/second-reports", report), 401, "unauthorised")
      client.token = token + "x"
      Self.expectProblem(
        try await client.call(.post, "/api/v1/second-reports", report), 401, "unauthorised")
      client.token = token
      let told = try await client.call(.post, "/api/v1/second-reports", report)
      Self.expect(told, 200)
      #expect(told.body["told"] == true && told.body["repeated"] == false)
      let again = try await client.call(.post, "/api/v1/second-reports", report)
      #expect(again.body["repeated"] == true)
      try await portal.place.settle()
      let events = try await portal.place.events(key: "area/plymouth")
      let last = try #require(
        events.last {
          $0.event.type == Recourse_Intake_V1_SecondReportSignposted.protoMessageName
        })
      let event = try Recourse_Intake_V1_SecondReportSignposted(
        serializedBytes: last.event.payload)
      #expect(event.source == "housing-desk" && event.reportedOn == "2026-03-18")
    }
  }

  private func signedIn(_ stage: FollowStage) async throws -> APIClient {
    var client = APIClient(port: stage.portal.port)
    let opened = try await client.call(
      .post, "/api/v1/sessions",
      ["caseReference": .text(stage.reference), "code": .text(stage.code)])
    client.token = try #require(opened.body["session"]?.string)
    return client
  }
}
