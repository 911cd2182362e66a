import CCurl

/// The parts of a mail server's URL; nil for what is none.
struct MailURL {
  let scheme: String
  let host: String
  /// It has more than a scheme, a host and a port.
  let hasMore: Bool

  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = curl_url() else {
      return nil
    }
    defer { curl_url_cleanup(parts) }
    func part(_ part: CURLUPart) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(parts, part, &text, 0) == CURLUE_OK, let text else { return nil }
      defer { curl_free(text) }
      return String(cString: text)
    }
    guard curl_url_set(parts, CURLUPART_URL, text, 0) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST)
    else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
    let path = part(CURLUPART_PATH) ?? "/"
    let others = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT]
    hasMore = path != "/" || others.contains { part($0) != nil }
  }
}

extension MailServer {
  /// - Throws: ``MailFault/unusable(_:)`` if nothing can be handed in there.
  func check() throws(MailFault) {
    if let objection { throw .unusable("the server's address \(objection)") }
    for word in [user, password].compactMap(\.self) where word.utf8.contains(0) {
      throw .unusable("the user or the password has characters of none")
    }
  }
}
