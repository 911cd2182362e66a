import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import recourse

/// What `recourse status` says of a worker, by what the worker says of itself.
@Suite struct WorkerFindingsTests {
  typealias Status = Recourse_Worker_V1_StatusResponse

  /// What a worker says, and what is told of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let told: [String]
    /// What the way out begins with.
    let way: String
    let status: Status

    init(
      _ name: String, _ told: String..., way: String = "",
      _ change: (inout Status) -> Void = { _ in }
    ) {
      testDescription = name
      self.told = told
      self.way = way
      status = .serving(change)
    }
  }

  static let backlog = UInt64(Picture.backlogLimit)
  static let cases = [
    Case("all is well"),
    Case(
      "it does not serve", "problem not-serving panel", way: "Its own log says more.",
      { $0.health = .notServing }),
    Case(
      "nothing can be kept", "problem storage-full panel", way: "Make room.",
      {
        $0.health = .notServing
        $0.detail = "the disk is full"
        $0.storageFailure = "storage-full"
        $0.wayOut = "Make room."
      }),
    Case("it is as far behind as it may be") { $0.outboxLength = UInt32(backlog) },
    Case(
      "it has announced too much in vain", "problem outbox panel", way: "They go there by",
      { $0.outboxLength = UInt32(backlog) + 1 }),
    Case(
      "an event is parked", "problem parked-events panel",
      way: "See them with: recourse events parked --worker panel --data /nowhere.",
      { $0.parkedEvents = 1 }),
    Case(
      "an effect is uncertain", "problem uncertain-effects panel",
      way:
        "See them with: recourse effects list --state uncertain --worker panel --data /nowhere.",
      { $0.uncertainEffects = 1 }),
    Case(
      "an effect fails", "problem failing-effects panel",
      way: "See them with: recourse effects list --worker panel --data /nowhere.",
      { $0.failingEffects = 1 }),
    Case(
      "a clock fails", "problem failing-timers panel", way: "They are tried again by themselves",
      { $0.failingTimers = 1 }),
    Case("effects wait that do not fail") { $0.waitingEffects = 5 },
    Case(
      "the disk is full", "problem disk-full panel", way: "Make room now",
      { $0.diskFreeBytes = Picture.diskLimit - 1 }),
    Case(
      "the disk gets full", "note disk-low panel", way: "Make room, or",
      { $0.diskFreeBytes = Picture.diskLimit }),
    Case("the disk is large enough") { $0.diskFreeBytes = Picture.diskNoteLimit },
    Case("nothing is known of the disk") {
      $0.diskBytes = 0
      $0.diskFreeBytes = 0
    },
    Case(
      "it is of another version", "note other-version panel", way: "If no upgrade goes on",
      { $0.version = "0.0.9" }),
  ]

  @Test(arguments: cases)
  func `what a worker says of itself is told with the way out`(_ one: Case) {
    let findings = Picture.of(one.status).findings
    #expect(findings.inShort == one.told)
    #expect(findings.allSatisfy { $0.wayOut.hasPrefix(one.way) }, "\(findings.map(\.wayOut))")
  }

  @Test(arguments: [(1006, false), (1007, false), (1008, true)])
  func `a worker is behind when it has yet to take in more than the limit`(
    head: UInt64, isTold: Bool
  ) {
    let findings = Picture.of(.serving(), head: head).findings
    #expect(findings.inShort == (isTold ? ["problem behind panel"] : []))
  }

  @Test func `a worker that cannot say how it is is told with what it answered`() throws {
    let failure = Failure.input("broken", "It cannot tell.").with(wayOut: "Do this.")
    let finding = try #require(Picture.of(nil, failure: failure).findings.first)
    #expect(finding.code == "status-failed" && finding.wayOut == "Do this.")
  }

  @Test func `one that stands by is no finding, whatever it does not do`() {
    var picture = Picture.of(.serving())
    let standby = Picture.Worker(name: "panel", standby: .with { $0.worker = "panel" })
    picture = Picture(
      address: picture.address, brokerPID: 1, brokerVersion: Picture.version,
      directory: .elsewhere, supervisor: nil, head: 7, workers: picture.workers + [standby])
    #expect(picture.findings.isEmpty)
  }
}
