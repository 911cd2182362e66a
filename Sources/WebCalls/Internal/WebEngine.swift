import CCurl

/// libcurl's transfers and the connections that it keeps. Used by one thread, except for its alarm.
final class WebEngine {
  /// Ends the engine's wait, from any thread and until the engine is closed.
  struct Alarm: @unchecked Sendable {
    // `curl_multi_wakeup` alone may be called from another thread.
    fileprivate let multi: UnsafeMutableRawPointer

    func raise() {
      curl_multi_wakeup(multi)
    }
  }

  let alarm: Alarm
  private let bounds: WebBounds
  private let trust: WebTrust
  private let multi: UnsafeMutableRawPointer
  private var transfers: [UInt64: WebTransfer] = [:]
  /// For the next requests.
  private var spares: [UnsafeMutableRawPointer] = []
  private var ended: [(WebLoop.Ticket, Result<WebAnswer, WebFault>)] = []

  /// libcurl is ready for this process.
  static let hasStarted = recourse_curl_start() == CURLE_OK

  /// Nil if there is no memory.
  init?(_ bounds: WebBounds, _ trust: WebTrust) {
    guard Self.hasStarted, let multi = curl_multi_init() else { return nil }
    self.multi = multi
    self.bounds = bounds
    self.trust = trust
    alarm = Alarm(multi: multi)
    let limit = bounds.connectionsLimit
    recourse_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limit)
    recourse_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limit)
  }

  var isIdle: Bool { transfers.isEmpty }
  /// The requests that are being sent or answered.
  var active: [UInt64] { transfers.keys.sorted() }

  func begin(_ ticket: WebLoop.Ticket) {
    guard let handle = spares.popLast() ?? curl_easy_init() else {
      return ended.append((ticket, .failure(.notSent("there is no memory"))))
    }
    let transfer = WebTransfer(ticket, handle, bounds)
    guard transfer.prepare(trust), curl_multi_add_handle(multi, handle) == CURLM_OK else {
      spare(transfer)
      return ended.append((ticket, .failure(.notSent("libcurl does not take it"))))
    }
    transfers[ticket.id] = transfer
  }

  /// Ends a transfer that nobody waits for any more.
  func cancel(_ id: UInt64) {
    guard let transfer = transfers.removeValue(forKey: id) else { return }
    ended.append((transfer.ticket, .failure(transfer.fault(WebLoop.cancelled))))
    curl_multi_remove_handle(multi, transfer.handle)
    spare(transfer)
  }

  /// Lets every transfer go on as far as it can, then waits for the next, for an alarm, or for a time.
  /// - Returns: those that have ended.
  func step(waiting limit: Duration) -> [(WebLoop.Ticket, Result<WebAnswer, WebFault>)] {
    var running: CInt = 0
    curl_multi_perform(multi, &running)
    collect()
    if ended.isEmpty {
      curl_multi_poll(multi, nil, 0, CInt(clamping: limit.milliseconds), nil)
      curl_multi_perform(multi, &running)
      collect()
    }
    defer { ended = [] }
    return ended
  }

  /// Closes all connections. Nothing may be under way.
  func close() {
    for transfer in transfers.values { curl_multi_remove_handle(multi, transfer.handle) }
    for handle in spares + transfers.values.map(\.handle) { curl_easy_cleanup(handle) }
    transfers = [:]
    spares = []
    curl_multi_cleanup(multi)
  }

  private func collect() {
    var rest: CInt = 0
    while let message = curl_multi_info_read(multi, &rest) {
      guard message.pointee.msg == CURLMSG_DONE,
        let id = transfers.first(where: { $0.value.handle == message.pointee.easy_handle })?.key,
        let transfer = transfers.removeValue(forKey: id)
      else { continue }
      ended.append((transfer.ticket, transfer.outcome(message.pointee.data.result)))
      curl_multi_remove_handle(multi, transfer.handle)
      spare(transfer)
    }
  }

  /// Keeps a handle for the next request, without anything of the last.
  private func spare(_ transfer: WebTransfer) {
    transfer.forget()
    spares.append(transfer.handle)
  }
}

extension Duration {
  /// Whole ones, rounded up.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
