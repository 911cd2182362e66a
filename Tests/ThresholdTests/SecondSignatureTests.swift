import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Where the procedure asks for two signatures on "not met".
@Suite struct SecondSignatureTests {
  let procedure = Procedure(asksForTwo: true)
  static let day: TimeInterval = 86_400

  @Test func `not met waits for its second signature, and nothing is announced`() async throws {
    try await procedure.place { place, reference in
      let response = try await place.decide(reference, met: false, reason: "Too few")
      #expect(response.awaitsSecondSignature && !response.hasDecision)
      #expect(try await place.decisions().isEmpty)
      let shown = try await place.assessment(reference)
      #expect(!shown.hasDecision && shown.pending.officer == "Officer One")
      #expect(shown.pending.reason == "Too few")
      #expect(shown.pending.signedOn == Fixture.receivedOn)
      #expect(try await place.audited("threshold.sign-first") == ["Officer One"])
    }
  }

  @Test func `the second signature makes it a decision, on its own day`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      place.clock.advance(by: Self.day)
      let response = try await place.countersign(reference)
      #expect(try await place.decisions() == [response.decision])
      let decision = response.decision
      #expect(!decision.met && decision.decidedOn == "2026-03-17" && decision.number == 1)
      #expect(decision.secondOfficerKey.count == 32)
      #expect(decision.secondOfficerKey != decision.officerKey)
      let shown = try await place.assessment(reference)
      #expect(shown.officer == "Officer One" && shown.secondOfficer == "Officer Two")
      #expect(!shown.hasPending && shown.reason == "Too few")
      #expect(try await place.audited("threshold.countersign") == ["Officer Two"])
    }
  }

  @Test(arguments: ["Officer One", " officer  ONE ", "OFFICER ONE", "Offícer. One", "O'fficer-One"])
  func `nobody signs twice, however they write their name`(name: String) async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      for declined in [false, true] {
        let refused = try await refusal {
          try await place.countersign(reference, by: name, declined: declined, reason: "No")
        }
        #expect(refused.code == "same-officer" && refused.path == "officer")
      }
      #expect(try await place.decisions().isEmpty)
    }
  }

  @Test func `who does not agree says why, and the case is undecided as before`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      let silent = try await refusal { try await place.countersign(reference, declined: true) }
      #expect(silent.code == "missing" && silent.path == "reason")
      let response = try await place.countersign(
        reference, declined: true, reason: "One was missed")
      #expect(!response.hasDecision)
      #expect(!(try await place.assessment(reference).hasPending))
      #expect(try await place.audited("threshold.decline") == ["Officer Two"])
      let nothing = try await refusal {
        try await place.countersign(reference, by: "Officer Three")
      }
      #expect(nothing.kind == .state && nothing.code == "nothing-to-countersign")
      #expect(try await place.decide(reference, met: true, reason: "Harm").decision.met)
    }
  }

  @Test func `who signs second has read exactly what waits`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, officer: "Officer Three", reason: "Too few")
      let read = try await place.assessment(reference).pending
      #expect(read.body == "plymouth-city-council" && read.capacity == "Lead authority")
      for declined in [false, true] {
        let unread = try await refusal {
          try await place.countersign(reference, declined: declined, reason: "No", token: "")
        }
        #expect(unread.kind == .input && unread.code == "token-needed" && unread.path == "token")
      }
      // By somebody else, in the same words.
      try await place.decide(reference, met: false, reason: "Too few")
      let stale = try await refusal { try await place.countersign(reference, token: read.token) }
      #expect(stale.kind == .state && stale.code == "not-what-waits" && stale.path == "token")
      // The same once more, in other words.
      let before = try await place.assessment(reference).pending.token
      try await place.decide(reference, met: false, reason: "Still too few")
      let other = try await refusal { try await place.countersign(reference, token: before) }
      #expect(other.code == "not-what-waits")
      #expect(try await place.countersign(reference).hasDecision)
    }
  }

  @Test func `an assessment anew takes a first signature away, and that is put on record`()
    async throws
  {
    try await procedure.place { place, reference in
      try await place.ask(reference, ["plymouth-city-council"])
      try await place.decide(reference, met: false, reason: "Too few")
      let read = try await place.assessment(reference).pending.token
      try await place.answer(reference, "plymouth-city-council", [finding(0)])
      #expect(!(try await place.assessment(reference).hasPending))
      #expect(try await place.audited("threshold.drop-pending") == ["threshold"])
      // The same words under another assessment are another decision.
      try await place.decide(reference, met: false, reason: "Too few")
      let refused = try await refusal { try await place.countersign(reference, token: read) }
      #expect(refused.code == "not-what-waits")
    }
  }

  @Test func `what is signed anew takes the place of what waits`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, officer: "Officer Three", reason: "First words")
      try await place.decide(reference, met: false, reason: "Second words")
      // Who signed first before may countersign now.
      try await place.countersign(reference, by: "Officer Three")
      let shown = try await place.assessment(reference)
      #expect(shown.officer == "Officer One" && shown.secondOfficer == "Officer Three")
      #expect(shown.reason == "Second words")
    }
  }

  @Test func `met needs one signature, and takes away what waits`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      let response = try await place.decide(reference, met: true, reason: "Harm is great")
      #expect(response.decision.met && !response.awaitsSecondSignature)
      #expect(response.decision.secondOfficerKey.isEmpty)
      #expect(!(try await place.assessment(reference).hasPending))
      let refused = try await refusal { try await place.countersign(reference) }
      #expect(refused.code == "nothing-to-countersign")
    }
  }

  @Test func `what comes in while it waits makes the first signature worth nothing`() async throws {
    let late = complaint(2, behaviour: "2026-01-01")
    try await procedure.place([complaint(0), complaint(1), late]) { place, reference in
      try await place.ask(reference, ["plymouth-city-council"])
      try await place.decide(reference, met: false, reason: "Two count")
      try await place.answer(
        reference, "plymouth-city-council", [finding(2, made: "2026-01-05")])
      let refused = try await refusal { try await place.countersign(reference) }
      #expect(refused.code == "nothing-to-countersign")
      #expect(!(try await place.assessment(reference).hasPending))
      let again = try await refusal { try await place.decide(reference, met: false, reason: "Two") }
      #expect(again.code == "must-be-met")
      #expect(try await place.decide(reference, met: true).decision.clause == "s.104(4)")
    }
  }

  @Test func `a second signature that is repeated gives its first result`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few", key: "k")
      #expect(try await place.decide(reference, met: false, reason: "Too few", key: "k").repeated)
      let first = try await place.countersign(reference, key: "k")
      let again = try await place.countersign(reference, key: "k")
      #expect(!first.repeated && again.repeated && again.decision == first.decision)
      #expect(try await place.decisions().count == 1)
    }
  }

  @Test func `neither name leaves with an event`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(
        reference, met: false, officer: "Zebedee Marker", reason: "Quokka words")
      try await place.countersign(reference, by: "Yolanda Marker")
      try await place.settle()
      for logged in try await place.events(key: reference.key.description) {
        for marker in ["Zebedee", "Yolanda", "Quokka"] {
          #expect(logged.event.payload.range(of: Data(marker.utf8)) == nil)
        }
      }
    }
  }

  @Test func `without such a procedure there is nothing to countersign`() async throws {
    try await Procedure().place { place, reference in
      #expect(try await place.decide(reference, met: false, reason: "Too few").hasDecision)
      let refused = try await refusal { try await place.countersign(reference) }
      #expect(refused.code == "nothing-to-countersign")
    }
  }
}

/// For whom somebody signs, and what they may sign against.
@Suite struct CapacityTests {
  @Test func `body and capacity are the procedure's unless they are given`() async throws {
    try await Procedure().place { place, reference in
      let decision = try await place.decide(reference, met: false, reason: "Too few", as: "")
        .decision
      #expect(decision.body == "plymouth-city-council" && decision.number == 1)
      #expect(try await place.assessment(reference).capacity == "Safety manager")
    }
    try await Procedure().place { place, reference in
      try await place.putAtIntake(reference)
      let response = try await place.threshold.decide(
        .with {
          $0.caseReference = reference.description
          $0.officer = "Officer One"
          $0.reason = "Too few"
          $0.body = "testshire-police"
          $0.capacity = "Superintendent"
        })
      #expect(response.decision.body == "testshire-police")
      #expect(try await place.assessment(reference).capacity == "Superintendent")
    }
  }

  @Test func `where the procedure is not known to say in what capacity, whoever signs does`()
    async throws
  {
    let unknown = TestPack()
    try await Fixture.place(of: [unknown]) { place in
      let reference = Fixture.reference()
      try await place.announce(reference, under: unknown, [complaint(0)])
      let refused = try await refusal {
        try await place.decide(reference, met: false, reason: "Too few", as: "  ")
      }
      #expect(refused.kind == .input && refused.code == "capacity-needed")
      #expect(refused.path == "capacity" && refused.message.contains("City Council decides"))
      #expect(!(try await place.assessment(reference).hasDecision))
      try await place.decide(reference, met: false, reason: "Too few", as: "Lead authority")
      #expect(try await place.assessment(reference).capacity == "Lead authority")
    }
  }

  @Test func `what the procedure says of its own body is not said of another`() async throws {
    try await Procedure().place { place, reference in
      try await place.putAtIntake(reference)
      func sign(as capacity: String) async throws {
        _ = try await place.threshold.decide(
          .with {
            $0.caseReference = reference.description
            $0.officer = "Officer One"
            $0.reason = "Too few"
            $0.body = "testshire-police"
            $0.capacity = capacity
          })
      }
      let refused = try await refusal { try await sign(as: "") }
      #expect(refused.code == "capacity-needed" && refused.message.contains("Testshire Police"))
      try await sign(as: "Relevant body")
      #expect(try await place.assessment(reference).capacity == "Relevant body")
    }
  }

  @Test func `a first signature of before that was asked is not signed second`() async throws {
    try await Procedure(asksForTwo: true).place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.context(of: "threshold")?.slice.write { tx in
        try tx.execute("UPDATE pending_decision SET capacity = ''")
      }
      let refused = try await refusal { try await place.countersign(reference) }
      #expect(refused.kind == .state && refused.code == "capacity-needed")
      #expect(refused.path == "token" && refused.message.contains("decides anew"))
      #expect(try await place.assessment(reference).hasPending)
      try await place.decide(reference, met: false, reason: "Too few")
      #expect(try await place.countersign(reference).hasDecision)
    }
  }

  @Test(arguments: ["nobody", "old-trust"])
  func `a body that is not there on the day signs nothing`(body: String) async throws {
    try await Procedure().place { place, reference in
      try await place.putAtIntake(reference)
      let refused = try await refusal {
        try await place.threshold.decide(
          .with {
            $0.caseReference = reference.description
            $0.officer = "Officer One"
            $0.reason = "Too few"
            $0.body = body
          })
      }
      #expect(refused.code == "unknown-body" && refused.path == "body")
      #expect(refused.message.contains("testshire-police") && !refused.message.contains("trust"))
    }
  }

  @Test func `not met against a local route that is met needs a reason`() async throws {
    let neighbours = [complaint(0), complaint(1, by: "k2")]
    try await Procedure(hasLocalRoute: true).place(neighbours) { place, reference in
      #expect(try await place.assessment(reference).assessment.outcome == .met)
      let refused = try await refusal { try await place.decide(reference, met: false) }
      #expect(refused.code == "override-needs-reason" && refused.path == "reason")
      #expect(
        !(try await place.decide(reference, met: false, reason: "A counted twice").decision.met))
      let kept = try await place.context(of: "threshold")?.slice.read {
        try $0.decisions(of: reference)
      }
      #expect(kept?.map(\.recommended) == [.met])
    }
  }
}
