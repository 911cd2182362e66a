import Bus
import Foundation
import Messages
import Testing

@testable import Broker

/// Who a peer is, as the core decides it: by its key.
@Suite("Identity at the broker")
struct IdentityTests {
  private static let now = KeyRingTests.now
  private let intake: PublicKey
  private let panel: PublicKey
  private let stranger: PublicKey
  private var ring = KeyRing()

  init() throws {
    (intake, panel) = (try KeyRingTests.key(1), try KeyRingTests.key(2))
    stranger = try KeyRingTests.key(9)
    try ring.enrol("intake", intake, at: Self.now)
    try ring.enrol("panel", panel, at: Self.now)
  }

  private var place: CoreFixture { CoreFixture(keys: ring.standing(at: Self.now)) }

  @Test func `a peer is the principal that its key says, as worker or as client`() throws {
    var place = place
    let worker = try #require(try place.greet(1, "intake", by: intake, serving: ["t.S/M"]))
    let client = try #require(try place.greet(2, "client", by: intake))
    for answer in [worker, client] {
      #expect(answer.kind == .welcome)
      #expect(place.core.sessions[answer.session]?.principal == "intake")
    }
    #expect(place.core.sessions[client.session]?.worker == "client")
    #expect(place.refused.isEmpty)
  }

  @Test func `where there are no keys the claim is believed`() throws {
    var place = CoreFixture()
    let (worker, client) = (try place.join(1, "intake"), try place.join(2))
    #expect(place.core.sessions[worker]?.principal == "intake")
    #expect(place.core.sessions[client]?.principal == "operator")
  }

  @Test(
    arguments: [
      ("panel", [], "claimed to be panel"), ("operator", [], "claimed to be operator"),
      ("client", ["t.S/M"], "offered services as client"),
    ] as [(String, [String], String)])
  func `a claim that is not the key's is refused and recorded`(
    claim: String, methods: [String], detail: String
  ) throws {
    var place = place
    #expect(try place.greet(1, claim, by: intake, serving: methods)?.refusal == .notYours)
    #expect(place.core.sessions.isEmpty)
    #expect(place.refused == [Refused(principal: "intake", kind: .notYours, detail: detail)])
  }

  @Test func `a key that nobody has enrolled, or none at all, gets no session`() throws {
    var place = place
    for (peer, key) in [(1, stranger), (2, nil)] as [(UInt64, PublicKey?)] {
      #expect(try place.greet(peer, "intake", by: key)?.refusal == .unknownKey)
    }
    place.say(try CoreFixture.hello("intake"), from: 3)
    #expect(place.take(3).last?.refusal == .unknownKey)
    #expect(place.core.sessions.isEmpty)
    #expect(place.refused.map(\.kind) == [.unknownKey, .unknownKey, .unknownKey])
    #expect(place.refused.map(\.principal) == [stranger.fingerprint, "", ""])
  }

  @Test func `what is revoked is cut off at once with its calls, and everybody else stays`() throws
  {
    var place = place
    let worker = try #require(try place.greet(1, "intake", by: intake, serving: ["t.S/M"])?.session)
    let client = try #require(try place.greet(2, "client", by: panel)?.session)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1), from: 2)
    _ = place.take(1)
    var changed = ring
    try changed.revoke("intake", at: Self.now)
    place.handle(.keys(changed.standing(at: Self.now)))
    let heard = place.take(1)
    #expect(heard.first?.refusal == .unknownKey)
    #expect(heard.first?.session == worker)
    #expect(place.core.sessions[worker] == nil)
    #expect(place.core.sessions[client] != nil)
    #expect(place.take(2).map(\.delivered) == ["unknown"])
    #expect(place.refused.map(\.kind) == [.revokedKey])
    #expect(place.refused.first?.principal == intake.fingerprint)
    // The connection is still there.
    #expect(
      try place.greet(1, "intake", by: intake, serving: ["t.S/M"], attempt: 2)?.refusal
        == .unknownKey)
  }

  @Test func `a change that does not concern a key leaves its session alone`() throws {
    var place = place
    let session = try #require(try place.greet(1, "intake", by: intake)?.session)
    var changed = ring
    try changed.rotate(
      "intake", KeyRingTests.key(3), at: Self.now, oldUntil: KeyRingTests.hours(24))
    try changed.enrol("outreach", stranger, at: Self.now)
    place.handle(.keys(changed.standing(at: Self.now)))
    #expect(place.core.sessions[session] != nil)
    #expect(place.take(1).isEmpty)
    #expect(try place.greet(4, "outreach", by: stranger)?.kind == .welcome)
  }

  @Test func `nobody takes the place of another principal's client`() throws {
    var place = place
    let first = try #require(try place.greet(1, "client", by: intake, instance: "a")?.session)
    let second = try #require(try place.greet(2, "client", by: panel, instance: "a")?.session)
    #expect(place.core.sessions[first] != nil)
    let third = try #require(try place.greet(3, "client", by: panel, instance: "a")?.session)
    #expect(place.core.sessions[second] == nil)
    #expect(place.core.sessions[third]?.principal == "panel")
  }

  @Test func `who greets wrongly without end is told up to a limit, and recorded all the same`()
    throws
  {
    var place = place
    var told = 0
    for attempt in 1...2000 as ClosedRange<UInt64> {
      if try place.greet(1, "panel", by: intake, attempt: attempt) != nil { told += 1 }
    }
    #expect(told > 100 && told < 2000)
    #expect(place.refused.count == 2000)
    // It cannot be refused often for nothing first, and then claim what it likes unseen.
    #expect(try place.greet(1, "threshold", by: intake, attempt: 3000) == nil)
    #expect(place.refused.last?.detail == "claimed to be threshold")
    #expect(try place.greet(1, "intake", by: intake, attempt: 4000)?.kind == .welcome)
  }

  @Test func `before there is a connection its key is looked at`() throws {
    var core = BrokerCore(
      BrokerCore.Settings(
        start: 7, keys: ring.standing(at: Self.now), trialKey: try KeyRingTests.key(8)))
    let (isAdmitted, nothing) = (core.admits(intake), core.nextAction())
    #expect(isAdmitted && nothing == nil)
    let isRefused = !core.admits(stranger)
    #expect(isRefused)
    guard case .refused(let refused)? = core.nextAction() else {
      Issue.record("a stranger was not recorded")
      return
    }
    #expect(refused.kind == .unknownKey)
    #expect(refused.principal == stranger.fingerprint)
    // The broker's own trial is nothing to record.
    let (trialIsRefused, silence) = (!core.admits(try KeyRingTests.key(8)), core.nextAction())
    #expect(trialIsRefused && silence == nil)
  }
}
