import CaseModel
import Foundation
import Messages
import PolicyLibrary
import Testing
import WorkerKitTesting

@testable import Support
@testable import WorkerKit

/// What a referral does when it is cut off, or has no place to go.
@Suite(.timeLimit(.minutes(1))) struct SendReferralTests {
  /// A case whose referral has been sent, and the effect by which it was.
  private func withSentReferral(
    _ body: (SupportStage, Effect, WorkerContext) async throws -> Void
  ) async throws {
    try await SupportStage.with(onDisk: true) { stage in
      let reference = try await stage.apply(consents: [.toReferral("victim-support")])
      try await stage.assess(reference)
      try await stage.place.settle()
      let context = try #require(stage.place.context(of: "support"))
      let effects = try await context.slice.read {
        try EffectTable.all(in: [.confirmed], limit: 1, in: $0)
      }
      try await body(stage, try #require(effects.first).effect, context)
    }
  }

  @Test func `the file is named by the effect, and tells that it was sent`() async throws {
    try await withSentReferral { stage, effect, context in
      #expect(Array(try stage.letters().keys) == ["\(effect.idempotencyKey).json"])
      let send = SendReferral(effect, PolicyLibrary())
      #expect(try await send.ask(context))
      let file = stage.place.outputDirectory.appending(
        path: "referrals/\(effect.idempotencyKey).json")
      try FileManager.default.removeItem(at: file)
      #expect(try await send.ask(context))
      let other = Effect(kind: effect.kind, key: effect.key, idempotencyKey: "other")
      #expect(try await !SendReferral(other, PolicyLibrary()).ask(context))
    }
  }

  @Test func `what was fetched since a backup is not sent again after it was restored`()
    async throws
  {
    try await withSentReferral { stage, effect, context in
      let key = try ReferralKey(parsing: effect.key)
      // As a restore leaves what was intended at the backup.
      try await context.slice.write { tx in
        try EffectTable.move(effect, from: .confirmed, to: .sending, in: tx)
        try tx.execute("UPDATE referral SET state = 'INTENDED'")
      }
      for name in try stage.letters().keys {
        try FileManager.default.removeItem(
          at: stage.place.outputDirectory.appending(path: "referrals/\(name)"))
      }
      try await stage.place.restart("support")
      try await stage.place.settle()
      #expect(try await stage.support(key.reference).referrals.map(\.state) == [.sent])
      #expect(try stage.letters().isEmpty)
    }
  }

  @Test func `sending again does not ask Intake again`() async throws {
    try await withSentReferral { stage, effect, context in
      let letters = try stage.letters()
      await stage.place.kill("intake")
      try await SendReferral(effect, PolicyLibrary()).perform(context)
      #expect(try stage.letters() == letters)
    }
  }

  @Test func `one that was cut off after the file is found to be sent`() async throws {
    try await withSentReferral { stage, effect, context in
      let key = try ReferralKey(parsing: effect.key)
      try await context.slice.write { tx in
        try EffectTable.move(effect, from: .confirmed, to: .sending, in: tx)
        try tx.execute("UPDATE referral SET state = 'INTENDED'")
      }
      let letters = try stage.letters()
      try await stage.place.restart("support")
      try await stage.place.settle()
      #expect(try await stage.support(key.reference).referrals.map(\.state) == [.sent])
      #expect(try stage.letters() == letters)
    }
  }

  @Test func `without an output directory it does not happen`() async throws {
    try await withSentReferral { _, effect, context in
      let placeless = WorkerContext(
        slice: context.slice, client: context.client, clock: context.clock,
        logger: context.logger, outputDirectory: nil, progress: context.progress)
      let send = SendReferral(effect, PolicyLibrary())
      await #expect(throws: NoOutputDirectory.self) { try await send.perform(placeless) }
      await #expect(throws: NoOutputDirectory.self) { try await send.ask(placeless) }
    }
  }

  @Test func `nothing of the letter is in the slice`() async throws {
    try await withSentReferral { stage, _, _ in
      let folder = stage.place.outputDirectory.deletingLastPathComponent()
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasPrefix("support.sqlite") }
      #expect(!files.isEmpty)
      for file in files {
        let bytes = try Data(contentsOf: folder.appending(path: file))
        for word in ["Applicant One", "960001", "applicant.one", "Large print"] {
          #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) is in \(file)")
        }
      }
    }
  }
}
