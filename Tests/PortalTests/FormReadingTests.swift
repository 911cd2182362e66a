import Testing

@testable import Portal

/// What somebody typed, as it arrives.
@Suite struct FormReadingTests {
  @Test func `what is typed arrives as it was typed, without what nobody sees`() throws {
    let form = try PostedForm(
      urlEncoded: "name=Si%C3%B4n+O%27Neill&what=one%0D%0Atwo&tick=a&tick=b&empty=&x%5B%5D=1".utf8)
    #expect(form["name"] == "Siôn O'Neill")
    #expect(form["what"] == "one\ntwo")
    #expect(form.all("tick") == ["a", "b"])
    #expect(form["empty"].isEmpty && form.all("empty").isEmpty)
    #expect(form["x[]"] == "1")
    #expect(form["absent"].isEmpty)
    let hidden = try PostedForm(urlEncoded: "a=%20x%00%E2%80%AEy%20".utf8)
    #expect(hidden["a"] == "xy")
    #expect(PostedForm.clean("e\u{301}") == "\u{E9}")
  }

  @Test(arguments: ["a=%GG", "a=%"])
  func `what no browser sends is refused`(_ text: String) {
    #expect(throws: Problem.malformed) { try PostedForm(urlEncoded: text.utf8) }
  }

  @Test func `fields and characters are bounded`() throws {
    let many = (0...PortalBounds.fieldsLimit).map { "f\($0)=1" }.joined(separator: "&")
    #expect(throws: Problem.malformed) { try PostedForm(urlEncoded: many.utf8) }
    let full = (0..<PortalBounds.fieldsLimit).map { "f\($0)=1" }.joined(separator: "&")
    #expect(try PostedForm(urlEncoded: full.utf8).values.count == PortalBounds.fieldsLimit)
    let long = String(repeating: "a", count: PortalBounds.fieldCharactersLimit)
    #expect(try PostedForm(urlEncoded: "a=\(long)".utf8)["a"] == long)
    #expect(throws: Problem.malformed) { try PostedForm(urlEncoded: "a=\(long)a".utf8) }
  }

  private static func multipart(_ parts: String...) -> [UInt8] {
    Array((parts.map { "--B\r\n\($0)\r\n" }.joined() + "--B--\r\n").utf8)
  }

  @Test func `a file comes with its name, without a path, and its bytes`() throws {
    let reader = try #require(Multipart(contentType: "multipart/form-data; boundary=\"B\""))
    let form = try reader.form(
      of: Self.multipart(
        "Content-Disposition: form-data; name=\"form-token\"\r\n\r\nt",
        "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\pictures\\a; b.jpg\"\r\n"
          + "Content-Type: image/jpeg\r\n\r\n\u{1}\r\n--X\r\n"))
    #expect(form["form-token"] == "t")
    #expect(form.file?.name == "a; b.jpg")
    #expect(form.file?.bytes == Array("\u{1}\r\n--X\r\n".utf8))
  }

  @Test func `a form without a file chosen has none`() throws {
    let reader = try #require(Multipart(contentType: "multipart/form-data; boundary=B"))
    let form = try reader.form(
      of: Self.multipart(
        "Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n"))
    #expect(form.file == nil)
  }

  @Test(arguments: [
    "", "--B", "--B\r\n", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
    "--B\r\nNothing: here\r\n\r\nx\r\n--B--", "--Bx\r\n\r\n\r\n--B--",
  ])
  func `what is no form of parts is refused`(_ text: String) throws {
    let reader = try #require(Multipart(contentType: "multipart/form-data; boundary=B"))
    #expect(throws: Problem.malformed) { try reader.form(of: Array(text.utf8)) }
  }

  @Test func `a file that is too large is refused`() throws {
    let reader = try #require(Multipart(contentType: "multipart/form-data; boundary=B"))
    let head = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
    let bytes = [UInt8](repeating: 0, count: PortalBounds.fileBytesLimit)
    let end = Array("\r\n--B--".utf8)
    #expect(try reader.form(of: Array(head.utf8) + bytes + end).file?.bytes.count == bytes.count)
    #expect(throws: Problem.tooLarge) {
      try reader.form(of: Array(head.utf8) + bytes + [0] + end)
    }
  }

  @Test func `only parts of a form are read as such`() {
    for type in ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=B"] {
      #expect(Multipart(contentType: type) == nil)
    }
  }

  @Test func `a token opens its own session's forms and no other's`() throws {
    let one = try #require(Session(token: "aa11"))
    let other = try #require(Session(token: "bb22"))
    #expect(one.isOwn(one.formToken))
    #expect(!one.isOwn(other.formToken) && !one.isOwn("") && !one.isOwn("aa11"))
    #expect(!one.formToken.contains("aa11"))
    for bad in ["", "a b", "a;b", "a\"b", String(repeating: "a", count: 513)] {
      #expect(Session(token: bad) == nil)
    }
    let cookie = SessionCookie(isSecure: false)
    #expect(cookie.session(in: "x=1; session=aa11; session=bb22") == one)
    #expect(cookie.session(in: "sessions=aa11") == nil)
  }

  @Test func `of two routes that fit, the one with fewer braces answers`() {
    let routes = ["/a/{x}/{y}", "/a/{x}/remove", "/a/b/remove", "/"].map { path in
      Route.get(path) { _ in .redirect(path) }
    }
    let table = RouteTable(routes)
    #expect(table.match(.get, "/a/1/2")?.route.path == "/a/{x}/{y}")
    #expect(table.match(.get, "/a/1/2")?.parameters == ["x": "1", "y": "2"])
    #expect(table.match(.get, "/a/1/remove")?.route.path == "/a/{x}/remove")
    #expect(table.match(.get, "/a/b/remove")?.route.path == "/a/b/remove")
    #expect(table.match(.get, "/")?.route.path == "/")
    #expect(table.match(.post, "/") == nil && table.match(.get, "/a") == nil)
    #expect(RouteTable.unprefixed("/cy/a") == (true, "/a"))
    #expect(RouteTable.unprefixed("/cy") == (true, "/"))
    #expect(RouteTable.unprefixed("/cycle") == (false, "/cycle"))
  }
}
