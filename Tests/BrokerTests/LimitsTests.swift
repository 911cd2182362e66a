import Bus
import Foundation
import Glibc
import Testing

@testable import Broker

/// The limits as `proto/README.md` tells them to who writes a peer.
@Suite("Limits in the specification")
struct LimitsTests {
  private static let text: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "proto/README.md"), encoding: .utf8)) ?? ""
  }()

  private static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return String(digits)
  }

  @Test(
    arguments: [
      ("`BrokerCore.sessionsLimit`", [BrokerCore.sessionsLimit]),
      ("`BrokerCore.principalSessionsLimit`", [BrokerCore.principalSessionsLimit]),
      ("`BrokerCore.offeredMethodsLimit`", [BrokerCore.offeredMethodsLimit]),
      ("`BrokerCore.unreadBytesLimit`", [Int(BrokerCore.unreadBytesLimit)]),
      ("`BrokerCore.behindBytesLimit`", [Int(BrokerCore.behindBytesLimit)]),
      ("`BrokerCore.busyBytesLimit`", [Int(BrokerCore.busyBytesLimit)]),
      ("`Strangers.refusedBytesLimit`", [Int(Strangers.refusedBytesLimit)]),
      ("`Strangers.leftBytesLimit`", [Int(Strangers.leftBytesLimit)]),
      ("`Strangers.limit`", [Strangers.limit]),
      (
        "`Strangers.crowdedLimit`, `Strangers.askedLimit`",
        [Strangers.crowdedLimit, Strangers.askedLimit]
      ),
      ("`KeyRing.entriesLimit`", [KeyRing.entriesLimit]),
      ("`MethodIndex.servicesSeenLimit`", [MethodIndex.servicesSeenLimit]),
      (
        "`WaitingCalls.limit`, `WaitingCalls.bytesLimit`",
        [WaitingCalls.limit, WaitingCalls.bytesLimit]
      ),
      ("`LogLoad.batchesLimit`, `LogLoad.bytesLimit`", [LogLoad.batchesLimit, LogLoad.bytesLimit]),
      ("`LogLoad.readsLimit`", [LogLoad.readsLimit]),
      ("`LogThread.groupLimit`", [LogThread.groupLimit]),
      // What a process may hold.
      (
        "peer | messages that its application has not taken: 1,024 calls each way, in each up to the "
          + "initial credit and the body that overdraws it, 5,242,879 bytes",
        [
          2 * WireLimits.openCallsLimit
            * (WireLimits.initialCredit.bytes - 1 + WireLimits.bodyBytesLimit)
        ]
      ),
    ] as [(String, [Int])])
  func `a limit stands in the table as it is in the code`(_ name: String, _ numbers: [Int]) {
    let row = "| \(name) | \(numbers.map(Self.grouped).joined(separator: " and ")) |"
    #expect(Self.text.contains(row), "\(row)")
  }

  @Test func `a broker takes as many descriptors as the system allows it`() {
    BrokerProcess.raiseDescriptorsLimit()
    var limit = rlimit()
    #expect(getrlimit(__rlimit_resource_t(7), &limit) == 0)
    #expect(limit.rlim_cur == limit.rlim_max)
  }
}
