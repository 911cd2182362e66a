import Foundation
import Glibc
import Synchronization

/// An HTTP server on this machine, for a test of what calls an agency: it keeps what is asked, in order, and answers as
/// it is told.
///
/// One connection at a time, one request on each, HTTP/1.1 without encodings: enough for a plugin's test, and for
/// nothing else.
public final class WebListener: Sendable {
  /// One request, as it came.
  public struct Request: Sendable, Hashable {
    /// Such as `POST`.
    public let method: String
    /// Path and query, such as `/notices?page=2`.
    public let target: String
    /// By their names in lower case; of one that came several times the last.
    public let headers: [String: String]
    public let body: [UInt8]

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// What is answered.
  public struct Answer: Sendable, Hashable {
    public var status: Int
    public var headers: [String: String]
    public var body: String

    /// An answer; by default 200 without a body.
    public init(_ status: Int = 200, headers: [String: String] = [:], body: String = "") {
      self.status = status
      self.headers = headers
      self.body = body
    }
  }

  /// Bytes of a request, headers included; a longer one is cut off without an answer.
  public static let requestBytesLimit = 1 << 20
  /// Seconds that a connection may be silent.
  public static let silenceSecondsLimit = 10
  /// Connections that may wait.
  static let backlog: Int32 = 64

  /// The port, which the system chose.
  public let port: UInt16
  /// `http://127.0.0.1:PORT`.
  public var url: String { "http://127.0.0.1:\(port)" }

  private let listener: Int32
  private let answer: @Sendable (Request) -> Answer
  private let arrivals: AsyncStream<Request>
  private let arrived: AsyncStream<Request>.Continuation
  private let kept = Mutex<[Request]>([])

  /// Listens from now on, until ``stop()``.
  /// - Parameter answer: called for each request, on a thread of the listener's own.
  /// - Throws: `POSIXError` if nothing can listen here.
  public init(_ answer: @escaping @Sendable (Request) -> Answer = { _ in Answer() }) throws {
    (listener, port) = try Self.listen()
    self.answer = answer
    (arrivals, arrived) = AsyncStream.makeStream()
    Thread.detachNewThread { self.serve() }
  }

  /// All that was asked so far, in order.
  public var requests: [Request] { kept.withLock { $0 } }

  /// The next request that nobody was given yet; waits for it. Nil once the listener has stopped.
  public func next() async -> Request? {
    var arrivals = arrivals.makeAsyncIterator()
    return await arrivals.next()
  }

  /// Listens no more; who calls from now on is not let in.
  public func stop() {
    // Wakes the thread, which closes what it has.
    shutdown(listener, Int32(SHUT_RDWR))
  }
}

// MARK: - On its own thread

extension WebListener {
  private static func listen() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw POSIXError(.EMFILE) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && Glibc.listen(listener, backlog) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    guard isListening else {
      close(listener)
      throw POSIXError(.EADDRNOTAVAIL)
    }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 {
        if errno == EINTR || errno == ECONNABORTED { continue }
        break
      }
      serve(connection)
      close(connection)
    }
    close(listener)
    arrived.finish()
  }

  private func serve(_ connection: Int32) {
    var limit = timeval(tv_sec: Self.silenceSecondsLimit, tv_usec: 0)
    setsockopt(
      connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard let request = Self.read(connection) else { return }
    kept.withLock { $0.append(request) }
    let answer = answer(request)
    let body = Array(answer.body.utf8)
    var head =
      "HTTP/1.1 \(answer.status) -\r\nContent-Length: \(body.count)\r\nConnection: close\r\n"
    for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) {
      head += "\(name): \(value)\r\n"
    }
    Self.write(Array((head + "\r\n").utf8) + body, to: connection)
    arrived.yield(request)
  }

  private static func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while bytes.count <= requestBytesLimit {
      if let request = WebListener.Request(whole: bytes) { return request }
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk.prefix(count)
    }
    return nil
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

extension WebListener.Request {
  /// Nil as long as the bytes are not all of a request (RFC 9112, section 6.3: a body is as long as Content-Length says).
  init?(whole bytes: [UInt8]) {
    let end = Array("\r\n\r\n".utf8)
    guard let head = bytes.firstRange(of: end) else { return nil }
    let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    let body = bytes[head.upperBound...]
    guard body.count >= length else { return nil }
    self.init(
      method: String(words[0]), target: String(words[1]), headers: headers,
      body: Array(body.prefix(length)))
  }
}
