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
    grounds: String = "", visit: Duration = .zero, _ place: TestPlace
  ) async throws {
    let reference = try CaseReference(parsing: reference)
    try await place.context(of: "source")?.slice.write { tx in
      try tx.auditDisclosure(
        to: Caller(principal: principal), "source.tell", of: reference, purpose: purpose,
        fields: fields, grounds: grounds, visit: visit)
    }
  }

  private let one = "3HM3-XBSM"
  private let other = "4F7K-2M98"

  /// How often each has looked, of whoever is on record.
  private func times(_ reference: String, _ place: TestPlace) async throws -> [String: Int] {
    let account = try await reads(reference, place)
    return account.reads.reduce(into: [:]) {
      $0["\($1.principal) \($1.purpose) \($1.fields.joined(separator: "+"))", default: 0] +=
        Int($1.times)
    }
  }

  @Test func `the same told to the same again is one visit, until the visit is over`() async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      func look(_ reference: String, as principal: String, _ fields: [String]) async throws {
        try await tell(
          principal, of: reference, for: "letter", fields, visit: Bounds.visitLimit, place)
      }
      for _ in 0..<3 { try await look(one, as: "portal", ["reason"]) }
      #expect(try await times(one, place) == ["portal letter reason": 1])
      // Anything else is on record, however soon.
      try await look(one, as: "portal", ["reason", "officer"])
      try await look(one, as: "operator", ["reason"])
      try await look(other, as: "portal", ["reason"])
      try await tell("portal", of: one, for: "letter", ["reason"], grounds: "by x", place)
      #expect(
        try await times(one, place) == [
          "portal letter reason": 2, "portal letter reason+officer": 1,
          "operator letter reason": 1,
        ])
      #expect(try await times(other, place) == ["portal letter reason": 1])
      place.clock.advance(by: 601)
      try await look(one, as: "portal", ["reason"])
      #expect(try await times(one, place)["portal letter reason"] == 3)
    }
  }

  @Test func `a visit is no longer than its bound, and each is recorded where none is named`()
    async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      func look(_ visit: Duration) async throws {
        try await tell("portal", of: one, for: "letter", ["reason"], visit: visit, place)
      }
      try await look(.zero)
      try await look(.zero)
      #expect(try await times(one, place) == ["portal letter reason": 2])
      place.clock.advance(by: 601)
      try await look(.seconds(86_400))
      #expect(try await times(one, place) == ["portal letter reason": 3])
    }
  }

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
