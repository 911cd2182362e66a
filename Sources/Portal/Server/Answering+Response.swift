import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

extension Answering {
  /// What goes back of a route's answer.
  func response(_ reply: Reply, _ visit: Visit) -> Response {
    var session = visit.session
    switch reply.sessionChange {
    case .keep: break
    case .set(let new): session = new
    case .clear: session = nil
    }
    var response: Response
    switch reply.content {
    case .screen(let screen):
      let html = renderer.page(
        screen, path: visit.path, language: visit.language, session: session,
        isAnswer: visit.isPost, material: visit.material)
      response = page(HTTPResponse.Status(code: screen.status(isAnswer: visit.isPost)), html)
    case .html(let html): response = page(.ok, html)
    case .redirect(let path):
      response = Response(status: .seeOther, headers: fields(type: nil))
      response.headers[.location] = Reply.isOwn(path) ? path : "/"
    case .again:
      // What is to be sent again is sent before; see ``reply(to:by:)``.
      response = page(
        .notFound,
        renderer.page(
          ProblemScreens.screen(.notFound, visit.language), path: visit.path,
          language: visit.language, session: session, isAnswer: true))
    case .json(let status, let bytes):
      response = self.bytes(HTTPResponse.Status(code: status), bytes, "application/json")
    case .file(let name, let type, let bytes):
      response = self.bytes(.ok, bytes, type)
      response.headers[.contentDisposition] = Self.disposition(name)
      response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
    case .asset(let type, let bytes): response = self.bytes(.ok, bytes, type, isKept: true)
    case .leave(let address):
      response = Response(status: .seeOther, headers: fields(type: nil))
      response.headers[.location] = address
      response.headers[SecurityHeaders.name("Clear-Site-Data")] = SecurityHeaders.clearSiteData
    }
    switch reply.sessionChange {
    case .keep: break
    case .set(let new): response.headers[.setCookie] = cookie.setting(new)
    case .clear: response.headers[.setCookie] = cookie.clearing
    }
    if let seconds = reply.waitSeconds { wait(seconds, in: &response) }
    return response
  }

  private func wait(_ seconds: Int, in response: inout Response) {
    response.headers[SecurityHeaders.name("Retry-After")] = String(seconds)
  }

  /// What goes back where there is no answer.
  func response(to problem: Problem, _ incoming: Incoming, of error: any Error) -> Response {
    // A program's wrong call is nothing that an operator has to know.
    if case .unexpected = problem, !(error is APIRefusal) { note(error) }
    var response: Response
    if incoming.match?.route.isForm == false || incoming.path.hasPrefix(Operations.root + "/") {
      let refusal = APIProblem(error)
      response = bytes(
        HTTPResponse.Status(code: refusal.status), refusal.json.bytes, APIProblem.mediaType)
      if refusal.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
    } else {
      let screen = ProblemScreens.screen(problem, incoming.language)
      response = page(
        HTTPResponse.Status(code: problem.status),
        renderer.page(
          screen, path: incoming.path, language: incoming.language, session: incoming.session,
          isAnswer: true))
    }
    if case .otherMethod(let allowed) = problem {
      response.headers[.allow] = allowed.joined(separator: ", ")
    }
    if case .tooMany(let seconds) = problem { wait(seconds, in: &response) }
    // What was not read is not waited for.
    if problem == .tooLarge { response.headers[.connection] = "close" }
    return response
  }

  /// Says in the log that a page could not be made: the kind of error only, as its text may hold what somebody typed.
  func note(_ error: any Error) {
    logger.error(
      "a page could not be made for a reason that nobody expected",
      metadata: ["error": "\(type(of: error))"])
  }

  private func page(_ status: HTTPResponse.Status, _ html: String) -> Response {
    Response(
      status: status, headers: fields(type: "text/html; charset=utf-8"),
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  private func bytes(
    _ status: HTTPResponse.Status, _ bytes: [UInt8], _ type: String, isKept: Bool = false
  ) -> Response {
    Response(
      status: status, headers: fields(type: type, isKept: isKept),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private func fields(type: String?, isKept: Bool = false) -> HTTPFields {
    var fields = headers.fields(isKept: isKept)
    if let type { fields[.contentType] = type }
    return fields
  }

  /// Always kept and never shown, under a name of plain characters.
  private static func disposition(_ name: String) -> String {
    let plain = name.unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_.".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "-"
    }
    return "attachment; filename=\"\(String(plain).prefix(100))\""
  }
}

extension Problem {
  /// In JSON without marks that would have to be escaped.
  var jsonCode: String { Self.plain(code) }
  var jsonPath: String {
    guard case .refused(_, let path) = self else { return "" }
    return Self.plain(path)
  }

  private static func plain(_ text: String) -> String {
    String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.[]".contains($0)) })
  }
}
