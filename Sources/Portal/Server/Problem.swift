import GRPCCore
import WorkerKit

/// Why a page cannot be shown, or something not be done.
enum Problem: Error, Sendable, Hashable {
  case notFound
  /// It is there, to be asked for otherwise, as the header `Allow` has it.
  case otherMethod(allowed: [String])
  /// No browser sends this, or it comes from another site.
  case malformed
  case foreign
  /// The page that it comes from was made for another session than the browser shows now.
  case staleForm
  case tooLarge
  /// In how many seconds it is let through.
  case tooMany(seconds: Int)
  /// There is no session, or it has ended: the person shows their code again.
  case sessionEnded
  /// The code is not one, or not of this reference.
  case unknownCode
  case lockedOut
  /// Another page saved the draft in between.
  case draftChanged
  /// The draft is an application already.
  case handedIn
  /// What it needs is not there now.
  case away
  /// A worker's refusal: code and path, nothing typed.
  case refused(code: String, path: String)
  case unexpected

  /// What an error of a call means for the person.
  init(_ error: RPCError) {
    let code = error.metadata[stringValues: Refusal.codeKey].first(where: { _ in true }) ?? ""
    let path = error.metadata[stringValues: Refusal.pathKey].first(where: { _ in true }) ?? ""
    switch (error.code, code) {
    case (_, "unknown-code"): self = .unknownCode
    case (_, "locked-out"): self = .lockedOut
    case (_, "draft-changed"): self = .draftChanged
    case (_, "handed-in"), (_, "no-draft"): self = .handedIn
    case (_, "unknown-session"), (_, "session-ended"), (.unauthenticated, _): self = .sessionEnded
    case (.unavailable, _), (.deadlineExceeded, _), (.unimplemented, _): self = .away
    case (.notFound, ""), (.notFound, "unknown-case"): self = .notFound
    case (_, let code) where !code.isEmpty: self = .refused(code: code, path: path)
    default: self = .unexpected
    }
  }

  /// What any error means for the person.
  init(any error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as RPCError: self.init(error)
    case let error as any RPCErrorConvertible: self.init(RPCError(error))
    default: self = .unexpected
    }
  }

  /// Stable, for the log and for programs.
  var code: String {
    switch self {
    case .notFound: "not-found"
    case .otherMethod: "other-method"
    case .malformed: "malformed"
    case .foreign: "foreign-form"
    case .staleForm: "stale-form"
    case .tooLarge: "too-large"
    case .tooMany: "too-many-requests"
    case .sessionEnded: "session-ended"
    case .unknownCode: "unknown-code"
    case .lockedOut: "locked-out"
    case .draftChanged: "draft-changed"
    case .handedIn: "handed-in"
    case .away: "away"
    case .refused(let code, _): code
    case .unexpected: "unexpected"
    }
  }

  /// The HTTP status.
  var status: Int {
    switch self {
    case .notFound: 404
    case .otherMethod: 405
    case .malformed, .refused: 400
    case .foreign, .staleForm: 403
    case .tooLarge: 413
    case .tooMany: 429
    case .sessionEnded, .unknownCode: 403
    case .lockedOut: 429
    case .draftChanged, .handedIn: 409
    case .away: 503
    case .unexpected: 500
    }
  }
}
