import Bus
import Foundation
import Glibc
import Monitoring
import ScannerTesting
import Testing

@testable import recourse

/// What `recourse doctor` says of the portal's ports and of the scanner.
@Suite(.timeLimit(.minutes(1))) struct DoorChecksTests {
  @Test func `a port that another process has is told of, and whose own it is not`() throws {
    try withListener { port in
      let address = MonitoringAddress(host: "127.0.0.1", port: port)
      func places(_ process: Int32?) -> [AddressCheck.Place] {
        AddressCheck.tried(.init(listen: address, officers: address), by: process)
      }
      let still = AddressCheck.addresses(places(nil))
      #expect(still.findings.codes == ["address-taken", "address-taken"])
      #expect(
        still.findings.map { $0.wayOut.contains("another: --listen") } == [true, false])
      #expect(still.findings.last?.wayOut.contains("--officer-address") == true)

      // This process is the one that listens.
      let ours = AddressCheck.addresses(places(getpid()))
      #expect(ours.findings.isEmpty)
      #expect(ours.summary.contains("127.0.0.1:\(port) is the portal's"), "\(ours.summary)")
      // Another one runs, or it is not to be seen.
      for other in [getppid(), 0] where other != getpid() {
        #expect(AddressCheck.addresses(places(other)).findings.count == 2)
      }
    }
  }

  @Test func `a port that nobody has is free, and the usual one is tried without being named`() {
    let free = MonitoringAddress(host: "127.0.0.1", port: 0)
    #expect(
      AddressCheck.addresses(AddressCheck.tried(.init(listen: free), by: nil)).findings.isEmpty)
    let usual = AddressCheck.tried(.init(), by: 0)
    #expect(usual.map(\.use) == [.portal])
    // While something runs, nobody says that the portal is to be at the usual place.
    #expect(usual.map(\.isWanted) == [false])
    #expect(AddressCheck.tried(.init(), by: nil).map(\.isWanted) == [true])
    #expect(!PortHolder.listens(getpid(), at: 0))
  }

  @Test(
    arguments: [
      (.none, []), (.answers(place: "tcp:h:1"), []),
      (.noPlace, ["problem invalid-scanner RECOURSE_CLAMD"]),
      (.takesLess(place: "tcp:h:1"), ["problem scanner-takes-less tcp:h:1"]),
      (.refusesAll(place: "tcp:h:1"), ["problem scanner-refuses-all tcp:h:1"]),
      (.away(place: "tcp:h:1", why: "Gone"), ["problem scanner-away tcp:h:1"]),
    ] as [(ScannerCheck.Look, [String])])
  func `each fault of the scanner is told by its code, with a way out`(
    look: ScannerCheck.Look, findings: [String]
  ) {
    let check = ScannerCheck.scanner(look)
    #expect(check.findings.inShort == findings)
    #expect(check.findings.allSatisfy { !$0.wayOut.isEmpty })
  }

  @Test func `a scanner that is not there is away, and what is no place is none`() async {
    #expect(await ScannerCheck.look(at: nil) == .none)
    #expect(await ScannerCheck.look(at: "") == .none)
    #expect(await ScannerCheck.look(at: "clamd.ctl") == .noPlace)
    let nobody = "unix:/tmp/nobody-\(UUID().uuidString.prefix(8)).ctl"
    guard case .away(nobody, let why) = await ScannerCheck.look(at: nobody) else {
      Issue.record("Nobody listens there.")
      return
    }
    #expect(why.contains("could not be asked"))
  }

  @Test(arguments: [("scan", "answers"), ("small", "takes less"), ("slam", "away")])
  func `a scanner is asked about a small file and the largest`(
    how: String, expected: String
  ) async throws {
    let process = try await ScannerProcess(how)
    let place = "\(process.place)"
    let seen =
      switch await ScannerCheck.look(at: place) {
      case .answers(place): "answers"
      case .takesLess(place): "takes less"
      case .away(place, _): "away"
      default: "something else"
      }
    #expect(seen == expected)
    process.end()
  }

  private func withListener(_ body: (Int) throws -> Void) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(listener >= 0)
    defer { close(listener) }
    try #require(listen(listener, 1) == 0)
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(listener, $0, &size)
      }
    }
    try #require(status == 0)
    try body(Int(UInt16(bigEndian: address.sin_port)))
  }
}
