import Glibc
import Logging
import Testing

@testable import Monitoring

/// A server that is told to stop while somebody comes.
@Suite(.timeLimit(.minutes(1))) struct MonitoringStopTests {
  /// So often, and so many at once, that some connection is accepted and not looked at yet when it stops.
  private static let (rounds, callers) = (30, 24)

  @Test func `a server that is stopped while connections come ends in order`() async throws {
    let pages = MonitoringPages(readiness: { .ready }, metrics: { Exposition() })
    let address = try #require(MonitoringAddress("127.0.0.1:0"))
    for _ in 0..<Self.rounds {
      let (ports, told) = AsyncStream<Int>.makeStream()
      let serving = Task {
        try await MonitoringServer.run(pages, at: address, logger: Logger(label: "monitoring")) {
          told.yield($0)
        }
      }
      var heard = ports.makeAsyncIterator()
      let port = try #require(await heard.next())
      let callers = (0..<Self.callers).map { _ in Self.connect(to: port) }
      serving.cancel()
      try await serving.value
      for caller in callers where caller >= 0 { close(caller) }
      #expect(callers.allSatisfy { $0 >= 0 })
    }
  }

  /// A connection to a port of this machine, on which nothing is asked; -1 if there is none to be had.
  private static func connect(to port: Int) -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(UInt16(port)).bigEndian
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      close(socket)
      return -1
    }
    return socket
  }
}
