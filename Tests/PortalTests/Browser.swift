import Foundation
import Synchronization
import Testing
import WebCalls
import WorkerKit

/// Looks at pages by HTTP over a socket, as a browser without scripts does: it keeps the cookie, follows redirects, and
/// sends forms with all that stands in them.
final class Browser: Sendable {
  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String
    /// Where it came from in the end, without the host.
    let path: String

    /// The page, which has to be well-formed.
    func page(sourceLocation: SourceLocation = #_sourceLocation) throws -> HTMLPage {
      try #require(HTMLPage(text), "not well-formed: \(path)", sourceLocation: sourceLocation)
    }
  }

  enum Method { case get, post, put }

  let base: String
  private let web = WebCaller(.forLargeFiles)
  private let jar = Mutex("")

  init(port: Int) { base = "http://127.0.0.1:\(port)" }

  /// The cookie as it would be sent.
  var cookie: String {
    get { jar.withLock { $0 } }
    set { jar.withLock { $0 = newValue } }
  }

  /// One request, without following where it leads.
  func send(
    _ method: Method, _ path: String, headers: [(String, String)] = [],
    body: [UInt8] = []
  ) async throws -> Answer {
    let methods: [Method: WebRequest.Method] = [.get: .get, .post: .post, .put: .put]
    var request = WebRequest(methods[method] ?? .get, url: base + path, body: body)
    let cookie = cookie
    request.headers =
      (cookie.isEmpty ? [] : [(name: "Cookie", value: cookie)])
      + headers.map { (name: $0.0, value: $0.1) }
    let answer = try await web.send(request)
    if let set = answer.headers["set-cookie"] {
      let pair = String(set.prefix { $0 != ";" })
      self.cookie = pair.hasSuffix("=") ? "" : pair
    }
    return Answer(
      status: answer.status, headers: answer.headers,
      text: String(decoding: answer.body, as: UTF8.self), path: path)
  }

  /// A page, and where it leads.
  func get(_ path: String) async throws -> Answer {
    try await follow(try await send(.get, path))
  }

  /// A form with these fields.
  func post(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
    try await follow(try await sendForm(path, fields))
  }

  /// The same, without following where it leads.
  func sendForm(
    _ path: String, _ fields: [(String, String)], headers: [(String, String)] = []
  ) async throws -> Answer {
    try await send(
      .post, path,
      headers: [("Content-Type", "application/x-www-form-urlencoded")] + headers,
      body: Array(Self.encoded(fields).utf8))
  }

  /// Fills in the form of a page and sends it: a field that is named is replaced, the others are as they stand.
  /// - Parameter number: which of the page's forms.
  func fill(
    _ answer: Answer, _ fields: [(String, String)], form number: Int = 0
  ) async throws -> Answer {
    let forms = try answer.page().forms
    try #require(forms.indices.contains(number), "no form: \(answer.path)")
    let form = forms[number]
    let named = Set(fields.map(\.0))
    return try await post(form.action, form.fields.filter { !named.contains($0.0) } + fields)
  }

  /// Chooses a file in the form of a page and sends it, as a browser does (RFC 7578).
  func upload(_ answer: Answer, _ file: [UInt8], named name: String) async throws -> Answer {
    let form = try #require(try answer.page().form, "no form: \(answer.path)")
    let boundary = "----a-boundary-of-a-browser"
    var body: [UInt8] = []
    for (field, value) in form.fields where field != "file" {
      body += Array(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
          .utf8)
    }
    body += Array(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
        .utf8)
    body += Array("Content-Type: application/octet-stream\r\n\r\n".utf8)
    body += file + Array("\r\n--\(boundary)--\r\n".utf8)
    return try await follow(
      try await send(
        .post, form.action,
        headers: [("Content-Type", "multipart/form-data; boundary=\(boundary)")], body: body))
  }

  private func follow(_ answer: Answer) async throws -> Answer {
    var answer = answer
    for _ in 0..<5 {
      guard answer.status == 303, let place = answer.headers["location"], place.hasPrefix("/")
      else { return answer }
      answer = try await send(.get, place)
    }
    return answer
  }

  static func encoded(_ fields: [(String, String)]) -> String {
    fields.map { "\(escaped($0.0))=\(escaped($0.1))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x2D
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}

extension WebBounds {
  /// With room for a file that is larger than may be.
  static var forLargeFiles: WebBounds {
    var bounds = WebBounds()
    bounds.requestBytesLimit = 64 * 1_024 * 1_024
    return bounds
  }
}
