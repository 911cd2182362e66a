import CaseModel
import CorrespondenceRules
import WorkerKit

/// Tells Threshold what a notice that was sent is evidence of: that the applicant knows, or that a body does; and takes it
/// back where the notice did not arrive after all. Threshold takes the same once.
enum TellEvidence {
  static let effect = "tell-evidence"

  static let route = EffectRoute.on(
    effect, perform: perform,
    // Asking is telling once more: Threshold takes the same once.
    ask: { _, _ in false },
    confirmed: { effect, tx in
      try tx.audit(
        actor: CorrespondenceWorker.name,
        action: Word(effect.key).takenBackOf == nil
          ? "correspondence.tell-evidence" : "correspondence.take-evidence-back",
        subject: Word(effect.key).noticeID)
    },
    abandoned: { effect, refused, tx in
      try tx.audit(
        actor: CorrespondenceWorker.name, action: "correspondence.evidence-not-taken",
        subject: Word(effect.key).noticeID, reason: refused?.reason ?? "given-up")
    })

  /// - Throws: `EffectRefused` with Threshold's code if it has it on record otherwise.
  private static func perform(_ effect: Effect, _ context: WorkerContext) async throws {
    let word = Word(effect.key)
    let (notice, owed) = try await read(word, context)
    guard let evidence = owed.notice.evidence else { return }
    let calls = ThresholdCalls(context)
    let (reference, position) = (notice.reference, owed.position)
    if let day = word.takenBackOf {
      return try await calls.takeBack(
        evidence, on: day, of: reference, after: position, key: effect.idempotencyKey)
    }
    guard notice.state.isEvidence, let day = notice.sentOn else { return }
    try await calls.tell(
      evidence, on: day, of: reference, after: position, key: effect.idempotencyKey)
    // It may have come back while Threshold was told, and that word may have been there first.
    guard try await !read(word, context).0.state.isEvidence else { return }
    try await calls.takeBack(
      evidence, on: day, of: reference, after: position, key: "\(effect.idempotencyKey)-back")
  }

  private static func read(
    _ word: Word, _ context: WorkerContext
  ) async throws -> (KeptNotice, KeptOwed) {
    try await context.slice.read { slice in
      let notice = try slice.notice(word.noticeID)
      return (notice, try slice.owed(notice.owedID))
    }
  }

  /// What an effect is about, as its key has it: the notice, which of its steps, and the day whose evidence is taken back.
  private struct Word {
    let noticeID: String
    /// Nil where evidence is told.
    let takenBackOf: CalendarDate?

    init(_ key: String) {
      let parts = key.split(separator: "/").map(String.init)
      noticeID = parts.first ?? key
      takenBackOf = parts.count > 2 ? CalendarDate(parts[2]) : nil
    }
  }
}

extension SliceTransaction {
  /// Has Threshold told of what a notice is evidence of.
  func tellEvidence(of notice: KeptNotice) throws {
    guard try owed(notice.owedID).notice.evidence != nil else { return }
    try intend(TellEvidence.effect, key: "\(notice.id)/\(try steps(of: notice).count)")
  }

  /// Has Threshold told that it is evidence of nothing.
  /// - Parameter day: that of the evidence.
  func takeEvidenceBack(of notice: KeptNotice, on day: CalendarDate) throws {
    guard try owed(notice.owedID).notice.evidence != nil else { return }
    try intend(TellEvidence.effect, key: "\(notice.id)/\(try steps(of: notice).count)/\(day)")
  }
}
