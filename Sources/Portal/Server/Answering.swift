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
    cookie = SessionCookie(
      isSecure: options.isBehindTLS, isOfOfficers: options.officerHeader != nil)
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
    let deadline = ContinuousClock.now + options.requestLimit
    do {
      incoming.officer = try officer(of: request)
      try admit(&incoming)
      return try await answer(incoming, until: deadline)
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

  /// Finds who answers, if it may be asked. A form that is sent too often is read all the same, as often as
  /// ``Rate/keeping`` has it: what was typed goes back in the page that says so.
  /// - Throws: ``Problem``.
  private func admit(_ incoming: inout Incoming) throws(Problem) {
    let method: Route.Method? =
      switch incoming.request.method {
      case .get, .head: .get
      case .post: .post
      case .delete: .delete
      default: nil
      }
    let match = method.flatMap { table.match($0, incoming.path) }
    let address = number(of: RateTable.subscriber(client(incoming)))
    let isForm = method == .post && match?.route.isForm == true
    let isForeign = isForm && isForeign(incoming.request)
    if let seconds = wait(address, match?.route.rate ?? .reading) {
      guard isForm, !isForeign, wait(address, .keeping) == nil else {
        throw .tooMany(seconds: seconds)
      }
      incoming.heldFor = seconds
    }
    guard let match else {
      let methods = table.methods(incoming.path)
      throw methods.isEmpty ? .notFound : .otherMethod(allowed: methods.map(\.allowed))
    }
    if isForeign { throw .foreign }
    incoming.match = match
  }

  /// Nil if one more is let through; else in how many seconds.
  private func wait(_ address: UInt64, _ rate: Rate) -> Int? {
    let key = RateTable.Key(address: address, rate: rate)
    return rates.withLock { $0.take(key, at: clock.monotonic) }
  }

  /// Whether a browser says that another site sends this.
  private func isForeign(_ request: Request) -> Bool {
    if let site = request.headers[SecurityHeaders.name("Sec-Fetch-Site")] {
      return !["same-origin", "none"].contains(site)
    }
    // Our pages let a browser say where they come from: `null` is nobody's that we know.
    guard let origin = request.headers[.origin] else { return false }
    guard let host = request.head.authority else { return true }
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

  /// - Throws: ``Problem/away`` at the deadline; what the work throws.
  func bounded<Value: Sendable>(
    until deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask(operation: work)
      group.addTask {
        try await ContinuousClock().sleep(until: deadline)
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
  /// In how many seconds it is let through, where it was sent too often.
  var heldFor: Int?
}
