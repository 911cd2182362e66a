import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Decides an appeal. One about the handling that is upheld opens the threshold decision again, for
/// somebody else to sign; the decision appealed against stands until then.
struct DecideAppeal: Sendable {
  let number: Int
  let outcome: KeptAppeal.Outcome
  /// Somebody who has not signed a decision of the case.
  let officer: String
  /// For whom and as what; empty for who hears such appeals by the procedure.
  let capacity: String
  let reason: String
  let library: PolicyLibrary

  /// Where it is opened again, it is assessed with what has come in since the decision.
  /// - Throws: the refusals `unknown-case`, `unknown-appeal`, `appeal-already-decided`,
  ///   `same-officer` and `capacity-needed`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> KeptAppeal {
    let application = try tx.openApplication(reference)
    var standing = try tx.decisionStanding(of: reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    try standing.readDueDays(in: tx, pack.calendar, of: reference)
    var appeal = try openAppeal(standing, reference)
    guard !standing.hasSigned(officer) else {
      throw Refusal(
        .state, code: "same-officer", path: "officer",
        message: "An appeal is decided by somebody who has signed no decision of \(reference).")
    }
    let verdict = KeptAppeal.Verdict(
      outcome: outcome, decidedOn: tx.today, officer: try tx.officer(officer, using: &generator),
      capacity: try decidingCapacity(pack, appeal.subject), reason: reason)
    try tx.keep(verdict, ofAppeal: number, of: reference)
    appeal.verdict = verdict
    try tx.announceDecided(appeal, verdict, of: application)
    let clocks = CaseClocks(library: library)
    try clocks.stop(.appeal, round: number, of: reference, in: tx)
    if outcome == .referredBack, appeal.subject == .handling,
      let round = try tx.decisionStanding(of: reference).openNumber
    {
      // To be decided again: counted from here.
      let today = tx.today
      try clocks.start(
        .decide, round: round,
        given: [.receipt: today, .acknowledgement: today, .information: today], of: application,
        in: tx)
    }
    try AssessThreshold(library: library).applyAnew(application, in: tx)
    try tx.audit(
      actor: officer, action: "threshold.decide-appeal", subject: reference.description,
      words: reason)
    return appeal
  }

  private func decidingCapacity(
    _ pack: PolicyPack, _ subject: AppealPolicy.Subject
  ) throws -> String {
    guard capacity.isEmpty else { return capacity }
    let handler = pack.appeal(about: subject)?.handler ?? ""
    guard !handler.isEmpty else {
      throw Refusal(
        .input, code: "capacity-needed", path: "capacity",
        message:
          "The procedure is not known to say who hears such an appeal; say for whom and as what "
          + "the officer decides it.")
    }
    return handler
  }

  private func openAppeal(
    _ standing: DecisionStanding, _ reference: CaseReference
  ) throws -> KeptAppeal {
    guard let appeal = standing.appeals.first(where: { $0.number == number }) else {
      let open = standing.appeals.filter { $0.verdict == nil }.map { String($0.number) }
      throw Refusal(
        .notFound, code: "unknown-appeal", path: "number",
        message: "\(reference) has no appeal \(number); "
          + (open.isEmpty ? "none is open." : "open: \(open.joined(separator: ", "))."))
    }
    if let verdict = appeal.verdict {
      throw Refusal(
        .state, code: "appeal-already-decided", path: "number",
        message: "Appeal \(number) of \(reference) was decided on \(verdict.decidedOn).")
    }
    return appeal
  }
}
