import CaseModel
import PanelRules
import WorkerKit

/// Shows where a review stands. It may hold what a panel wrote, so that the reading is put on record.
struct ShowReview: Sendable {
  let purpose: Disclosure.Purpose
  /// Who asks.
  let caller: Caller

  struct View: Sendable {
    let review: KeptReview
    let panelDay: PanelDay?
    let state: State
    let reversal: Reversal?
    /// The day on which the application was taken back; nil if it was not.
    let withdrawnOn: CalendarDate?
    /// What may be told of what was written.
    let fields: [Disclosure.Field]
    /// What became of what was recommended, of all rounds and in their order.
    let followUps: [FollowedUp]
    let today: CalendarDate
  }

  /// A recommendation with what became of it.
  struct FollowedUp: Sendable {
    let text: String
    let kept: KeptFollowUp
    let words: KeptWords
  }

  /// Worked out from what is kept, never kept itself.
  enum State: Sendable, Hashable {
    case owed
    case scheduled
    case blocked(Block)
    case held(KeptMeeting)
    /// The application was taken back before the panel met.
    case withdrawn
  }

  /// - Throws: the refusals `unknown-case` and `no-review`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> View {
    let review = try tx.knownReview(reference)
    let fields = try caller.fields(Disclosure.minimum(for: purpose), for: purpose.rawValue)
    try tx.auditDisclosure(
      to: caller, "panel.read-review", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue),
      visit: purpose == .letter ? Bounds.visitLimit : .zero)
    let panelDay = try tx.panelDay(of: reference)
    let withdrawnOn = try tx.withdrawnOn(reference)
    let state: State =
      if let meeting = try tx.meeting(of: reference) {
        .held(meeting)
      } else if withdrawnOn != nil {
        .withdrawn
      } else if panelDay != nil {
        .scheduled
      } else if let block = try tx.block(of: reference) {
        .blocked(block)
      } else {
        .owed
      }
    return View(
      review: review, panelDay: panelDay, state: state,
      reversal: try tx.reversal(of: reference), withdrawnOn: withdrawnOn, fields: fields,
      followUps: try followUps(of: reference, in: tx), today: tx.today)
  }

  private func followUps(
    of reference: CaseReference, in slice: SliceReader
  ) throws -> [FollowedUp] {
    let texts = try slice.recommendationTexts(of: reference)
    return try slice.followUps(of: reference).map { kept, words in
      FollowedUp(text: texts[kept.key] ?? "", kept: kept, words: words)
    }
  }
}

extension Block {
  /// Why no day was found, in words: a sentence for each body that never can, or one for those that
  /// cannot together.
  func explanation(in language: Language) -> String {
    guard reason.code == .bodyNeverAvailable else { return reason.rendered(in: language) }
    return bodies.map { body in
      let others = reason.details.filter { $0.name != "body" }
      return Reason(.bodyNeverAvailable, [.init("body", body)] + others).rendered(in: language)
    }.joined(separator: " ")
  }
}
