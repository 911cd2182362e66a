import GRPCCore
import WorkerKit

/// Why a call was refused, where the reason is more than a ``Problem`` has.
struct APIRefusal: Error, Sendable, Hashable {
  let status: Int
  /// Stable, lower case with hyphens.
  let code: String
  /// A sentence that helps to put it right.
  let detail: String
  var faults: [APIFault] = []

  static let unauthorised = APIRefusal(
    status: 401, code: "unauthorised",
    detail: "Send the token that this needs, as `Authorization: Bearer TOKEN`.")

  static func faults(_ faults: [APIFault]) -> APIRefusal {
    APIRefusal(
      status: 422, code: "wrong-content", detail: "The body cannot be taken; see `faults`.",
      faults: faults)
  }
}

/// A refusal as RFC 9457 writes it. Nothing in it repeats what was sent.
struct APIProblem: Sendable, Hashable {
  static let mediaType = "application/problem+json"

  let status: Int
  let code: String
  let detail: String
  let faults: [APIFault]

  init(_ error: any Error) {
    if let refusal = error as? APIRefusal {
      (status, code, detail, faults) = (
        refusal.status, refusal.code, refusal.detail, refusal.faults
      )
      return
    }
    let problem = Problem(any: error)
    status = Self.status(problem, error)
    code = problem.jsonCode
    var told: [APIFault] = []
    if case .refused(let code, let path) = problem, !path.isEmpty {
      told = [APIFault(code: code, path: path, message: Self.message(error))]
    }
    faults = told
    detail = Self.detail(problem, error)
  }

  /// What does not fit the state of things is a conflict; what is wrong in itself cannot be taken.
  private static func status(_ problem: Problem, _ error: any Error) -> Int {
    switch problem {
    case .sessionEnded, .unknownCode: return 401
    case .malformed: return 400
    case .refused:
      let code = (error as? RPCError)?.code
      return code == .failedPrecondition || code == .aborted ? 409 : 422
    default: return problem.status
    }
  }

  /// A worker's refusal never repeats what was sent, so that its words can be told.
  private static func message(_ error: any Error) -> String { (error as? RPCError)?.message ?? "" }

  private static func detail(_ problem: Problem, _ error: any Error) -> String {
    switch problem {
    case .notFound: "There is nothing here, or it is not yours."
    case .otherMethod(let allowed): "Ask by another method: \(allowed.joined(separator: ", "))."
    case .malformed: "The body is no JSON that can be read."
    case .foreign, .staleForm: "This is not allowed from there."
    case .tooLarge: "The body is too large."
    case .tooMany(let seconds): "Too many calls; the next one is taken in \(seconds) seconds."
    case .sessionEnded: "The session is not known, or has ended. Open it again."
    case .unknownCode: "The reference and the code do not fit together."
    case .lockedOut: "Too many codes were tried. Wait before the next one."
    case .draftChanged: "The draft was saved in between. Read it again."
    case .handedIn: "The draft was handed in. Open the case instead."
    case .away: "What this needs is not there right now. Try again."
    case .refused: message(error)
    case .unexpected: "This could not be done."
    }
  }

  /// A name for the kind, that is stable and leads nowhere.
  var type: String { "urn:recourse:problem:\(code)" }

  var json: JSONValue {
    .some([
      ("type", .text(type)), ("title", .text(code.replacing("-", with: " "))),
      ("status", .int(status)), ("detail", .text(detail)), ("code", .text(code)),
      ("faults", faults.isEmpty ? nil : .array(faults.map(\.json))),
    ])
  }

  /// What every problem looks like.
  static let schema = Schema.named(
    "Problem",
    .object([
      .init("type", .text(limit: 200), required: true, "A name of the kind, as a URN."),
      .init("title", .text(limit: 200), required: true),
      .init("status", .whole, required: true),
      .init("detail", .text(limit: 2_000), required: true),
      .init("code", .text(limit: 100), required: true, "Stable, lower case with hyphens."),
      .init(
        "faults",
        .array(
          .named(
            "Fault",
            .object([
              .init("code", .text(limit: 100), required: true),
              .init(
                "path", .text(limit: 200), required: true, "Such as complaints[2].behaviourDate."),
              .init(
                "message", .text(limit: 1_000), required: true, "Never repeats what was sent."),
            ])), limit: APIFault.limit)),
    ]))
}
