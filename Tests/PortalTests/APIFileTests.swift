import Foundation
import SwiftProtobuf
import Testing
import WebCalls
import WorkerKitTesting

@testable import Portal

@Suite("Files and procedures by the API, by HTTP", .timeLimit(.minutes(3)))
struct APIFileTests {
  private static func fixture(_ name: String) throws -> Data {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try Data(
      contentsOf: tests.appending(path: "AttachmentsTests/Fixtures").appending(path: name))
  }

  private static func file(_ name: String, _ bytes: Data) -> JSONValue {
    ["name": .text(name), "content": .text(bytes.base64EncodedString())]
  }

  private static func operation(_ id: String) throws -> APIOperation {
    try #require(Operations.files.first { $0.id == id })
  }

  private static func count(_ answer: APIClient.Answer) -> Int? {
    if case .array(let files)? = answer.body["files"] { files.count } else { nil }
  }

  /// Adds a file, saves it and removes it again, with the session of a draft or of a case.
  private static func walk(_ client: APIClient) async throws {
    let diary = Data("He shouted at 3 am.".utf8)
    let key = [(name: "Idempotency-Key", value: "diary")]
    let added = try await client.call(
      .post, "/api/v1/files", file("C:\\me\\diary.txt", diary), headers: key)
    #expect(added.status == 201, "\(added.body)")
    #expect(try operation("addFile").answer?.faults(in: added.body) == [])
    #expect(added.body["name"] == "diary.txt" && added.body["mediaType"] == "text/plain")
    let again = try await client.call(
      .post, "/api/v1/files", file("C:\\me\\diary.txt", diary), headers: key)
    #expect(again.body == added.body, "the same key is the same file")
    let list = try await client.call(.get, "/api/v1/files")
    #expect(try operation("listFiles").answer?.faults(in: list.body) == [])
    #expect(list.body["files"] == .array([added.body]))
    let id: JSONValue = ["id": added.body["id"] ?? .null]
    let saved = try await client.call(.post, "/api/v1/files/read", id)
    #expect(saved.status == 200)
    #expect(try operation("readFile").answer?.faults(in: saved.body) == [])
    #expect(saved.body["content"] == .text(diary.base64EncodedString()))
    #expect(saved.headers["cache-control"] == "no-store")
    for _ in 1...2 {
      let removed = try await client.call(.post, "/api/v1/files/remove", id)
      #expect(removed.status == 204 && removed.body == .null)
    }
    #expect(count(try await client.call(.get, "/api/v1/files")) == 0)
    let gone = try await client.call(.post, "/api/v1/files/read", id)
    #expect(gone.status == 404 && gone.body["code"] == "not-found")
  }

  @Test func `a file of a case is added once for its key, listed, saved and removed`() async throws
  {
    try await FollowStage.with { stage in
      let client = try await Self.signedIn(stage)
      try await Self.walk(client)
      let photo = try Self.fixture("telephone.jpg")
      let added = try await client.call(.post, "/api/v1/files", Self.file("IMG_1.JPG", photo))
      #expect(added.body["mediaType"] == "image/jpeg")
      let saved = try await client.call(
        .post, "/api/v1/files/read", ["id": added.body["id"] ?? .null])
      let kept = try #require(Data(base64Encoded: saved.body["content"]?.string ?? ""))
      #expect(!kept.isEmpty && kept.firstRange(of: Data("MARKER".utf8)) == nil)
      #expect(photo.firstRange(of: Data("MARKER".utf8)) != nil)
      // The pages have it too, and whoever opened the case stands in its list.
      try await stage.signIn()
      #expect(try await stage.browser.get("/case/files").text.contains("IMG_1.jpg"))
      let reads = try await client.call(.get, "/api/v1/case/reads")
      #expect(reads.body["reads"] != .array([]))
    }
  }

  @Test func `a file of a draft goes along when it is handed in`() async throws {
    try await PortalPlace.with { portal in
      var client = APIClient(port: portal.port)
      let started = try await client.call(.post, "/api/v1/drafts", ["area": "plymouth"])
      let code = started.body["code"] ?? .null
      client.token = started.body["session"]?.string ?? ""
      try await Self.walk(client)
      _ = try await client.call(
        .post, "/api/v1/files", Self.file("diary.txt", Data("At 4 am again.".utf8)))
      let application = try JSONValue.read(Array(FollowStage.example().jsonUTF8Data()))
      let receipt = try await client.call(
        .post, "/api/v1/draft/submission", ["application": application])
      #expect(receipt.status == 201, "\(receipt.body)")
      let opened = try await client.call(
        .post, "/api/v1/sessions",
        ["caseReference": receipt.body["caseReference"] ?? .null, "code": code])
      client.token = opened.body["session"]?.string ?? ""
      #expect(Self.count(try await client.call(.get, "/api/v1/files")) == 1)
    }
  }

  @Test(arguments: [
    ("script.pdf", "active-file"), ("locked.pdf", "locked-file"), ("make.py", "unknown-type"),
  ])
  func `a file that cannot be taken is refused, and nothing of it is kept`(
    name: String, code: String
  ) async throws {
    try await FollowStage.with { stage in
      let client = try await Self.signedIn(stage)
      let refused = try await client.call(
        .post, "/api/v1/files", Self.file(name, try Self.fixture(name)))
      #expect(refused.status == 422 && refused.body["code"] == .text(code), "\(refused.body)")
      #expect(APIProblem.schema.faults(in: refused.body) == [])
      guard case .array(let faults)? = refused.body["faults"] else {
        throw CaseSample.NoSuchPack(name: "faults")
      }
      #expect(faults.map { $0["path"] } == ["content"])
      #expect(Self.count(try await client.call(.get, "/api/v1/files")) == 0)
    }
  }

  @Test func `nobody reads, lists or removes what is somebody else's`() async throws {
    try await FollowStage.with { stage in
      let client = try await Self.signedIn(stage)
      let added = try await client.call(
        .post, "/api/v1/files", Self.file("diary.txt", Data("Mine.".utf8)))
      let id: JSONValue = ["id": added.body["id"] ?? .null]
      var other = APIClient(port: stage.portal.port)
      let started = try await other.call(.post, "/api/v1/drafts", ["area": "plymouth"])
      #expect(try await other.call(.get, "/api/v1/files").status == 401)
      other.token = started.body["session"]?.string ?? ""
      #expect(Self.count(try await other.call(.get, "/api/v1/files")) == 0)
      #expect(try await other.call(.post, "/api/v1/files/read", id).status == 404)
      #expect(try await other.call(.post, "/api/v1/files/remove", id).status == 204)
      #expect(Self.count(try await client.call(.get, "/api/v1/files")) == 1)
    }
  }

  @Test func `a file as large as may be is taken to be looked at, and one byte more is not`()
    async throws
  {
    try await FollowStage.with { stage in
      let client = try await Self.signedIn(stage)
      func add(_ bytes: Int) async throws -> APIClient.Answer {
        try await client.call(
          .post, "/api/v1/files", Self.file("diary.txt", Data(repeating: 0x61, count: bytes)))
      }
      #expect(try await add(PortalBounds.fileBytesLimit).status == 201)
      let large = try await add(PortalBounds.fileBytesLimit + 1)
      #expect(large.status == 422 && large.body["code"] == "wrong-content", "\(large.body)")
      #expect(try await add(PortalBounds.fileInJSONBytesLimit).status == 413)
      let empty = try await add(0)
      #expect(empty.status == 422 && empty.body["code"] == "empty-file", "\(empty.body)")
    }
  }

  @Test func `the procedure is told as its page has it, and no other area's`() async throws {
    try await PortalPlace.with { portal in
      let client = APIClient(port: portal.port)
      let areas = try await client.call(.get, "/api/v1/areas")
      guard case .array(let all)? = areas.body["areas"] else {
        throw CaseSample.NoSuchPack(name: "areas")
      }
      #expect(!all.isEmpty)
      for area in all {
        let told = try await client.call(
          .post, "/api/v1/areas/procedure", ["area": area["area"] ?? .null])
        #expect(told.status == 200, "\(told.body)")
        #expect(Schemas.procedure.faults(in: told.body) == [])
        #expect(told.body["name"] == area["name"])
      }
      let plymouth = try await client.call(
        .post, "/api/v1/areas/procedure", ["area": "plymouth"])
      #expect(plymouth.body["threshold"]?["complaints"]?.whole ?? 9 <= 3)
      #expect(plymouth.body["text"]?.string.contains("Who takes part") == true)
      let welsh = try await client.call(
        .post, "/cy/api/v1/areas/procedure", ["area": "plymouth"])
      #expect(welsh.body["text"]?.string.contains("Pwy sy'n cymryd rhan") == true)
      let none = try await client.call(.post, "/api/v1/areas/procedure", ["area": "nowhere"])
      #expect(none.status == 404 && none.body["code"] == "not-found")
    }
  }

  private static func signedIn(_ stage: FollowStage) async throws -> APIClient {
    var client = APIClient(port: stage.portal.port)
    let opened = try await client.call(
      .post, "/api/v1/sessions",
      ["caseReference": .text(stage.reference), "code": .text(stage.code)])
    client.token = try #require(opened.body["session"]?.string)
    return client
  }
}
