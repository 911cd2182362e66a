import CaseModel
import Messages
import Testing

@testable import Correspondence

/// Letters name the page on which a case is followed, where an installation says where it is.
@Suite(.timeLimit(.minutes(1))) struct FollowPageTests {
  @Test(arguments: [
    ("https://reviews.example.org", "reviews.example.org/case"),
    ("https://reviews.example.org/", "reviews.example.org/case"),
    ("HTTPS://reviews.example.org:8443", "reviews.example.org:8443/case"),
    ("https://www.example.org/asb/review", "www.example.org/asb/review/case"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/case"),
    ("http://localhost:8080", "http://localhost:8080/case"),
    ("http://[::1]:8080", "http://[::1]:8080/case"),
  ])
  func `what people can reach is an address`(text: String, page: String) throws {
    let follow = try #require(FollowPage(text))
    #expect(follow.address(in: .english) == page)
    #expect(follow.address(in: .welsh) == page.replacing("/case", with: "/cy/case"))
  }

  @Test(arguments: [
    "", "reviews.example.org", "http://reviews.example.org", "ftp://reviews.example.org",
    "https://", "https:///case", "https://reviews", "https://192.0.2.7", "https://-a.example.org",
    "https://a..example.org", "https://someone@reviews.example.org",
    "https://reviews.example.org?case=ABCD-EFGH", "https://reviews.example.org/#code",
    "https://reviews.example.org:0", "https://reviews.example.org:port",
    "https://reviews.example.org:65536", "https://reviews.example.org/a/../b",
    "https://reviews.example.org/a b", "https://reviews.example.org\r\nBcc: a@b.example",
    "https://réviews.example.org", "http://127.0.0.1.example.org",
  ])
  func `what a letter could not name, or only in the clear, is none`(text: String) {
    #expect(FollowPage(text) == nil)
  }

  @Test func `an address has a bound, and is taken up to it`() {
    let long = "https://reviews.example.org/"
    let room = FollowPage.characterLimit - long.count
    #expect(FollowPage(long + String(repeating: "p", count: room)) != nil)
    #expect(FollowPage(long + String(repeating: "p", count: room + 1)) == nil)
  }

  @Test(arguments: [("en", "reviews.example.org/case"), ("cy", "reviews.example.org/cy/case")])
  func `a letter names the page, with neither reference nor code in it`(
    language: String, page: String
  ) async throws {
    let follow = FollowPage("https://reviews.example.org")
    try await CorrespondenceStage.with(follow: follow) { stage in
      let reference = try await stage.apply { $0.applicant.language = language }
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .ready)
      let read = try await stage.read(notice)
      #expect(read.text.contains(page))
      #expect(read.html.contains("href=\"https://\(page)\""))
      #expect(read.textMessage.contains(page))
      for part in [read.text, read.html, read.textMessage] {
        #expect(!part.contains("/\(reference)") && !part.contains("=\(reference)"))
      }
    }
  }

  @Test func `a body is not sent there, as it has no code`() async throws {
    try await CorrespondenceStage.with(follow: FollowPage("https://reviews.example.org")) { stage in
      let reference = try await stage.apply()
      let told = try await stage.notices(reference, .bodyNotification)
      #expect(!told.isEmpty)
      for notice in told {
        let read = try await stage.read(notice)
        #expect(!read.text.contains("reviews.example.org"))
      }
    }
  }

  @Test func `where nobody has said, a letter names no page`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let read = try await stage.read(try await stage.notice(reference, .acknowledgement))
      #expect(!read.text.contains("/case"))
      #expect(read.text.contains("Without a code, you can ask us where your case is."))
    }
  }
}
