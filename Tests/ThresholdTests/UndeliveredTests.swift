import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What was put on record as told and did not arrive is owed again.
@Suite(.timeLimit(.minutes(1))) struct UndeliveredTests {
  private typealias Request = Recourse_Threshold_V1_RecordUndeliveredRequest

  let reference = Fixture.reference()
  /// As Gosport has it: decided so long after the acknowledgement.
  let following = TestPack.with(
    clocks: "stage: acknowledge, period: 3 workingDays, from: receipt",
    "stage: decide, period: 10 workingDays, from: acknowledgement")

  @discardableResult
  private func undelivered(
    _ place: TestPlace, on day: String, key: String = "", _ told: (inout Request) -> Void
  ) async throws -> Recourse_Threshold_V1_RecordUndeliveredResponse {
    var request = Request.with {
      $0.caseReference = reference.description
      $0.toldOn = day
      $0.officer = "correspondence"
      $0.idempotencyKey = key
    }
    told(&request)
    return try await place.threshold.recordUndelivered(request)
  }

  private func refusal(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap(Refusal.init)?.code ?? "\(error)"
    }
  }

  @Test func `the stage is open again, and what is counted from it goes on`() async throws {
    try await Fixture.place(of: [following]) { place in
      try await place.receive(reference, under: following, through: "PAPER")
      try await place.go(to: "2026-03-17")
      try await place.acknowledge(reference)
      let before = try await place.reading(reference, "decide")
      #expect(before.anchorOn == "2026-03-17")

      try await undelivered(place, on: "2026-03-17", key: "k") { $0.acknowledgement = true }
      let open = try await place.reading(reference, "acknowledge")
      #expect(open.doneOn.isEmpty && !open.late)
      #expect(try await place.reading(reference, "decide") == before)
      #expect(try await place.audited("threshold.record-undelivered") == ["correspondence"])
      // The same word is taken once.
      let again = try await undelivered(place, on: "2026-03-17", key: "k") {
        $0.acknowledgement = true
      }
      #expect(again.repeated)

      // Past its day it is late, and the applicant is owed a letter that says so.
      try await place.go(to: "2026-03-20")
      #expect(try await place.reading(reference, "acknowledge").late)
      #expect(try await place.owed("acknowledge").count == 1)
      try await place.acknowledge(reference)
      #expect(try await place.reading(reference, "acknowledge").doneOn == "2026-03-20")
      #expect(try await place.reading(reference, "decide") == before)
    }
  }

  @Test func `a body is owed a notification again, and is told another day`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.recordNotified(reference, "livewest")
      try await undelivered(place, on: Fixture.receivedOn) { $0.body = "livewest" }
      let owed = try await place.assessment(reference).notifications.first {
        $0.body == "livewest"
      }
      #expect(owed?.notifiedOn == "")
      #expect(try await !place.recordNotified(reference, "livewest").repeated)
      let announced = try await place.events(Recourse_Threshold_V1_BodyNotified.self)
      #expect(announced.map(\.body) == ["livewest", "livewest"])
    }
  }

  @Test func `what is not on record so is not taken back`() async throws {
    try await Fixture.place(of: [following]) { place in
      // Whoever is there when it is put in has the reference then: that is nobody's to take back.
      try await place.receive(reference, under: following, through: "WEB")
      let codes = [
        await refusal {
          try await undelivered(place, on: Fixture.receivedOn) { $0.acknowledgement = true }
        },
        await refusal {
          try await undelivered(place, on: Fixture.receivedOn) { $0.body = "city" }
        },
        await refusal {
          try await undelivered(place, on: Fixture.receivedOn) { $0.stage = "decide" }
        },
        await refusal { try await undelivered(place, on: Fixture.receivedOn) { _ in } },
        await refusal { try await undelivered(place, on: "") { $0.acknowledgement = true } },
      ]
      #expect(
        codes == ["not-on-record", "not-on-record", "not-on-record", "missing", "missing"])
      #expect(try await place.reading(reference, "acknowledge").doneOn == Fixture.receivedOn)
      // Of another day neither.
      try await place.recordNotified(reference, "city")
      let other = await refusal {
        try await undelivered(place, on: "2026-03-01") { $0.body = "city" }
      }
      #expect(other == "not-on-record")
    }
  }
}
