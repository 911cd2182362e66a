import CaseModel
import GRPCCore
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Reporting

@Suite(.timeLimit(.minutes(1))) struct ReportingWorkerTests {
  @Test func `with nothing announced every figure is nought`() async throws {
    try await ReportingStage.with { stage in
      let figures = try await stage.statutory("2026-04-01", "2027-03-31")
      #expect(
        [
          figures.applications, figures.thresholdNotMet, figures.reviews,
          figures.reviewsWithRecommendations,
        ].allSatisfy { $0.count == 0 && $0.cases.isEmpty })
      #expect(figures.hasApplications && figures.hasReviewsWithRecommendations)
      #expect(figures.logPosition == 0)
      #expect(figures.parkedEvents == 0)
    }
  }

  @Test func `each figure is dated by its own event, and both ends are included`() async throws {
    try await ReportingStage.with { stage in
      let cases = ReportingStage.references(4)
      try await stage.received(cases[3], on: "2026-04-01")
      try await stage.received(cases[1], on: "2026-04-30")
      try await stage.received(cases[0], on: "2026-03-31")
      try await stage.received(cases[2], on: "2026-05-01")
      try await stage.decided(cases[0], met: false, on: "2026-04-10")
      try await stage.decided(cases[1], met: true, on: "2026-04-10")
      try await stage.held(cases[1], on: "2026-04-29")
      try await stage.recommended(cases[1], on: "2026-05-01")
      let april = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(april.applications.cases == [cases[1], cases[3]].map(\.description))
      #expect(april.applications.count == 2)
      #expect(april.thresholdNotMet.cases == [cases[0].description])
      #expect(april.reviews.cases == [cases[1].description])
      #expect(april.reviewsWithRecommendations.count == 0)
      let may = try await stage.statutory("2026-05-01", "2026-05-31")
      #expect(may.applications.cases == [cases[2].description])
      #expect(may.reviewsWithRecommendations.cases == [cases[1].description])
    }
  }

  @Test func `an application that is withdrawn stays in the figures, and is no "not met"`()
    async throws
  {
    try await ReportingStage.with { stage in
      let cases = ReportingStage.references(3)
      for reference in cases { try await stage.received(reference, on: "2026-04-01") }
      try await stage.withdrawn(cases[0], on: "2026-04-02")
      try await stage.decided(cases[1], met: false, on: "2026-04-10")
      try await stage.withdrawn(cases[1], on: "2026-04-11")
      // One that was held before, and is recorded after.
      try await stage.withdrawn(cases[2], on: "2026-04-20")
      try await stage.held(cases[2], on: "2026-04-19")
      let april = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(april.applications.cases == cases.map(\.description))
      #expect(april.thresholdNotMet.cases == [cases[1].description])
      #expect(april.reviews.cases == [cases[2].description])
      #expect(april.parkedEvents == 0)
    }
  }

  @Test func `a case is reviewed once, and its recommendations count once, by the first day`()
    async throws
  {
    try await ReportingStage.with { stage in
      let reference = try #require(ReportingStage.references(1).first)
      for day in ["2026-04-20", "2026-05-20"] {
        try await stage.held(reference, on: day)
        try await stage.recommended(reference, on: day)
        try await stage.recommended(reference, on: day)
      }
      let april = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(april.reviews.count == 1)
      #expect(april.reviewsWithRecommendations.count == 1)
      let may = try await stage.statutory("2026-05-01", "2026-05-31")
      #expect(may.reviews.count == 0)
      #expect(may.reviewsWithRecommendations.count == 0)
      let both = try await stage.statutory("2026-04-01", "2026-05-31")
      #expect(both.reviews.cases == [reference.description])
    }
  }

  @Test func `a case that is decided not met twice counts twice`() async throws {
    try await ReportingStage.with { stage in
      let reference = try #require(ReportingStage.references(1).first)
      try await stage.decided(reference, met: false, on: "2026-04-10")
      try await stage.decided(reference, met: false, on: "2026-04-24")
      let april = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(april.thresholdNotMet.count == 2)
      #expect(april.thresholdNotMet.cases == [reference.description, reference.description])
    }
  }

  @Test(
    arguments: [
      (nil, true, 1), (nil, false, 1), ("count-original", true, 1), ("net", true, 0),
      ("net", false, 1),
    ] as [(String?, Bool, UInt32)])
  func `a decision after an appeal counts as the case's procedure says`(
    reversal: String?, met: Bool, count: UInt32
  ) async throws {
    try await ReportingStage.with { stage in
      let reference = try #require(ReportingStage.references(1).first)
      let digest = try await stage.publish(ReportingStage.document(reversal: reversal))
      try await stage.decided(reference, met: false, on: "2026-04-10", number: 1, digest: digest)
      try await stage.decided(reference, met: met, on: "2026-04-24", number: 2, digest: digest)
      try await stage.held(reference, on: "2026-04-30")
      let april = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(april.thresholdNotMet.count == count)
      #expect(april.reviews.cases == [reference.description])
      #expect(april.parkedEvents == 0)
    }
  }

  @Test func `a decision after an appeal under a pack that is not here counts the original`()
    async throws
  {
    try await ReportingStage.with { stage in
      let reference = try #require(ReportingStage.references(1).first)
      try await stage.decided(reference, met: false, on: "2026-04-10", number: 1)
      try await stage.decided(
        reference, met: true, on: "2026-04-24", number: 2, digest: "no such digest")
      let april = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(april.thresholdNotMet.count == 1 && april.parkedEvents == 0)
      #expect(april.reversedOnAppeal == [reference.description])
    }
  }

  @Test func `the position that the figures stand at is the log's`() async throws {
    try await ReportingStage.with { stage in
      let cases = ReportingStage.references(3)
      for reference in cases { try await stage.received(reference, on: "2026-04-02") }
      let figures = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(figures.logPosition == (try await stage.place.logHead()))
      #expect(figures.logPosition == 3)
      #expect(figures == (try await stage.statutory("2026-04-01", "2026-04-30")))
    }
  }

  @Test func `an event that makes no sense is told with the figures`() async throws {
    try await ReportingStage.with { stage in
      let cases = ReportingStage.references(2)
      try await stage.received(cases[0], on: "yesterday")
      try await stage.decided(cases[0], met: false, on: "2026-04-02")
      try await stage.received(cases[1], on: "2026-04-02")
      let figures = try await stage.statutory("2026-04-01", "2026-04-30")
      #expect(figures.parkedEvents == 2, "it, and what came after it in its case")
      #expect(figures.applications.cases == [cases[1].description])
      #expect(figures.thresholdNotMet.count == 0)
    }
  }

  @Test func `a period that is none is refused by its path`() async throws {
    try await ReportingStage.with { stage in
      let error = await #expect(throws: RPCError.self) {
        try await stage.statutory("2026-04-30", "2026-04-01")
      }
      let refusal = try #require(error.flatMap(Refusal.init))
      #expect(refusal.kind == .input)
      #expect(refusal.path == "period")
    }
  }
}
