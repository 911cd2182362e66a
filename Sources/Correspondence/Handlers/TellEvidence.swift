import CaseModel
import CorrespondenceRules
import WorkerKit

/// Tells Threshold what a notice that was sent is evidence of: that the applicant knows, or that a body does. Threshold
/// takes the same once.
enum TellEvidence {
  static let effect = "tell-evidence"

  static let route = EffectRoute.on(
    effect,
    perform: { effect, context in
      let (notice, owed) = try await context.slice.read { slice in
        let notice = try slice.notice(effect.key)
        return (notice, try slice.owed(notice.owedID))
      }
      guard let evidence = owed.notice.evidence, let day = notice.sentOn else { return }
      try await ThresholdCalls(context).tell(
        evidence, on: day, of: notice.reference, after: owed.position,
        key: effect.idempotencyKey)
    },
    // Asking is telling once more: Threshold takes the same once.
    ask: { _, _ in false },
    confirmed: { effect, tx in
      try tx.audit(
        actor: CorrespondenceWorker.name, action: "correspondence.tell-evidence",
        subject: effect.key)
    },
    abandoned: { effect, refused, tx in
      try tx.audit(
        actor: CorrespondenceWorker.name, action: "correspondence.evidence-not-taken",
        subject: effect.key, reason: refused?.reason ?? "given-up")
    })
}
