import CCurl

extension WebRequest {
  /// Headers that say how a message is framed, or where it goes: libcurl writes them.
  private static let reserved: Set = [
    "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding",
    "upgrade",
  ]

  /// - Throws: ``WebFault/unusable(_:)`` if it cannot be sent as it is.
  func check(_ bounds: WebBounds) throws(WebFault) {
    try checkAddress(bounds)
    guard body.count <= bounds.requestBytesLimit else {
      throw .unusable("its body is longer than \(bounds.requestBytesLimit) bytes")
    }
    guard method != .get || body.isEmpty else { throw .unusable("a GET has no body") }
    for (place, header) in headers.enumerated() {
      guard !header.name.isEmpty, header.name.utf8.allSatisfy(Self.isOfName) else {
        throw .unusable("the name of header \(place + 1) is not one")
      }
      guard !Self.reserved.contains(header.name.lowercased()) else {
        throw .unusable("the header \(header.name) comes by itself")
      }
      guard header.value.utf8.allSatisfy(Self.isOfValue) else {
        throw .unusable("the value of the header \(header.name) has characters of no value")
      }
    }
    if let idempotencyKey {
      guard !idempotencyKey.isEmpty, idempotencyKey.utf8.allSatisfy(Self.isOfValue) else {
        throw .unusable("its idempotency key is not one")
      }
    }
  }

  private func checkAddress(_ bounds: WebBounds) throws(WebFault) {
    guard url.utf8.count <= bounds.urlBytesLimit else {
      throw .unusable("its URL is longer than \(bounds.urlBytesLimit) bytes")
    }
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .unusable("its URL has characters that are to be written with %")
    }
    guard let parts = curl_url() else { throw .notSent("there is no memory") }
    defer { curl_url_cleanup(parts) }
    guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK else {
      throw .unusable("its URL is not one")
    }
    guard ["http", "https"].contains(Self.part(CURLUPART_SCHEME, of: parts)) else {
      throw .unusable("its URL is not http or https")
    }
    let names = [Self.part(CURLUPART_USER, of: parts), Self.part(CURLUPART_PASSWORD, of: parts)]
    guard names == [nil, nil] else { throw .unusable("its URL has user information") }
  }

  private static func part(_ part: CURLUPart, of parts: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parts, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// A character of a token (RFC 9110, section 5.6.2).
  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  private static func isOfValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F }
}
