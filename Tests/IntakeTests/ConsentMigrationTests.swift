import CaseModel
import Foundation
import IntakeRules
import Messages
import PolicyDocuments
import PolicyLibrary
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Consents of before it was kept whose they are.
@Suite(.timeLimit(.minutes(3))) struct ConsentMigrationTests {
  @Test
  func `an authority is that of the first victim who is somebody else, all else the applicant's`()
    async throws
  {
    let reference = try CaseReference(parsing: "0000-0000")
    let before = Worker(
      name: "intake",
      migrations: Array(IntakeMigrations.all.prefix { $0.name != "later-consents" }))
    try await TestPlace.with([before], now: try .at("2026-06-30T12:00:00Z"), onDisk: true) {
      place in
      let old = try #require(place.context(of: "intake")?.slice)
      try await old.write { tx in
        try PolicyLibrary().keep(
          document: BuiltInPolicyDocuments.plymouth,
          digest: PolicyDocument.digest(of: BuiltInPolicyDocuments.plymouth), in: tx)
        try Self.keepCase(reference, in: tx)
      }
      await place.kill("intake")
      try await place.start(Worker(name: "intake", migrations: IntakeMigrations.all))
      let slice = try #require(place.context(of: "intake")?.slice)
      let ledger = try await slice.read { try $0.consents(of: reference) }
      #expect(ledger.answers.map(\.id) == ["a", "b", "c"])
      #expect(ledger.answers.map(\.subject.person) == [.victim(1), .applicant, .applicant])
      #expect(ledger.answers.map(\.answer) == [.given, .given, .refused])
      let victims = try await slice.read { try $0.victims(of: reference) }
      #expect(ledger.awaited(victims) == [.authority(of: 2)])
    }
  }

  private static func keepCase(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let value = SQLValue.text(reference.description)
    try tx.execute(
      """
      INSERT INTO application VALUES (
        ?, 'plymouth', 'WEB', 0, '2026-03-16', ?, 'OFFICER', 'salt', '', '', '', 0, '{}', '', '')
      """, value, .text(PolicyDocument.digest(of: BuiltInPolicyDocuments.plymouth)))
    for (place, same) in [(0, true), (1, false), (2, false)] {
      try tx.execute(
        """
        INSERT INTO party VALUES (?, 'VICTIM', ?, ?, '', ?, '', '', '', '', '', '', '', 0, '')
        """, value, .integer(place), .bool(same), .text(same ? "" : "Somebody"))
    }
    for (id, purpose, given) in [
      ("a", "THIRD_PARTY_AUTHORITY", true), ("b", "SHARE_WITH_RELEVANT_BODIES", true),
      ("c", "FEEDBACK", false),
    ] {
      try tx.execute(
        "INSERT INTO consent VALUES (?, ?, ?, '', ?, '2026-01', 0)", .text(id), value,
        .text(purpose), .bool(given))
    }
  }
}
