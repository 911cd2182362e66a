import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Answering {
  /// Reads what was sent, and lets the route answer.
  func answer(_ incoming: Incoming) async throws -> Response {
    guard let match = incoming.match else { throw Problem.notFound }
    let route = match.route
    var form = PostedForm()
    var body: [UInt8] = []
    if route.method != .get {
      body = try await bytes(of: incoming.request, upTo: route.bodyBytesLimit)
      if route.isForm {
        form = try read(body, as: incoming.request.headers[.contentType] ?? "")
        body = []
        if let session = incoming.session, !session.isOwn(form[PostedForm.tokenField]) {
          throw Problem.foreign
        }
      }
    }
    let visit = Visit(
      path: incoming.path, language: incoming.language, parameters: match.parameters,
      query: try query(of: incoming.request), form: form, body: body,
      headers: Self.headers(of: incoming.request), session: incoming.session,
      isPost: route.method != .get, workers: workers, options: options, clock: clock,
      officer: incoming.officer)
    do {
      return response(try await reply(to: visit, by: route), visit)
    } catch {
      let problem = Problem(any: error)
      if let screen = ProblemScreens.tryAgain(problem, visit), route.isForm {
        if problem == .unexpected { note(error) }
        return response(Reply.screen(screen), visit)
      }
      // What was typed is in the page that asks for the code, so that nothing is lost.
      guard problem == .sessionEnded, route.isForm else { throw error }
      return response(Reply.screen(ProblemScreens.codeAgain(visit)).closing(), visit)
    }
  }

  /// The route's answer; what somebody typed before their session ended is sent again in the new one, once.
  private func reply(to visit: Visit, by route: Route) async throws -> Reply {
    let reply = try await route.answer(visit)
    guard case .again(let path, let form) = reply.content,
      case .set(let session) = reply.sessionChange,
      let match = table.match(.post, path), match.route.isForm
    else { return reply }
    let again = Visit(
      path: path, language: visit.language, parameters: match.parameters, query: PostedForm(),
      form: form, body: [], headers: visit.headers, session: session, isPost: true,
      workers: workers, options: options, clock: clock, officer: visit.officer)
    var second = try await match.route.answer(again)
    if second.sessionChange == .keep { second.sessionChange = .set(session) }
    return second
  }

  /// - Throws: ``Problem/tooLarge``.
  private func bytes(of request: Request, upTo limit: Int) async throws -> [UInt8] {
    if let told = request.headers[.contentLength].flatMap({ Int($0) }), told > limit {
      throw Problem.tooLarge
    }
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= limit else { throw Problem.tooLarge }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }

  private func read(_ body: [UInt8], as type: String) throws(Problem) -> PostedForm {
    if let multipart = Multipart(contentType: type) { return try multipart.form(of: body) }
    return try PostedForm(urlEncoded: body)
  }

  private func query(of request: Request) throws(Problem) -> PostedForm {
    try PostedForm(urlEncoded: (request.uri.query ?? "").utf8)
  }

  /// Those that a program shows.
  private static func headers(of request: Request) -> [String: String] {
    var headers: [String: String] = [:]
    for name in ["authorization", "content-type", "idempotency-key", "accept"] {
      if let value = request.headers[SecurityHeaders.name(name)] { headers[name] = value }
    }
    return headers
  }
}
