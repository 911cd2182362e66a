import HTTPTypes

/// One page, or one thing that is done: where it is, and who answers.
///
/// Each is served twice, as it is and beneath `/cy` in Welsh. A path never has anything personal in it: who somebody is
/// stands in the session alone.
struct Route: Sendable {
  enum Method: Sendable, CaseIterable {
    case get, post, delete

    /// As the header `Allow` has it: what can be looked at can be asked for without its body, too.
    var allowed: String {
      switch self {
      case .get: "GET, HEAD"
      case .post: "POST"
      case .delete: "DELETE"
      }
    }
  }

  /// How often one address may ask for it, ``Rate/perMinute``.
  let rate: Rate
  let method: Method
  /// Such as `/apply/complaint/{number}`.
  let path: String
  /// The body that it takes, in bytes; what is larger is refused before it is read.
  let bodyBytesLimit: Int
  /// Whether a post is a form of ours. What programs call has a key of another kind.
  let isForm: Bool
  /// Whether a form has to show the token of the session that is open. Without it nothing may be done but ending that
  /// session: whoever presses "Sign out" on a page of an earlier one means that one, too.
  var hasToken = true
  let answer: @Sendable (Visit) async throws -> Reply

  /// The same, with something done around its answer.
  func around(
    _ answer:
      @escaping @Sendable (Visit, _ inner: @Sendable (Visit) async throws -> Reply)
      async throws -> Reply
  ) -> Route {
    let inner = self.answer
    return Route(
      rate: rate, method: method, path: path, bodyBytesLimit: bodyBytesLimit, isForm: isForm,
      hasToken: hasToken
    ) { visit in try await answer(visit, inner) }
  }

  /// A page to look at.
  static func get(
    _ path: String, rate: Rate = .reading,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Route {
    Route(rate: rate, method: .get, path: path, bodyBytesLimit: 0, isForm: true, answer: answer)
  }

  /// A form that is sent. Answered by ``Reply/redirect(_:)``, or by the same page with what is wrong on it.
  static func post(
    _ path: String, rate: Rate = .writing, bodyBytesLimit: Int = PortalBounds.formBytesLimit,
    hasToken: Bool = true, _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Route {
    Route(
      rate: rate, method: .post, path: path, bodyBytesLimit: bodyBytesLimit, isForm: true,
      hasToken: hasToken, answer: answer)
  }

  /// What a program calls: the body is not a form, and no token is asked for.
  static func program(
    _ method: Method, _ path: String, rate: Rate = .writing,
    bodyBytesLimit: Int = PortalBounds.formBytesLimit,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Route {
    Route(
      rate: rate, method: method, path: path, bodyBytesLimit: bodyBytesLimit, isForm: false,
      answer: answer)
  }
}

/// Kinds of requests, by how often one address may make them.
enum Rate: String, Sendable, CaseIterable {
  case reading
  case writing
  /// What begins an application.
  case starting
  /// What shows a code, or another secret. Intake locks out guessing besides.
  case opening
  case uploading
  /// "Leave this site": it goes whatever else was asked.
  case leaving
  /// What is sent too often, and goes back as it was typed.
  case keeping

  /// Requests of one address in a minute. Several people may share an address.
  var perMinute: Int {
    switch self {
    case .reading: 600
    case .writing: 120
    case .starting: 20
    case .opening: 20
    case .uploading: 30
    case .leaving: 600
    case .keeping: 120
    }
  }
}
