import Foundation
public import WebCalls

extension WebCaller {
  /// Sends a request that carries an effect out, and tells the kit what came of it.
  ///
  /// | what came | thrown | then |
  /// |---|---|---|
  /// | 200 to 299 | – | the effect happened |
  /// | 400 to 499 but 408, 425, 429; a request that cannot be sent as it is | ``EffectRefused`` (`http-STATUS`, `unusable-request`) | never tried again |
  /// | no answer, or too long a one, to a request that is not repeatable | ``EffectUnknown`` | asked about, or a person decides |
  /// | any other status, not sent, or no answer to a repeatable request | ``DeliveryFailed`` | tried again, and no sooner than the answer asks for (`Retry-After`), up to ``DeliveryFailed/retryAfterLimit`` |
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
    case 408, 425, 429: throw DeliveryFailed(answer, why: "the other side is busy")
    case 400...499: throw EffectRefused(reason: "http-\(answer.status)")
    default: throw DeliveryFailed(answer, why: "the other side cannot")
    }
  }
}

/// A request did not do what it should, and may be sent again.
public struct DeliveryFailed: Error, Sendable, Hashable {
  /// Of the answer; nil if there was none.
  public let status: Int?
  /// In words without anything of the request.
  public let why: String
  /// How long the other side wants to be left alone (`Retry-After`, RFC 9110, section 10.2.3), at most
  /// ``retryAfterLimit``; nil if it does not say.
  public let retryAfter: Duration?

  /// Nobody is left alone for longer, whatever they ask for.
  public static let retryAfterLimit: Duration = .seconds(3_600)

  public init(status: Int?, why: String, retryAfter: Duration? = nil) {
    self.status = status
    self.why = why
    self.retryAfter = retryAfter.map { min($0, Self.retryAfterLimit) }
  }

  init(_ answer: WebAnswer, why: String) {
    self.init(status: answer.status, why: why, retryAfter: Self.retryAfter(of: answer))
  }

  /// In seconds, or as the time of day at which to come again: that by the other side's own clock, which stands in
  /// `Date`. What makes no sense, or is over, says nothing.
  private static func retryAfter(of answer: WebAnswer) -> Duration? {
    guard let said = answer.headers["retry-after"] else { return nil }
    if !said.isEmpty, said.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Int64(said).map { .seconds(min($0, 1_000_000_000)) } ?? retryAfterLimit
    }
    guard let now = answer.headers["date"].flatMap(date), let then = date(said), then > now
    else { return nil }
    return .seconds(min(then.timeIntervalSince(now), 1_000_000_000))
  }

  /// `Fri, 20 Mar 2026 09:46:40 GMT` (RFC 9110, section 5.6.7).
  private static func date(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
  }
}
