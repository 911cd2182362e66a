import Broker
import BusTesting
import Foundation
import Logging
import Messages
import SwiftProtobuf
import Testing

@testable import Bus

@Suite("Greetings", .timeLimit(.minutes(1)))
struct GreetingTests {
  /// A peer greets again and again while it has no session; a broker that comes back after a day must not
  /// find a day's greetings.
  @Test func `do not pile up while no broker is there`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "greetings-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let address = "ipc://\(folder.path)/broker.sock"
    let link = try ZeroMQLink(address: address)
    let (frames, found) = AsyncStream<Frame>.makeStream()
    try await link.start { event in if case .frame(let frame) = event { found.yield(frame) } }
    for attempt in 1...50 as ClosedRange<UInt64> { link.send(try Self.hello(attempt)) }

    let options = BrokerOptions(
      address: address, logPath: folder.appending(path: "log.sqlite").path,
      admission: try TestKeys.admission(in: folder), clock: { Date() },
      logger: Logger(label: "broker") { _ in SwiftLogNoOpLogHandler() })
    let broker = Task { try await BrokerProcess.run(options) { _ in } }
    var attempts: [UInt64] = []
    answers: for await frame in frames {
      switch frame.kind {
      case .welcome:
        let body = frame.body ?? WireBytes()
        attempts.append(try Recourse_Bus_V1_Welcome(serializedBytes: body).attempt)
        // Whatever was greeted before is answered before this.
        link.send(Frame(.ping, session: frame.session))
      case .pong: break answers
      default: break
      }
    }
    #expect(attempts == [50])
    await link.close()
    broker.cancel()
    _ = await broker.result
  }

  private static func hello(_ attempt: UInt64) throws -> Frame {
    let hello = Recourse_Bus_V1_Hello.with {
      $0.wireVersionMin = UInt32(WireLimits.version)
      $0.wireVersionMax = UInt32(WireLimits.version)
      $0.worker = PeerIdentity.clientName
      $0.instance = "greets"
      $0.attempt = attempt
    }
    return Frame(.hello, flags: .message, body: try hello.serializedBytes())
  }
}
