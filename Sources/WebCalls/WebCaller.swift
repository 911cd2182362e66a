/// Sends requests to the web and brings the answers, whatever their status.
///
/// Certificates and names of hosts are always verified, redirects are answers like others, cookies are not kept, and no
/// fault says what was sent or where. Connections are kept and used again, except for a request that must not be sent
/// twice: a connection that has been kept may be lost without a word, and libcurl then sends again by itself.
///
/// It costs nothing until the first request, and ends by itself when nobody has it any more.
public final class WebCaller: Sendable {
  /// What it keeps to.
  public let bounds: WebBounds
  private let loop: WebLoop

  public init(_ bounds: WebBounds = WebBounds(), trusting trust: WebTrust = WebTrust()) {
    self.bounds = bounds
    loop = WebLoop(bounds, trust)
  }

  deinit {
    loop.end()
  }

  /// Sends a request and waits for the whole answer, ``WebBounds/wholeTimeLimit`` at most from when it has a connection.
  ///
  /// If the task is cancelled the transfer ends at once; the fault then says whether anything had been sent.
  public func send(_ request: WebRequest) async throws(WebFault) -> WebAnswer {
    try request.check(bounds)
    let id = loop.open()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.take(WebLoop.Ticket(id: id, request: request, continuation: continuation))
      }
    } onCancel: {
      loop.cancel(id)
    }
    return try outcome.get()
  }
}
