import CaseModel
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct CaseListTests {
  @Test func `a case is listed as soon as it is submitted`() async throws {
    try await IntakeStage.with { stage in
      let response = try await stage.submit()
      let page = try await stage.listCases(atLeast: response.logPosition)
      #expect(page.cases.map(\.caseReference) == [response.caseReference])
      #expect(page.cases.map(\.area) == ["plymouth"])
      #expect(page.cases.map(\.receivedOn) == ["2026-03-16"])
      #expect(!page.more)
    }
  }

  @Test func `pages are bounded and together hold every case once`() async throws {
    try await IntakeStage.with { stage in
      let application = try ApplicationForm.read(
        json: Examples.json("not-met"), shelf: PackFixture.shelf(),
        now: .at("2026-06-30T12:00:00Z"))
      let count = ListCases.pageLimit + 1
      let written = try await stage.slice.write { tx in
        var generator = Counting(state: 1)
        return try (0..<count).map { _ in
          try ReceiveApplication(application: application, submittedBy: "OFFICER")
            .apply(in: tx, using: &generator).description
        }
      }
      let first = try await stage.listCases()
      #expect(first.cases.count == ListCases.pageLimit)
      #expect(first.more)
      let second = try await stage.listCases(after: first.cases.last?.caseReference ?? "")
      #expect(!second.more)
      #expect((first.cases + second.cases).map(\.caseReference) == written.sorted())
    }
  }
}
