import CaseModel
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization
import WorkerKit

/// Answers requests: refuses what may not be asked, reads what was sent, lets the route answer, and puts on every answer
/// what a browser has to know.
final class Answering: Sendable {
  let table: RouteTable
  let workers: Workers
  let options: PortalOptions
  let clock: any WorkerClock
  let logger: Logger
  let renderer: Renderer
  let cookie: SessionCookie
  let headers: SecurityHeaders
  private let rates: Mutex<RateTable>
  /// By which an address becomes a number that means nothing elsewhere.
  private let salt = SymmetricKey(size: .bits256)

  init(
    _ routes: [Route], workers: Workers, options: PortalOptions, clock: any WorkerClock,
    logger: Logger
  ) {
    table = RouteTable(routes)
    self.workers = workers
    self.options = options
    self.clock = clock
    self.logger = logger
    renderer = Renderer(options: options)
    cookie = SessionCookie(isSecure: options.isBehindTLS)
    headers = SecurityHeaders(isBehindTLS: options.isBehindTLS)
    rates = Mutex(RateTable(factor: options.rateFactor))
  }

  /// The answer to a request, whatever happens. It takes no longer than ``PortalBounds/requestLimit``.
  func respond(to request: Request, from address: String) async -> Response {
    let (isWelsh, path) = RouteTable.unprefixed(request.uri.path)
    let language: Language = isWelsh ? .welsh : .english
    var incoming = Incoming(
      request: request, address: address, path: path, language: language,
      session: request.headers[.cookie].flatMap(cookie.session(in:)))
    do {
      incoming.officer = try officer(of: request)
      incoming.match = try admit(incoming)
      let known = incoming
      return try await bounded { try await self.answer(known) }
    } catch {
      return response(to: Problem(any: error), incoming, of: error)
    }
  }

  /// Whom the council's sign-on names, where the listener is for officers; nil where it is for the public.
  /// - Throws: ``Problem/foreign`` for a request that came past the sign-on.
  private func officer(of request: Request) throws(Problem) -> String? {
    guard let header = options.officerHeader else { return nil }
    let values = request.headers[values: SecurityHeaders.name(header)]
    guard let officer = OfficerListener.officer(in: values) else { throw .foreign }
    return officer
  }

  /// Who answers, if it may be asked.
  /// - Throws: ``Problem``.
  private func admit(
    _ incoming: Incoming
  ) throws(Problem) -> (route: Route, parameters: [String: String]) {
    let method: Route.Method =
      switch incoming.request.method {
      case .get, .head: .get
      case .post: .post
      case .delete: .delete
      default: throw .notFound
      }
    let match = table.match(method, incoming.path)
    let rate = match?.route.rate ?? .reading
    let key = RateTable.Key(
      address: number(of: RateTable.subscriber(client(incoming))), rate: rate)
    if let seconds = rates.withLock({ $0.take(key, at: clock.monotonic) }) {
      throw .tooMany(seconds: seconds)
    }
    guard let match else { throw .notFound }
    if method == .post, match.route.isForm, isForeign(incoming.request) { throw .foreign }
    return match
  }

  /// Whether a browser says that another site sends this.
  private func isForeign(_ request: Request) -> Bool {
    if let site = request.headers[SecurityHeaders.name("Sec-Fetch-Site")] {
      return !["same-origin", "none"].contains(site)
    }
    guard let origin = request.headers[.origin], origin != "null", let host = request.head.authority
    else { return false }
    return origin != "http://\(host)" && origin != "https://\(host)"
  }

  /// Whose request it is: behind a proxy what that says, and nobody else.
  private func client(_ incoming: Incoming) -> String {
    guard options.isBehindTLS,
      let told = incoming.request.headers[SecurityHeaders.name("X-Forwarded-For")],
      let last = told.split(separator: ",").last
    else { return incoming.address }
    return last.trimmingCharacters(in: .whitespaces)
  }

  private func number(of address: String) -> UInt64 {
    let code = HMAC<SHA256>.authenticationCode(for: Array(address.utf8), using: salt)
    return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func bounded(
    _ work: @escaping @Sendable () async throws -> Response
  ) async throws -> Response {
    try await withThrowingTaskGroup(of: Response.self) { group in
      group.addTask(operation: work)
      group.addTask {
        try await ContinuousClock().sleep(for: PortalBounds.requestLimit)
        throw Problem.away
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw Problem.unexpected }
      return first
    }
  }
}

/// A request, as far as it is known before it is read.
struct Incoming: Sendable {
  let request: Request
  let address: String
  let path: String
  let language: Language
  let session: Session?
  var match: (route: Route, parameters: [String: String])?
  /// Who keys in for somebody; nil on the public's pages.
  var officer: String?
}
