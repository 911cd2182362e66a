import CCurl
import Foundation
import Synchronization

/// One message on its way. What libcurl is told and says stays on the thread that performs it.
final class MailTransfer: @unchecked Sendable {
  typealias Outcome = Result<Void, MailFault>

  private struct Shared {
    var isCancelled = false
    var continuation: CheckedContinuation<Outcome, Never>?
  }

  private let server: MailServer
  private let bounds: MailBounds
  private let sender: String
  private let recipient: String
  private let bytes: [UInt8]
  private let shared = Mutex(Shared())
  /// Bytes that libcurl has taken. Of the performing thread alone.
  private var taken = 0

  init(_ server: MailServer, _ bounds: MailBounds, _ message: MailMessage, _ bytes: [UInt8]) {
    self.server = server
    self.bounds = bounds
    sender = message.from.address
    recipient = message.to.address
    self.bytes = bytes
  }

  // MARK: From any thread

  func wait(_ continuation: CheckedContinuation<Outcome, Never>) {
    shared.withLock { $0.continuation = continuation }
  }

  var isCancelled: Bool { shared.withLock { $0.isCancelled } }

  func cancel() { shared.withLock { $0.isCancelled = true } }

  /// Tells whoever waits, once.
  func end(_ outcome: Outcome) {
    let continuation = shared.withLock { shared in
      defer { shared.continuation = nil }
      return shared.continuation
    }
    continuation?.resume(returning: outcome)
  }

  // MARK: On its thread

  func perform() -> Outcome {
    guard WebEngine.hasStarted, let handle = curl_easy_init() else {
      return .failure(.notSent("there is no memory"))
    }
    defer { curl_easy_cleanup(handle) }
    let recipients = curl_slist_append(nil, "<\(recipient)>")
    defer { curl_slist_free_all(recipients) }
    guard let recipients, prepare(handle, recipients) else {
      return .failure(.notSent("libcurl does not take it"))
    }
    let code = curl_easy_perform(handle)
    var status = 0
    recourse_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    let outcome = outcome(code, status)
    leave(handle, outcome)
    return outcome
  }

  /// Nothing that the server says now matters any more. libcurl says goodbye (QUIT) as soon as it cleans up, and would wait
  /// two minutes for an answer, also where the worker is to end.
  private func leave(_ handle: UnsafeMutableRawPointer, _ outcome: Outcome) {
    let connection = recourse_curl_get_socket(handle)
    guard connection >= 0 else { return }
    switch outcome {
    case .success, .failure(.refused): shutdown(connection, CInt(SHUT_RD))
    // It may not even listen.
    case .failure: shutdown(connection, CInt(SHUT_RDWR))
    }
  }

  /// By what libcurl says, the server's newest code, and whether all of the text had been handed over.
  private func outcome(_ code: CURLcode, _ status: Int) -> Outcome {
    if code == CURLE_OK { return .success(()) }
    let isWhole = taken == bytes.count
    switch code {
    case CURLE_SEND_ERROR, CURLE_WEIRD_SERVER_REPLY:
      // It wants to know first who is there (RFC 4954, section 6): that says nothing of the message.
      if [530, 534, 535, 538].contains(status) {
        return .failure(.notSent(CURLE_LOGIN_DENIED.reason))
      }
      if (400...599).contains(status) { return .failure(.refused(status: status)) }
    default: break
    }
    guard isWhole else { return .failure(.notSent(code.reason)) }
    // Until the text is answered the newest code is the one that asked for it (354).
    return (200...299).contains(status) ? .success(()) : .failure(.unknown(code.reason))
  }

  private func prepare(
    _ handle: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>
  ) -> Bool {
    let own = Unmanaged.passUnretained(self).toOpaque()
    let hello = sender.split(separator: "@").last.map(String.init) ?? "localhost"
    var results = [
      // What stands after the host is the name by which the sender greets.
      recourse_curl_set_text(handle, CURLOPT_URL, "\(server.base)/\(hello)"),
      recourse_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
      recourse_curl_set_text(handle, CURLOPT_PROXY, ""),
      recourse_curl_set_long(
        handle, CURLOPT_USE_SSL,
        server.encryption == .required ? Int(CURLUSESSL_ALL.rawValue) : 0),
      recourse_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1),
      recourse_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2),
      recourse_curl_set_long(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
      recourse_curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(sender)>"),
      recourse_curl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients),
      recourse_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
      recourse_curl_set_long(handle, CURLOPT_QUICK_EXIT, 1),
      recourse_curl_set_long(
        handle, CURLOPT_CONNECTTIMEOUT_MS, bounds.connectTimeLimit.milliseconds),
      recourse_curl_set_long(
        handle, CURLOPT_SERVER_RESPONSE_TIMEOUT,
        (bounds.answerTimeLimit.milliseconds + 999) / 1_000),
      recourse_curl_set_long(handle, CURLOPT_TIMEOUT_MS, bounds.wholeTimeLimit.milliseconds),
      recourse_curl_set_long(handle, CURLOPT_UPLOAD, 1),
      recourse_curl_set_large(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count)),
      recourse_curl_set_pointer(handle, CURLOPT_READDATA, own),
      recourse_curl_set_transfer(handle, CURLOPT_READFUNCTION) { buffer, size, count, own in
        guard let own, let buffer else { return Int(CURL_READFUNC_ABORT) }
        return Unmanaged<MailTransfer>.fromOpaque(own).takeUnretainedValue()
          .give(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
      },
      recourse_curl_set_long(handle, CURLOPT_NOPROGRESS, 0),
      recourse_curl_set_pointer(handle, CURLOPT_XFERINFODATA, own),
      recourse_curl_set_progress(handle, CURLOPT_XFERINFOFUNCTION) { own, _, _, _, _ in
        guard let own else { return 1 }
        let transfer = Unmanaged<MailTransfer>.fromOpaque(own).takeUnretainedValue()
        return transfer.isCancelled ? 1 : 0
      },
    ]
    if let path = server.trust.authoritiesPath {
      results.append(recourse_curl_set_text(handle, CURLOPT_CAINFO, path))
      results.append(recourse_curl_set_text(handle, CURLOPT_CAPATH, nil))
    }
    if let user = server.user {
      results.append(recourse_curl_set_text(handle, CURLOPT_USERNAME, user))
      results.append(recourse_curl_set_text(handle, CURLOPT_PASSWORD, server.password ?? ""))
    }
    return results.allSatisfy { $0 == CURLE_OK }
  }

  /// Gives libcurl as much of the text as it takes; returns how much, 0 at the end.
  private func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = bytes[taken...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    taken += part.count
    return part.count
  }
}

extension MailServer {
  /// Its URL without what ends it.
  fileprivate var base: String { String(url.reversed().drop { $0 == "/" }.reversed()) }
}
