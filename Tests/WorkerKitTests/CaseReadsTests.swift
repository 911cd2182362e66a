import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Who has looked into a case", .timeLimit(.minutes(1)))
struct CaseReadsTests {
  private static let target: Metadata = ["recourse-target": "source"]

  private func reads(
    _ reference: String, _ place: TestPlace
  ) async throws -> Recourse_Worker_V1_ListCaseReadsResponse {
    try await Recourse_Worker_V1_CaseReads.Stub(wrapping: place.client).list(
      .with { $0.caseReference = reference }, metadata: Self.target)
  }

  private func tell(
    _ principal: String, of reference: String, for purpose: String, _ fields: [String],
    grounds: String = "", _ place: TestPlace
  ) async throws {
    let reference = try CaseReference(parsing: reference)
    try await place.context(of: "source")?.slice.write { tx in
      try tx.auditDisclosure(
        to: Caller(principal: principal), "source.tell", of: reference, purpose: purpose,
        fields: fields, grounds: grounds)
    }
  }

  private let one = "3HM3-XBSM"
  private let other = "4F7K-2M98"

  @Test func `reads are gathered by day, principal, purpose and fields, newest first`()
    async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      try await tell(
        "support", of: one, for: "support-referral", ["name", "ways"], grounds: "by x", place)
      try await tell("operator", of: one, for: "case-work", ["reason"], place)
      try await tell(
        "support", of: one, for: "support-referral", ["name", "ways"], grounds: "by y", place)
      try await tell("support", of: one, for: "support-referral", ["name"], place)
      try await tell("operator", of: other, for: "case-work", ["reason"], place)
      try await tell("operator", of: one, for: "progress", [], place)
      place.clock.advance(by: 86_400)
      try await tell("operator", of: one, for: "case-work", ["reason"], place)

      let account = try await reads(one.lowercased(), place)
      #expect(!account.more)
      #expect(
        account.reads.map {
          "\($0.readOn) \($0.principal) \($0.purpose) \($0.fields.joined(separator: "+")) \($0.times)"
        } == [
          "2026-03-17 operator case-work reason 1",
          "2026-03-16 support support-referral name 1",
          "2026-03-16 support support-referral name+ways 2",
          "2026-03-16 operator case-work reason 1",
        ])
    }
  }

  @Test func `other rows of the audit are no reads, and a case nobody looked into has none`()
    async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      try await place.context(of: "source")?.slice.write { [one] tx in
        try tx.audit(
          actor: "A. Officer", action: "source.read-decide", subject: one, reason: "met: 3")
      }
      #expect(try await reads(one, place).reads.isEmpty)
      let error = await #expect(throws: RPCError.self) { try await reads("not one", place) }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test func `an account has a bound, and says that there are older ones`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      let reference = try CaseReference(parsing: one)
      for number in 0..<Bounds.caseReadsLimit {
        try await tell("operator", of: one, for: "purpose-\(number)", ["reason"], place)
      }
      var account = try await reads(one, place)
      #expect(account.reads.count == Bounds.caseReadsLimit)
      #expect(!account.more)
      try await tell("operator", of: one, for: "one-more", ["reason"], place)
      account = try await reads(one, place)
      #expect(account.reads.count == Bounds.caseReadsLimit)
      #expect(account.reads.first?.purpose == "one-more")
      #expect(account.more)
      let short = try await place.context(of: "source")?.slice.read {
        try DisclosureTable.account(of: reference, in: $0, rowsLimit: 3)
      }
      #expect(short?.lines.count == 3)
      #expect(short?.hasMore == true)
    }
  }

  @Test func `a day is one of Europe/London`() async throws {
    // 23:30 UTC on 30 June is half past midnight on 1 July there.
    let late = Date(timeIntervalSince1970: 1_782_862_200)
    try await TestPlace.with([Fixture.source], now: late) { place in
      try await tell("operator", of: one, for: "case-work", ["reason"], place)
      #expect(try await reads(one, place).reads.map(\.readOn) == ["2026-07-01"])
    }
  }

  @Test func `what was read before there was this account is in it`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      let migration = try #require(KitSchema.migrations.first { $0.name == "kit-7-disclosures" })
      let reference = one
      try await place.context(of: "source")?.slice.write { tx in
        for (action, reason) in [
          (
            "intake.pass-on-details", "support-referral to victim-support by consent c1: name, ways"
          ),
          ("threshold.read-assessment", "case-work: officer"),
          ("panel.read-review", "progress: nothing personal"), ("source.decide", "met: 3"),
        ] {
          try tx.audit(actor: "support", action: action, subject: reference, reason: reason)
        }
        try tx.execute("DROP TABLE kit_disclosure")
        for statement in migration.sql.split(separator: ";") { try tx.execute(String(statement)) }
      }
      let account = try await reads(one, place)
      #expect(account.reads.map(\.purpose) == ["case-work", "support-referral"])
      #expect(account.reads.map(\.fields) == [["officer"], ["name", "ways"]])
    }
  }
}
