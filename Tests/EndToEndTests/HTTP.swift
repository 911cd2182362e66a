import Glibc

/// One request by HTTP, as a watcher makes it.
enum HTTP {
  struct Answer: Sendable {
    let status: Int
    let head: String
    let body: String
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Seconds that an answer may take.
  static let secondsLimit = 10

  /// A socket that listens at a port of the loopback which the system has chosen. The caller closes it.
  static func listener() throws -> (descriptor: Int32, port: UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw Failed(description: "nothing listens: \(errno)") }
    return (listener, UInt16(bigEndian: place.sin_port))
  }

  /// Asks for a page.
  /// - Parameter address: `IPV4:PORT`.
  static func get(_ address: String, _ path: String) throws -> Answer {
    try send("GET", address, path)
  }

  /// One request.
  /// - Parameters:
  ///   - address: `IPV4:PORT`.
  ///   - headers: whole lines, without those of the host, the connection and the length.
  static func send(
    _ method: String, _ address: String, _ path: String, headers: [String] = [], body: String = ""
  ) throws -> Answer {
    let connection = try connected(to: address)
    defer { close(connection) }
    let lines =
      ["\(method) \(path) HTTP/1.1", "Host: \(address)", "Connection: close"] + headers
      + (method == "GET" ? [] : ["Content-Length: \(body.utf8.count)"])
    let request = Array((lines + ["", body]).joined(separator: "\r\n").utf8)
    guard Glibc.send(connection, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
    else { throw Failed(description: "\(address) does not listen: \(errno)") }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count >= 0 else { throw Failed(description: "\(address) does not answer: \(errno)") }
      if count == 0 { break }
      answer += buffer.prefix(count)
    }
    let text = String(decoding: answer, as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n"),
      let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw Failed(description: "no answer: \(text)") }
    return Answer(
      status: status, head: String(text[..<end.lowerBound]), body: String(text[end.upperBound...]))
  }

  /// A connection on which nothing has been asked. The caller closes it.
  /// - Parameter address: `IPV4:PORT`.
  static func connected(to address: String) throws -> Int32 {
    let parts = address.split(separator: ":").map(String.init)
    guard parts.count == 2, let port = UInt16(parts[1]) else {
      throw Failed(description: "no address: \(address)")
    }
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard connection >= 0 else { throw Failed(description: "no socket: \(errno)") }
    var limit = timeval(tv_sec: secondsLimit, tv_usec: 0)
    setsockopt(
      connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = inet_addr(parts[0])
    let connected = withUnsafePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      let why = errno
      close(connection)
      throw Failed(description: "\(address) refuses: \(why)")
    }
    return connection
  }
}
