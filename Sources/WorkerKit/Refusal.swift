public import GRPCCore

/// A request that cannot be carried out, told so that the caller can put it right.
///
/// Thrown by a service it travels as a gRPC status with the code and the path in its metadata
/// (`recourse-code`, `recourse-path`). No field ever repeats personal data.
public struct Refusal: Error, Sendable, Hashable, RPCErrorConvertible {
  /// What kind of refusal it is; decides the gRPC status and the exit code.
  public enum Kind: Sendable, Hashable {
    /// The request itself is wrong (INVALID_ARGUMENT, exit 65).
    case input
    /// There is no such thing (NOT_FOUND, exit 65).
    case notFound
    /// It does not fit the state that things are in (FAILED_PRECONDITION, exit 65).
    case state
    /// It may work soon (UNAVAILABLE, exit 75).
    case tryAgain
    /// Whoever asks may not have it (PERMISSION_DENIED, exit 65).
    case notAllowed
    /// It has been asked for too often; it may work later (RESOURCE_EXHAUSTED, exit 75).
    case tooMany
    /// Somebody else has changed it meanwhile: look again, then ask again (ABORTED, exit 65).
    case changed
  }

  public let kind: Kind
  /// Stable, lower case with hyphens, such as `unknown-case`.
  public let code: String
  /// Where in the request, such as `complaints[1].madeTo`; empty if it is about the whole.
  public let path: String
  /// What is wrong and what would be right, in a sentence or two.
  public let message: String

  public init(_ kind: Kind, code: String, path: String = "", message: String) {
    self.kind = kind
    self.code = code
    self.path = path
    self.message = message
  }

  /// Metadata key of the code.
  public static let codeKey = "recourse-code"
  /// Metadata key of the path.
  public static let pathKey = "recourse-path"

  public var rpcErrorCode: RPCError.Code {
    switch kind {
    case .input: .invalidArgument
    case .notFound: .notFound
    case .state: .failedPrecondition
    case .tryAgain: .unavailable
    case .notAllowed: .permissionDenied
    case .tooMany: .resourceExhausted
    case .changed: .aborted
    }
  }
  public var rpcErrorMessage: String { message }
  public var rpcErrorMetadata: Metadata {
    var metadata: Metadata = [:]
    metadata.addString(code, forKey: Self.codeKey)
    if !path.isEmpty { metadata.addString(path, forKey: Self.pathKey) }
    return metadata
  }

  /// Reads a refusal back from the status that it travelled as.
  public init?(_ error: RPCError) {
    guard let code = error.metadata[stringValues: Self.codeKey].first(where: { _ in true }) else {
      return nil
    }
    let kind: Kind
    switch error.code {
    case .invalidArgument: kind = .input
    case .notFound: kind = .notFound
    case .failedPrecondition: kind = .state
    case .unavailable: kind = .tryAgain
    case .permissionDenied: kind = .notAllowed
    case .resourceExhausted: kind = .tooMany
    case .aborted: kind = .changed
    default: return nil
    }
    let path = error.metadata[stringValues: Self.pathKey].first(where: { _ in true }) ?? ""
    self.init(kind, code: code, path: path, message: error.message)
  }
}

extension Refusal {
  /// Personal data are told for a purpose that is known, or not at all.
  public static func purposeNeeded(expected purposes: [String]) -> Refusal {
    Refusal(
      .input, code: "purpose-needed", path: "purpose",
      message: "This tells what is personal, so a question says what for; expected one of: "
        + "\(purposes.joined(separator: ", ")).")
  }
}
