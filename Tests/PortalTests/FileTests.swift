import Foundation
import Testing
import WorkerKitTesting

@testable import Portal

@Suite("Files of a case, by HTTP", .timeLimit(.minutes(3)))
struct FileTests {
  private static func fixture(_ name: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](
      try Data(
        contentsOf: tests.appending(path: "AttachmentsTests/Fixtures").appending(path: name)))
  }

  @Test func `a file is added, saved to the person's own device and removed`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let empty = try await stage.browser.get("/case/files")
      #expect(empty.text.contains("You have added no files"))
      let added = try await stage.browser.upload(
        empty, Array("He shouted at 3 am.".utf8), named: "C:\\diary.txt")
      #expect(added.path == "/case/files")
      let page = try added.page()
      #expect(page.main.contains("diary.txt"))
      let links = page.all("a").compactMap { $0.attributes["href"] }
        .filter { $0.hasPrefix("/case/files/") }
      let save = try #require(links.first { !$0.hasSuffix("/remove") })
      let saved = try await stage.browser.send(.get, save)
      #expect(saved.status == 200)
      #expect(saved.text == "He shouted at 3 am.")
      #expect(saved.headers["content-disposition"] == "attachment; filename=\"diary.txt\"")
      #expect(saved.headers["x-content-type-options"] == "nosniff")
      #expect(saved.headers["cache-control"]?.contains("no-store") == true)

      let question = try await stage.browser.get(save + "/remove")
      let after = try await stage.browser.fill(question, [])
      #expect(after.text.contains("You have added no files"))
      #expect(try await stage.browser.send(.get, save).status != 200)
    }
  }

  @Test func `a picture comes back without what says where it was taken`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/files")
      let added = try await stage.browser.upload(
        form, try Self.fixture("telephone.jpg"), named: "IMG_1.JPG")
      let links = try added.page().all("a").compactMap { $0.attributes["href"] }
      let save = try #require(links.first { $0.hasPrefix("/case/files/") })
      let saved = try await stage.browser.send(.get, save)
      #expect(saved.headers["content-type"] == "image/jpeg")
      #expect(!saved.text.contains("MARKER"))
    }
  }

  @Test(arguments: [
    ("script.pdf", "Print it to a new PDF"), ("locked.pdf", "without one"),
    ("make.py", "Choose a JPEG, PNG, PDF or plain text file"),
  ])
  func `a file that cannot be taken is refused beside its field, with what to do`(
    name: String, words: String
  ) async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/files")
      let refused = try await stage.browser.upload(form, try Self.fixture(name), named: name)
      #expect(refused.status == 400)
      let page = try refused.page()
      #expect(page.faults.count == 1)
      #expect(page.main.contains(words), "\(page.main)")
      #expect(try await stage.browser.get("/case/files").text.contains("You have added no files"))
    }
  }

  @Test func `whoever is not signed in is asked for the code, whatever the file`() async throws {
    try await FollowStage.with { stage in
      let answer = try await stage.browser.get("/case/files/0123456789abcdef")
      #expect(answer.text.contains("code"))
    }
  }
}
