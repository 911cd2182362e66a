import CaseModel
import WorkerKit

extension SliceReader {
  /// The application of a case that a caller asks about.
  /// - Throws: the refusal `unknown-case`.
  func knownApplication(_ reference: CaseReference) throws -> KeptApplication {
    guard let application = try application(of: reference) else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference); check the reference letter by letter.")
    }
    return application
  }

  /// The same, of a case in which something is still to be decided.
  /// - Throws: the refusals `unknown-case` and `withdrawn`.
  func openApplication(_ reference: CaseReference) throws -> KeptApplication {
    let application = try knownApplication(reference)
    guard let day = application.withdrawnOn else { return application }
    throw Refusal(
      .state, code: "withdrawn",
      message: "The application of \(reference) was withdrawn on \(day); nothing is asked or "
        + "decided in it any more. Who still needs a review applies again.")
  }

  /// What the rules said of a case that a caller asks about.
  /// - Throws: the refusal `not-assessed-yet`, which asks to try again.
  func knownAssessment(_ reference: CaseReference) throws -> KeptAssessment {
    guard let assessment = try assessment(of: reference) else {
      throw Refusal(
        .tryAgain, code: "not-assessed-yet",
        message: "Not all complaints of \(reference) have arrived here yet; try again.")
    }
    return assessment
  }
}
