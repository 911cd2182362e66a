import CaseModel
import PanelRules
import WorkerKit

/// Which recommendation a request is about, as people count.
struct WhichRecommendation: Sendable, Hashable {
  /// From 1.
  let number: Int
  /// Of the review; nil: the newest in which the panel met.
  let round: Int?
}

extension SliceReader {
  /// The recommendation that a caller names.
  /// - Throws: the refusals `unknown-case`, `no-review`, `no-recommendations` and `unknown-recommendation`.
  func knownFollowUp(
    _ which: WhichRecommendation, of reference: CaseReference
  ) throws -> KeptFollowUp {
    let review = try knownReview(reference)
    let all = try followUps(of: reference).map(\.kept)
    guard let newest = all.last?.key.round else {
      throw Refusal(
        .state, code: "no-recommendations", path: "caseReference",
        message: "No recommendation in \(reference) is on record; `panel hold` records what a "
          + "panel recommends.")
    }
    let round = which.round ?? newest
    let made = all.filter { $0.key.round == round }
    if let found = made.first(where: { $0.key.number == which.number }) { return found }
    let expected =
      made.isEmpty
      ? "The panel made none in round \(round) of \(review.round)."
      : "Expected 1 to \(made.count)" + (newest > 1 ? " in round \(round)." : ".")
    throw Refusal(
      .notFound, code: "unknown-recommendation", path: made.isEmpty ? "round" : "number",
      message: "There is no such recommendation. \(expected)")
  }
}
