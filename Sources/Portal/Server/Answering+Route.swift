import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Answering {
  /// Reads what was sent, and lets the route answer. What somebody typed stands in the page that says what went wrong, so
  /// that nothing is lost; it is kept nowhere else.
  /// - Throws: ``Problem``, and what keeps a page from being made, where nothing was typed.
  func answer(
    _ incoming: Incoming, until deadline: ContinuousClock.Instant
  ) async throws -> Response {
    guard let match = incoming.match else { throw Problem.notFound }
    let route = match.route
    let sent =
      route.method == .get
      ? Sent() : try await bounded(until: deadline) { try await self.read(incoming.request, route) }
    let visit = Visit(
      path: incoming.path, language: incoming.language, parameters: match.parameters,
      query: try query(of: incoming.request), form: sent.form, body: sent.body,
      headers: Self.headers(of: incoming.request), session: incoming.session,
      isPost: route.method != .get, workers: workers, options: options, clock: clock,
      officer: incoming.officer, isOfHead: incoming.request.method == .head)
    do {
      try check(sent, visit, route)
      if let seconds = incoming.heldFor { throw Problem.tooMany(seconds: seconds) }
      let (reply, end) = try await bounded(until: deadline) {
        try await self.reply(to: visit, by: route)
      }
      return response(reply, end)
    } catch {
      return response(try kept(of: visit, after: error, route), visit)
    }
  }

  /// - Throws: ``Problem/tooLarge``; ``Problem/staleForm`` for a form of another session.
  private func check(_ sent: Sent, _ visit: Visit, _ route: Route) throws(Problem) {
    guard sent.isWhole else { throw .tooLarge }
    guard visit.isPost, route.isForm, route.hasToken, let session = visit.session else { return }
    guard session.isOwn(visit.form[PostedForm.tokenField]) else { throw .staleForm }
  }

  /// The page that says what went wrong, with what was typed.
  /// - Throws: the error, where no page is to have anything.
  private func kept(of visit: Visit, after error: any Error, _ route: Route) throws -> Reply {
    let problem = Problem(any: error)
    let hasPage = table.match(.get, visit.path) != nil
    guard route.isForm, let reply = KeptScreens.reply(problem, visit, hasPage: hasPage) else {
      throw error
    }
    if problem == .unexpected { note(error) }
    return reply
  }

  /// The route's answer, and to what. What somebody typed before their session ended is sent again in the new one, once,
  /// where it goes into a draft, which is read again before it is handed in. In a case it would be done at once: there it is
  /// shown, since it may be another person who typed it and left the page open.
  private func reply(to visit: Visit, by route: Route) async throws -> (Reply, Visit) {
    let reply = try await route.answer(visit)
    guard case .again(let path, let form) = reply.content,
      case .set(let session) = reply.sessionChange,
      let match = table.match(.post, path), match.route.isForm
    else { return (reply, visit) }
    let again = Visit(
      path: path, language: visit.language, parameters: match.parameters, query: PostedForm(),
      form: form, body: [], headers: visit.headers, session: session, isPost: true,
      workers: workers, options: options, clock: clock, officer: visit.officer)
    var second: Reply
    if KeptScreens.isCase(match.route.path) {
      second = try await shown(again)
    } else {
      do {
        second = try await match.route.answer(again)
      } catch {
        second = try kept(of: again, after: error, match.route)
      }
    }
    if second.sessionChange == .keep { second.sessionChange = .set(session) }
    return (second, again)
  }

  /// The page of a form with what was typed in it, to be pressed by whoever reads it. Nothing is done.
  private func shown(_ again: Visit) async throws -> Reply {
    guard let page = table.match(.get, again.path) else {
      return .redirect(again.link("/case"))
    }
    let looking = Visit(
      path: again.path, language: again.language, parameters: page.parameters,
      query: PostedForm(), form: again.form, body: [], headers: again.headers,
      session: again.session, isPost: false, workers: workers, options: options, clock: clock,
      officer: again.officer)
    do {
      let reply = try await page.route.answer(looking)
      guard case .screen(let screen) = reply.content else { return reply }
      return .screen(KeptScreens.filled(screen, again))
    } catch {
      let problem = Problem(any: error)
      if problem == .unexpected { note(error) }
      return KeptScreens.toCopy(problem, again)
    }
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
