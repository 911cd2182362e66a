import WorkerKit

/// A body that is served is asked in a case: the request is to be written.
struct AskBody {
  let request: KeptRequest

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(request)
    try tx.intend(
      RequestKey.effect, key: RequestKey(request.reference, request.body).description)
  }
}

/// Which request: one per case and body and, where it failed for want of a consent, one more per consent. Also the key
/// of its effect, `REF/body` or `REF/body/consent`.
struct RequestKey: Sendable, Hashable, CustomStringConvertible {
  /// The kind of effect that writes requests.
  static let effect = "request"
  /// The kind of effect that writes reminders, under the key `REF/body/day`.
  static let reminder = "reminder"
  /// The kind of effect that takes a request back, under the key `REF/body/consent`.
  static let takeBack = "take-back"

  let reference: CaseReference
  let body: String
  /// What tells it from others of the same case and body; empty for the first.
  let occasion: String

  init(_ reference: CaseReference, _ body: String, occasion: String = "") {
    self.reference = reference
    self.body = body
    self.occasion = occasion
  }

  init(parsing text: String) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count) else { throw UnknownRequest() }
    self.init(
      try CaseReference(parsing: parts[0]), parts[1], occasion: parts.count == 3 ? parts[2] : "")
  }

  var description: String { "\(reference)/\(body)" + (occasion.isEmpty ? "" : "/\(occasion)") }
}

/// Whether somebody of the case consents to sharing has changed.
struct HeedConsent {
  let reference: CaseReference
  let consentID: String
  let isGiven: Bool

  func apply(in tx: SliceTransaction) throws {
    for request in try tx.requests(of: reference) {
      let key = RequestKey(reference, request.body, occasion: consentID).description
      switch request.state {
      case .failed where isGiven && request.failureCode == Self.noConsent:
        try tx.move(reference, request.body, to: .intended)
        try tx.intend(RequestKey.effect, key: key)
      case .sent where !isGiven:
        try tx.intend(RequestKey.takeBack, key: key)
      default: continue
      }
    }
  }

  /// The code with which Intake refuses while nobody consents.
  static let noConsent = "no-consent"
}
