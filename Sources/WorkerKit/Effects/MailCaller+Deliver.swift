public import WebCalls

extension MailCaller {
  /// Hands in a message that carries an effect out, and tells the kit what came of it.
  ///
  /// | what came | thrown | then |
  /// |---|---|---|
  /// | the server has taken it | – | the effect happened |
  /// | refused for good (500 to 599), or a message that cannot be sent as it is | ``EffectRefused`` (`smtp-STATUS`, `unusable-message`) | never tried again |
  /// | all of it was sent, and no answer came | ``EffectUnknown`` | nobody can be asked: a person decides |
  /// | refused for now, or not sent | ``DeliveryFailed`` | tried again |
  /// - Throws: `CancellationError` if the worker leaves meanwhile and the server has not taken it.
  public func deliver(_ message: MailMessage) async throws {
    do {
      try await send(message)
    } catch {
      switch error {
      case .unusable: throw EffectRefused(reason: "unusable-message")
      case .refused(let status) where status >= 500: throw EffectRefused(reason: "smtp-\(status)")
      case .refused(let status):
        throw DeliveryFailed(status: status, why: "the server refuses it for now")
      case .notSent(let why):
        try Task.checkCancellation()
        throw DeliveryFailed(status: nil, why: why)
      case .unknown: throw EffectUnknown()
      }
    }
  }
}
