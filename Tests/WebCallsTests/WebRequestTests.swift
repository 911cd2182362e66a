import Testing
import WebCalls

@Suite struct WebRequestTests {
  @Test func `a request without more is a GET without a body`() {
    let request = WebRequest(url: "https://example.org/")
    #expect(request.method == .get && request.body.isEmpty)
  }
}
