public import WebCalls

extension WebCaller {
  /// Sends a request that carries an effect out, and tells the kit what came of it.
  ///
  /// | what came | thrown | then |
  /// |---|---|---|
  /// | 200 to 299 | – | the effect happened |
  /// | 400 to 499 but 408, 425, 429; a request that cannot be sent as it is | ``EffectRefused`` (`http-STATUS`, `unusable-request`) | never tried again |
  /// | no answer, or too long a one, to a request that is not repeatable | ``EffectUnknown`` | asked about, or a person decides |
  /// | any other status, not sent, or no answer to a repeatable request | ``DeliveryFailed`` | tried again |
  /// - Throws: `CancellationError` if the worker leaves meanwhile and nothing was sent.
  public func deliver(_ request: WebRequest) async throws -> WebAnswer {
    let answer: WebAnswer
    do {
      answer = try await send(request)
    } catch {
      switch error {
      case .unusable: throw EffectRefused(reason: "unusable-request")
      case .tooLarge: throw EffectUnknown()
      case .unanswered where !request.isRepeatable: throw EffectUnknown()
      case .unanswered(let why), .notSent(let why):
        try Task.checkCancellation()
        throw DeliveryFailed(status: nil, why: why)
      }
    }
    switch answer.status {
    case 200...299: return answer
    case 408, 425, 429: throw DeliveryFailed(status: answer.status, why: "the other side is busy")
    case 400...499: throw EffectRefused(reason: "http-\(answer.status)")
    default: throw DeliveryFailed(status: answer.status, why: "the other side cannot")
    }
  }
}

/// A request did not do what it should, and may be sent again.
public struct DeliveryFailed: Error, Sendable, Hashable {
  /// Of the answer; nil if there was none.
  public let status: Int?
  /// In words without anything of the request.
  public let why: String

  public init(status: Int?, why: String) {
    self.status = status
    self.why = why
  }
}
