import Foundation
import Intake
import Synchronization
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// Intake, Threshold and the portal as they are, with the portal's pages at a real socket.
struct PortalPlace {
  let place: TestPlace
  let port: Int

  /// 20 March 2026, 09:46 in London.
  static let now = Date(timeIntervalSince1970: 1_774_000_000)

  var browser: Browser { Browser(port: port) }

  static func with(
    _ options: PortalOptions = PortalOptions(), more: [Worker] = [], onDisk: Bool = false,
    _ body: (PortalPlace) async throws -> Void
  ) async throws {
    let port = PortBox()
    var options = options
    options.host = "127.0.0.1"
    options.port = 0
    options.onServing = { served in port.number.withLock { $0 = served } }
    let workers =
      [IntakeWorker.worker(), ThresholdWorker.worker(), PortalWorker.worker(options)] + more
    try await TestPlace.with(workers, now: now, onDisk: onDisk) { place in
      // The procedures are in before the test begins.
      try await place.settle()
      try await body(PortalPlace(place: place, port: port.number.withLock { $0 }))
    }
  }

  private final class PortBox: Sendable {
    let number = Mutex(0)
  }
}
