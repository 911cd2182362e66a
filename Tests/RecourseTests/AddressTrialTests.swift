import Bus
import Glibc
import Monitoring
import Testing

@testable import recourse

/// Whether somebody listens is asked of the kernel.
@Suite struct AddressTrialTests {
  @Test func `a port at which somebody listens is taken, and free when they have gone`() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(listener >= 0)
    #expect(listen(listener, 1) == 0)
    let port = try Self.port(of: listener)
    #expect(PortTrial.tcp(host: "127.0.0.1", port: port) == .taken)
    #expect(PortTrial.tcp(host: "*", port: port) == .taken)
    #expect(AddressCheck.trial(of: "tcp://127.0.0.1:\(port)") == .taken)
    close(listener)
    #expect(PortTrial.tcp(host: "127.0.0.1", port: port) == .free)
  }

  @Test func `what is no address of this machine, or none at all, is told apart`() {
    // RFC 5737: nobody's.
    #expect(PortTrial.tcp(host: "192.0.2.1", port: 7070) == .elsewhere)
    #expect(PortTrial.tcp(host: "127.0.0.1", port: 0) == .free)
    #expect(AddressCheck.trial(of: "tcp://127.0.0.1:0") == .free)
    #expect(AddressCheck.trial(of: "7070") == .unknown)
    #expect(PortTrial.tcp(host: "127.0.0.1", port: 70_000) == .unknown)
  }

  @Test func `a socket's path is free while nobody listens there`() throws {
    try withDirectory { directory in
      #expect(AddressCheck.trial(of: "ipc://\(directory.path)/broker.sock") == .free)
      // As one that was killed leaves it.
      try directory.write("", "broker.sock")
      #expect(PortTrial.socket(path: "\(directory.path)/broker.sock") == .free)
      let long = String(repeating: "x", count: 200)
      #expect(PortTrial.socket(path: "\(directory.path)/\(long)") == .unknown)
    }
  }

  @Test func `one port is tried for a broker apart, and one for each process of the whole`() throws
  {
    try withDirectory { directory in
      let pages = MonitoringAddress(port: 0)
      let apart = AddressCheck.tried(in: directory, address: "tcp://127.0.0.1:0", pages: pages)
      #expect(apart.map(\.address) == ["tcp://127.0.0.1:0", "127.0.0.1:0"])
      let whole = AddressCheck.tried(in: directory, address: nil, pages: pages)
      #expect(whole.count == 1 + 2 + WorkerCatalogue.names.count)
      #expect(whole[0].address == "ipc://\(directory.socketPath)")
      #expect(AddressCheck.tried(in: directory, address: nil, pages: nil).count == 1)
    }
  }

  private static func port(of listener: Int32) throws -> Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(listener, $0, &size)
      }
    }
    try #require(status == 0)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
