import CCurl

/// One request on its way, and what has come back so far.
final class WebTransfer {
  let ticket: WebLoop.Ticket
  let handle: UnsafeMutableRawPointer
  private let bounds: WebBounds
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var headers: [String: String] = [:]
  private var headerCount = 0
  private var headerBytes = 0
  private var body: [UInt8] = []
  private var bodyBytes = 0
  /// Why it was ended by this side, if it was.
  private var limit: Limit?

  private enum Limit {
    case body, head
    /// More body than is read to keep the connection, and nobody wants it.
    case enough
  }

  init(_ ticket: WebLoop.Ticket, _ handle: UnsafeMutableRawPointer, _ bounds: WebBounds) {
    self.ticket = ticket
    self.handle = handle
    self.bounds = bounds
  }

  /// Tells libcurl everything about the request; false if it does not take it.
  func prepare(_ trust: WebTrust) -> Bool {
    curl_easy_reset(handle)
    let request = ticket.request
    var results = [
      recourse_curl_set_text(handle, CURLOPT_URL, request.url),
      recourse_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
      recourse_curl_set_long(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
      recourse_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0),
      recourse_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
      // Who is cancelled does not wait until the name of the host is found.
      recourse_curl_set_long(handle, CURLOPT_QUICK_EXIT, 1),
      recourse_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1),
      recourse_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2),
      recourse_curl_set_long(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
      recourse_curl_set_long(
        handle, CURLOPT_TIMEOUT_MS, bounds.wholeTimeLimit.milliseconds),
      recourse_curl_set_long(
        handle, CURLOPT_CONNECTTIMEOUT_MS, bounds.connectTimeLimit.milliseconds),
      recourse_curl_set_text(handle, CURLOPT_USERAGENT, "recourse"),
    ]
    if let path = trust.authoritiesPath {
      results.append(recourse_curl_set_text(handle, CURLOPT_CAINFO, path))
      results.append(recourse_curl_set_text(handle, CURLOPT_CAPATH, nil))
    }
    if !trust.usesProxyOfEnvironment {
      results.append(recourse_curl_set_text(handle, CURLOPT_PROXY, ""))
    }
    if !request.isRepeatable {
      results.append(recourse_curl_set_long(handle, CURLOPT_FRESH_CONNECT, 1))
    }
    results += setMethod(request)
    results += setHeaders(request)
    results += setReceivers()
    return results.allSatisfy { $0 == CURLE_OK }
  }

  private func setMethod(_ request: WebRequest) -> [CURLcode] {
    let name = recourse_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    if request.body.isEmpty, request.method == .get || request.method == .delete {
      return [recourse_curl_set_long(handle, CURLOPT_HTTPGET, 1), name]
    }
    // The length first: by it libcurl knows how much to copy.
    let length = curl_off_t(request.body.count)
    return [
      recourse_curl_set_long(handle, CURLOPT_POST, 1),
      recourse_curl_set_large(handle, CURLOPT_POSTFIELDSIZE_LARGE, length),
      request.body.withUnsafeBytes { bytes in
        bytes.isEmpty
          ? recourse_curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, "")
          : recourse_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
      },
      name,
    ]
  }

  private func setHeaders(_ request: WebRequest) -> [CURLcode] {
    var lines = request.headers.map { header in
      header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
    }
    if let key = request.idempotencyKey { lines.append("Idempotency-Key: \(key)") }
    // What libcurl would add by itself.
    lines.append("Expect:")
    if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      lines.append("Content-Type:")
    }
    for line in lines {
      guard let longer = curl_slist_append(headerList, line) else { return [CURLE_OUT_OF_MEMORY] }
      headerList = longer
    }
    return [recourse_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headerList)]
  }

  private func setReceivers() -> [CURLcode] {
    // The engine keeps the transfer for as long as libcurl has its handle.
    let own = Unmanaged.passUnretained(self).toOpaque()
    return [
      recourse_curl_set_pointer(handle, CURLOPT_WRITEDATA, own),
      recourse_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, own in
        WebTransfer.of(own, bytes, size * count) { $0.takeBody($1) }
      },
      recourse_curl_set_pointer(handle, CURLOPT_HEADERDATA, own),
      recourse_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, own in
        WebTransfer.of(own, bytes, size * count) { $0.takeHeader($1) }
      },
    ]
  }

  /// Gives libcurl's bytes to their transfer. Returns how many were taken; fewer end the transfer.
  private static func of(
    _ own: UnsafeMutableRawPointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ take: (WebTransfer, UnsafeRawBufferPointer) -> Limit?
  ) -> Int {
    guard let own else { return 0 }
    let transfer = Unmanaged<WebTransfer>.fromOpaque(own).takeUnretainedValue()
    transfer.limit = take(transfer, UnsafeRawBufferPointer(start: bytes, count: count))
    return transfer.limit == nil ? count : 0
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Limit? {
    bodyBytes += bytes.count
    let isWanted = ticket.request.wantsBody
    guard bodyBytes <= bounds.answerBytesLimit else { return isWanted ? .body : .enough }
    if isWanted { body.append(contentsOf: bytes) }
    return nil
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Limit? {
    headerCount += 1
    headerBytes += bytes.count
    guard headerCount <= bounds.headersLimit, headerBytes <= bounds.headerBytesLimit else {
      return .head
    }
    let line = String(decoding: bytes, as: UTF8.self)
    // What came before the line of a status was not the answer yet (100 to 199).
    if line.hasPrefix("HTTP/") { headers = [:] }
    guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("HTTP/") else { return nil }
    let value = line[line.index(after: colon)...]
    headers[line[..<colon].lowercased()] = value.trimmed
    return nil
  }

  // MARK: What came of it

  func outcome(_ code: CURLcode) -> Result<WebAnswer, WebFault> {
    switch limit {
    case .body: return .failure(.tooLarge(limit: bounds.answerBytesLimit))
    case .head: return .failure(fault("the head of the answer is too long"))
    case .enough: return answer()
    case nil: break
    }
    if code == CURLE_OK { return answer() }
    if code == CURLE_URL_MALFORMAT { return .failure(.unusable("its URL is not one")) }
    return .failure(fault(code.reason))
  }

  /// Whether anything of the request has left this process decides which.
  func fault(_ reason: String) -> WebFault {
    number(CURLINFO_REQUEST_SIZE) > 0 ? .unanswered(reason) : .notSent(reason)
  }

  /// Frees what libcurl does not copy, and takes everything of this request out of the handle.
  func forget() {
    curl_easy_reset(handle)
    curl_slist_free_all(headerList)
    headerList = nil
  }

  private func answer() -> Result<WebAnswer, WebFault> {
    let status = number(CURLINFO_RESPONSE_CODE)
    guard (100...599).contains(status) else {
      return .failure(fault("the answer has no status that there is"))
    }
    return .success(WebAnswer(status: status, headers: headers, body: body))
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    recourse_curl_get_long(handle, info, &value)
    return value
  }
}

extension Substring {
  /// Without white space around it.
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
