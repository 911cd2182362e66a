import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A named person signs; the rules say what may be signed.
@Suite struct DecisionTests {
  let reference = Fixture.reference()
  let three = [complaint(0), complaint(1), complaint(2)]

  @Test func `a decision by s.104(4) is announced with its route and clause`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      let response = try await place.decide(reference, met: true)
      try await place.settle()
      let decided = try await place.events(
        Recourse_Threshold_V1_ThresholdDecided.self, key: reference.key.description)
      #expect(decided == [response.decision])
      #expect(decided[0].met && decided[0].route == .mandatory && decided[0].clause == "s.104(4)")
      #expect(decided[0].decidedOn == Fixture.receivedOn)
      #expect(decided[0].policyDigest == Fixture.plymouth)
      #expect(response.logPosition == (try await place.logHead()))
    }
  }

  @Test func `the officer's name and words stay in the slice`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      try await place.decide(
        reference, met: true, officer: "Zebedee Marker", reason: "Quokka words")
      for logged in try await place.events() {
        for marker in ["Zebedee", "Quokka"] {
          #expect(logged.event.payload.range(of: Data(marker.utf8)) == nil)
        }
      }
      let shown = try await place.assessment(reference)
      #expect(shown.officer == "Zebedee Marker" && shown.reason == "Quokka words")
      #expect(shown.decision.met)
      #expect(try await place.audited("threshold.decide") == ["Zebedee Marker"])
    }
  }

  @Test func `an officer has the same opaque key in every case`() async throws {
    try await Fixture.place { place in
      var keys: [String] = []
      for (seed, officer) in [
        (1, "O. Núñez"), (2, " O. Núñez "), (3, "Officer Two"), (4, "o nunez"), (5, "O.NÚÑEZ"),
      ] {
        let reference = Fixture.reference(UInt64(seed))
        try await place.announce(reference, three)
        let response = try await place.decide(reference, met: true, officer: officer)
        keys.append(response.decision.officerKey)
      }
      #expect(Set([keys[0], keys[1], keys[3], keys[4]]).count == 1 && keys[0] != keys[2])
      #expect(keys.allSatisfy { $0.count == 32 })
    }
  }

  @Test func `not met is refused where s.104(4) says that it must be met`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      let refused = try await refusal {
        try await place.decide(reference, met: false, reason: "Said no")
      }
      #expect(refused.kind == .state && refused.code == "must-be-met" && refused.path == "met")
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdDecided.self).isEmpty)
    }
  }

  @Test func `met without s.104(4) needs a reason`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0, hate: true), complaint(1)])
      let refused = try await refusal { try await place.decide(reference, met: true, reason: " ") }
      #expect(refused.code == "reason-needed" && refused.path == "reason")

      let response = try await place.decide(reference, met: true, reason: "More can be done")
      #expect(response.decision.route == .local)
      #expect(response.decision.clause == "Plymouth procedure, two reports with hate")
    }
  }

  @Test func `who signs may rest it on s.104(5), and not on a route that is not open`() async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0, hate: true), complaint(1)])
      let refused = try await refusal {
        try await place.decide(reference, met: true, reason: "Harm is great", route: .mandatory)
      }
      #expect(refused.code == "route-not-open")
      let response = try await place.decide(
        reference, met: true, reason: "Harm is great", route: .discretionary)
      #expect(response.decision.route == .discretionary)
      #expect(response.decision.clause == "s.104(5)")
    }
  }

  @Test func `where no count helps, a person may find it met by s.104(5)`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let response = try await place.decide(reference, met: true, reason: "Harm is great")
      #expect(response.decision.route == .discretionary && response.decision.clause == "s.104(5)")
    }
  }

  @Test(arguments: ["", " \n"])
  func `not met without a reason is no decision`(reason: String) async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let refused = try await refusal {
        try await place.decide(reference, met: false, reason: reason)
      }
      #expect(refused.kind == .state && refused.code == "reason-needed" && refused.path == "reason")
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdDecided.self).isEmpty)
    }
  }

  @Test func `Barking and Dagenham, 23-009-253: the reasons are on record with the decision`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      _ = try await refusal { try await place.decide(reference, met: false) }
      #expect(try await !place.assessment(reference).hasDecision)
      try await place.decide(reference, met: false, reason: "One report, and the noise has ended")
      let shown = try await place.assessment(reference)
      #expect(shown.hasDecision && !shown.decision.met)
      #expect(shown.reason == "One report, and the noise has ended")
      #expect(shown.decisionAssessment.routes.allSatisfy { $0.complaints.count == 1 })
    }
  }

  @Test func `without factors in the procedure nothing is met by s.104(5)`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), [complaint(0)])
      let refused = try await refusal {
        try await place.decide(reference, met: true, reason: "Harm is great")
      }
      #expect(refused.kind == .state && refused.code == "route-not-open" && refused.path == "route")
    }
  }

  @Test func `where the procedure names no body, whoever signs says for which one`() async throws {
    let together = TestPack(decides: "")
    try await Fixture.place(of: [together]) { place in
      try await place.announce(reference, under: together, three)
      let refused = try await refusal { try await place.decide(reference, met: true) }
      #expect(refused.kind == .input && refused.code == "body-needed" && refused.path == "body")
      #expect(refused.message.contains("city, homes") && !refused.message.contains("old-health"))
      let decision = try await place.threshold.decide(
        .with {
          $0.caseReference = reference.description
          $0.met = true
          $0.officer = "Officer One"
          $0.body = "homes"
          $0.capacity = "Co-opted provider"
        }
      ).decision
      #expect(decision.body == "homes")
    }
  }

  @Test func `a decision before every body was told is put on record as that`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), three)
      try await place.recordNotified(reference, "city")
      try await place.decide(reference, met: true)
      let told = Fixture.reference(2)
      try await place.announce(told, under: TestPack(), three)
      for body in ["city", "homes"] { try await place.recordNotified(told, body) }
      try await place.decide(told, met: true)
      let recorded = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows(
          "SELECT subject, reason FROM kit_audit WHERE action = 'threshold.decided-before-told'"
        ).map { [try $0.text("subject"), try $0.text("reason")] }
      }
      #expect(
        recorded == [
          [reference.description, "s.104(3): still to be told of the application: 1"]
        ])
    }
  }

  @Test func `not met has neither route nor clause`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let response = try await place.decide(reference, met: false, reason: "Too few")
      #expect(!response.decision.met && response.decision.route == .unspecified)
      #expect(response.decision.clause.isEmpty)
    }
  }

  @Test func `a command that is repeated gives its first result`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      let first = try await place.decide(reference, met: true, key: "k")
      let again = try await place.decide(reference, met: true, key: "k")
      #expect(!first.repeated && again.repeated && again.decision == first.decision)
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdDecided.self).count == 1)
    }
  }

  @Test(arguments: [true, false])
  func `a decision is signed once, whatever the second one says`(met: Bool) async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.decide(reference, met: false, reason: "Too few", key: "first")
      let refused = try await refusal {
        try await place.decide(reference, met: met, reason: "Too few", key: "second")
      }
      #expect(refused.kind == .state && refused.code == "already-decided")
    }
  }

  @Test func `a decision is signed by somebody, about an assessed case`() async throws {
    try await Fixture.place { place in
      let unknown = try await refusal { try await place.decide(reference, met: true) }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      try await place.announce(reference, expecting: 2, [complaint(0)])
      let early = try await refusal { try await place.decide(reference, met: true) }
      #expect(early.kind == .tryAgain && early.code == "not-assessed-yet")
      let unsigned = try await refusal {
        try await place.decide(reference, met: true, officer: " ")
      }
      #expect(unsigned.code == "missing" && unsigned.path == "officer")
      for mark in [".", "-", "7 - 3"] {
        let nameless = try await refusal {
          try await place.decide(reference, met: true, officer: mark)
        }
        #expect(nameless.code == "not-a-name" && nameless.path == "officer")
      }
    }
  }

  @Test func `a reason of more than the limit is refused and not repeated`() async throws {
    try await Fixture.place { place in
      let long = String(repeating: "x", count: Limits.reason + 1)
      let refused = try await refusal {
        try await place.decide(reference, met: true, reason: long)
      }
      #expect(refused.code == "too-long" && refused.path == "reason")
      #expect(!refused.message.contains("xx"))
    }
  }
}
