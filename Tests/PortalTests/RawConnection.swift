import Foundation
import Testing

/// A connection on which a test says each byte itself, so that it can stop in the midst.
final class RawConnection: Sendable {
  struct Failed: Error {
    let what: String
    let code = errno
  }

  private let descriptor: Int32
  /// Seconds that a test waits for the other end, at most.
  private static let secondsLimit = 20
  /// Bytes of an answer, at most.
  private static let bytesLimit = 1_000_000

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failed(what: "no socket") }
    var limit = timeval(tv_sec: Self.secondsLimit, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(port).bigEndian
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failed(what: "refused") }
  }

  deinit { close(descriptor) }

  func say(_ text: String) throws {
    let bytes = Array(text.utf8)
    let said = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    guard said == bytes.count else { throw Failed(what: "not said") }
  }

  /// The other end hears that nothing more comes.
  func sayNoMore() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends it, for both.
  func leave() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Whether something has come that was not heard yet.
  var hasNews: Bool {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&one, 1, 0) > 0
  }

  /// One answer, with the body that it announces; empty if the other end closes without one. No thread of the pool that
  /// the portal itself works in is kept waiting.
  func hear() async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { [self] in
        continuation.resume(with: Result { try hearNow() })
      }
    }
  }

  private func hearNow() throws -> String {
    var heard: [UInt8] = []
    while heard.count < Self.bytesLimit, !Self.isWhole(heard) {
      var part = [UInt8](repeating: 0, count: 16_384)
      let count = recv(descriptor, &part, part.count, 0)
      if count == 0 || (count < 0 && errno == ECONNRESET) { break }
      guard count > 0 else { throw Failed(what: "nothing was heard in time") }
      heard += part.prefix(count)
    }
    return String(decoding: heard, as: UTF8.self)
  }

  private static func isWhole(_ heard: [UInt8]) -> Bool {
    let text = String(decoding: heard, as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n")?.upperBound else { return false }
    let length = text[..<end].split(separator: "\r\n").first {
      $0.lowercased().hasPrefix("content-length:")
    }.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
    return text[end...].utf8.count >= length ?? 0
  }
}
