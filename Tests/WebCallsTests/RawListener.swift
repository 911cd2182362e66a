import Foundation
import Synchronization

/// Takes connections and does with each what a test says, byte by byte: for what a proper server never does.
final class RawListener: Sendable {
  let port: Int
  private let descriptor: CInt
  private let counts = Mutex((connections: 0, requests: 0))

  var address: String { "http://127.0.0.1:\(port)" }
  var connections: Int { counts.withLock { $0.connections } }
  var requests: Int { counts.withLock { $0.requests } }

  /// - Parameter serve: runs on a thread of its own for each connection, which is closed when it returns.
  init(_ serve: @escaping @Sendable (RawConnection) -> Void) throws {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) != 0 || listen(descriptor, 64) != 0
          || getsockname(descriptor, generic, &size) != 0
      }
    }
    if failed { throw POSIXError(.EADDRNOTAVAIL) }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread { [weak self] in
      // By whoever listens on it: a number that is free may be another listener's a moment later.
      defer { close(descriptor) }
      while true {
        let taken = accept(descriptor, nil, nil)
        guard taken >= 0 else { return }
        guard let self else {
          close(taken)
          return
        }
        self.counts.withLock { $0.connections += 1 }
        let connection = RawConnection(descriptor: taken) { [weak self] in
          self?.counts.withLock { $0.requests += 1 }
        }
        Thread {
          serve(connection)
          close(taken)
        }.start()
      }
    }.start()
  }

  /// A port on which nobody listens, until somebody else gets it.
  static func closedPort() throws -> Int { try RawListener { _ in }.port }

  deinit { shutdown(descriptor, CInt(SHUT_RDWR)) }
}

/// The server's end of a connection.
struct RawConnection: Sendable {
  fileprivate let descriptor: CInt
  fileprivate let onRequest: @Sendable () -> Void

  /// The head of the next request; nil if the other side has closed. What has come of the body is thrown away.
  func readHead() -> String? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else { return nil }
      bytes += part.prefix(count)
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        onRequest()
        return String(text[..<end.lowerBound])
      }
    }
  }

  /// Hears a line, or all up to a line with a full stop alone. False if the other side has closed.
  func readLines(untilDot: Bool) -> Bool {
    let end = untilDot ? "\r\n.\r\n" : "\r\n"
    var text = ""
    var part = [UInt8](repeating: 0, count: 4_096)
    while !text.hasSuffix(end) {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else { return false }
      text = String((text + String(decoding: part.prefix(count), as: UTF8.self)).suffix(8))
    }
    return true
  }

  func write(_ text: String) {
    _ = send(descriptor, text, text.utf8.count, CInt(MSG_NOSIGNAL))
  }

  func answer(_ body: String) {
    write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }
}
