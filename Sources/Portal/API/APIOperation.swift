import Messages
import WorkerKit

/// One thing that a program can do: where, with what rights, with what body, and what it is answered. The routes and the
/// description are made of the same list, ``Operations/all(_:)``.
struct APIOperation: Sendable {
  /// Who may.
  enum Access: String, Sendable, Hashable, CaseIterable {
    /// Everybody.
    case anybody
    /// Whoever shows the session that a code opened, as a bearer token.
    case session
    /// An agency that was given a token of its own.
    case agency
  }

  /// Stable, such as `openCase`.
  let id: String
  let method: Route.Method
  /// Beneath ``Operations/root``. Nothing personal is ever in it, so that it has no parameters.
  let path: String
  let summary: String
  var access = Access.session
  var rate = Rate.writing
  /// Bytes of a body, at most.
  var bodyBytesLimit = PortalBounds.formBytesLimit
  /// Nil: it takes no body.
  var request: Schema?
  /// Nil: it is answered without a body.
  let answer: Schema?
  /// The HTTP status where it succeeds.
  var status = 200
  /// A repetition is known by its `Idempotency-Key`.
  var takesKey = false
  /// Codes of what it refuses besides what every operation does.
  var refusals: [String] = []
  let perform: @Sendable (APIRequest) async throws -> JSONValue

  /// As the server asks it.
  func route() -> Route {
    .program(
      method, Operations.root + path, rate: rate, bodyBytesLimit: bodyBytesLimit
    ) { visit in
      let call = try APIRequest(visit, self)
      let answer = try await perform(call)
      return self.answer == nil
        ? .json([], status: 204) : .json(answer.bytes, status: status)
    }
  }
}

/// A call that was let in: its body is what the operation's schema says.
struct APIRequest: Sendable {
  let visit: Visit
  let body: JSONValue
  let credential: Credential

  enum Credential: Sendable, Hashable {
    case none
    case session(Session)
    /// Which agency, as the settings name it.
    case agency(String)
  }

  /// - Throws: ``Problem``; ``APIRefusal`` for a body that the schema does not allow.
  init(_ visit: Visit, _ operation: APIOperation) throws {
    self.visit = visit
    credential = try Self.credential(visit, operation.access)
    // One that is cut could be another one's.
    if operation.takesKey,
      visit.headers["idempotency-key"]?.unicodeScalars.count ?? 0 > Self.keyCharactersLimit
    {
      throw APIRefusal(
        status: 400, code: "wrong-key",
        detail: "An Idempotency-Key has \(Self.keyCharactersLimit) characters at most.")
    }
    guard let schema = operation.request else {
      body = .null
      return
    }
    let type = visit.headers["content-type"]?.split(separator: ";").first ?? ""
    guard type.lowercased() == "application/json" else {
      throw APIRefusal(
        status: 415, code: "wrong-media-type", detail: "Send the body as application/json.")
    }
    body = try JSONValue.read(visit.body)
    let faults = schema.faults(in: body)
    guard faults.isEmpty else { throw APIRefusal.faults(faults) }
  }

  private static func credential(
    _ visit: Visit, _ access: APIOperation.Access
  ) throws -> Credential {
    switch access {
    case .anybody: return .none
    case .session:
      guard let token = bearer(visit), let session = Session(token: token) else {
        throw APIRefusal.unauthorised
      }
      return .session(session)
    case .agency:
      guard let token = bearer(visit), let agency = visit.options.agencies.name(of: token) else {
        throw APIRefusal.unauthorised
      }
      return .agency(agency)
    }
  }

  private static func bearer(_ visit: Visit) -> String? {
    let parts = (visit.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }

  /// - Throws: ``Problem/sessionEnded`` for an operation that does not ask for one.
  func session() throws(Problem) -> Session {
    guard case .session(let session) = credential else { throw .sessionEnded }
    return session
  }

  /// What tells a repetition from a second call; one that was sent without is a call of its own.
  var key: String {
    let key = visit.headers["idempotency-key"] ?? ""
    return key.isEmpty ? RandomKey.make() : key
  }

  /// Characters of a key, at most.
  static let keyCharactersLimit = 100

  func text(_ name: String) -> String { body[name]?.string ?? "" }
}
