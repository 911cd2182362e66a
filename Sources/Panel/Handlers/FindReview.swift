import CaseModel
import WorkerKit

extension SliceReader {
  /// The review of a case that a caller asks about.
  /// - Throws: the refusals `unknown-case` and `no-review`.
  func knownReview(_ reference: CaseReference) throws -> KeptReview {
    if let review = try review(of: reference) { return review }
    guard try receipt(of: reference) != nil else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference); check the reference letter by letter.")
    }
    throw Refusal(
      .notFound, code: "no-review", path: "caseReference",
      message:
        "No review of \(reference) is owed: it has not been decided that the threshold is met.")
  }
}
