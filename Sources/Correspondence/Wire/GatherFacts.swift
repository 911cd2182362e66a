import CaseLetters
import CaseModel
import CorrespondenceRules
import Letters
import Messages
import Policy
import PolicyLibrary
import WorkerKit

/// Gathers what notices of a case are made from. Threshold and Panel are asked once for all of them, and not at all where
/// nothing that is written needs it.
struct GatherFacts {
  let reference: CaseReference
  let library: PolicyLibrary
  /// Where readers follow their case.
  let follow: FollowPage?

  /// - Throws: if the case's own pack is not here.
  func gather(for owed: [KeptOwed], _ context: WorkerContext) async throws -> GatheredFacts {
    let calls = ThresholdCalls(context)
    // Whoever is asked has taken the newest into account of what these follow from.
    let position = owed.map(\.position).max() ?? 0
    let assessment = await Answer(
      isNeeded: owed.contains { $0.notice.kind.needsAssessment }
    ) { try await calls.assessment(of: reference, after: position) }
    let review = await Answer(isNeeded: owed.contains { $0.notice.kind.needsReview }) {
      try await calls.review(of: reference, after: position)
    }
    let choice = await Answer(isNeeded: owed.contains { $0.notice.kind == .invitation }) {
      try await IntakeCalls(context).choice(of: reference)
    }
    try Task.checkCancellation()
    return try await context.slice.read { [reference, library, follow] slice in
      let events = try slice.events(of: reference)
      let day = CaseFacts.receivedOn(in: events) ?? owed.first?.owedOn
      let digests = Set(owed.map(\.policyDigest)).sorted()
      let lenders = try library.lenders(in: slice)
      let lender = day.flatMap { lenders.defaultPack(on: $0) }
      let packs = try digests.map { digest in
        let pack = try library.pack(digest, in: slice)
        let logged = CaseFacts.logged(reference, events, pack: pack, lender: lender)
        return (digest, GatheredFacts.Procedure(pack: pack, logged: logged))
      }
      return GatheredFacts(
        events: events, packs: Dictionary(packs, uniquingKeysWith: { one, _ in one }),
        lender: lender, assessment: assessment, review: review, choice: choice, follow: follow)
    }
  }

  /// What another worker said, or why it did not.
  enum Answer<Value: Sendable>: Sendable {
    case said(Value?)
    case failed(any Error)

    init(isNeeded: Bool, _ ask: () async throws -> Value?) async {
      do { self = .said(isNeeded ? try await ask() : nil) } catch { self = .failed(error) }
    }

    func get() throws -> Value? {
      switch self {
      case .said(let value): value
      case .failed(let error): throw error
      }
    }
  }
}

/// What notices of one case are made from.
struct GatheredFacts: Sendable {
  /// A pack, with the case under it as its events tell of it.
  struct Procedure: Sendable {
    let pack: PolicyPack
    let logged: Result<LoggedCase, CaseLetterError>
  }

  let events: [KeptEvent]
  /// By digest.
  let packs: [String: Procedure]
  let lender: PolicyPack?
  let assessment: GatherFacts.Answer<Recourse_Threshold_V1_GetAssessmentResponse>
  let review: GatherFacts.Answer<Recourse_Panel_V1_GetReviewResponse>
  /// How the applicant takes part.
  let choice: GatherFacts.Answer<Letter.Invitation.Choice>
  let follow: FollowPage?

  /// - Throws: why a worker whom it needs did not answer.
  func facts(of owed: KeptOwed) throws -> CaseFacts {
    guard let procedure = packs[owed.policyDigest] else {
      throw PolicyLibraryError.unknown(owed.policyDigest)
    }
    let kind = owed.notice.kind
    return CaseFacts(
      owed: owed, events: events, pack: procedure.pack, lender: lender,
      assessment: kind.needsAssessment ? try assessment.get() : nil,
      review: kind.needsReview ? try review.get() : nil, follow: follow,
      logged: procedure.logged, choice: kind == .invitation ? try choice.get() : nil)
  }
}
