public import CaseEvents
import CaseModel
public import Messages
public import Policy
public import ThresholdRules

/// What a letter or a screen about a case is made from: the assessment as it is kept, the pack that it names,
/// and the complaints' days and bodies, from the log. Nothing of it is anybody's name or address. It asks
/// nobody and reads no clock: whoever makes it hands it what workers have answered.
public struct CaseOnPaper: Sendable {
  /// Such as `3HM3-XBSM`.
  public let reference: String
  /// As Threshold answered, for whatever purpose it was asked.
  public let kept: Recourse_Threshold_V1_GetAssessmentResponse
  /// What the rules say now.
  public let assessment: Assessment
  /// What they said when the decision was signed; what they say now where that was not kept.
  public let signedOn: Assessment
  /// The procedure of the case.
  public let pack: PolicyPack
  /// The review, where the threshold was decided met and Panel has opened it.
  public let review: Recourse_Panel_V1_GetReviewResponse?
  /// What is known of each complaint from the log.
  public let complaints: [ComplaintFacts]
  /// What happened in the case.
  public let timeline: CaseTimeline

  /// - Parameters:
  ///   - kept: what Threshold answers; a letter is made from an answer to the purpose `LETTER`.
  ///   - events: those of the case, in any order.
  ///   - timeline: of the same events, where somebody has read them already: reading them is most of the work.
  ///   - pack: the one that the assessment names by its digest (``packDigest(of:)``).
  ///   - review: what Panel answers; nil where no review is owed.
  /// - Throws: ``CaseLetterError`` `not-assessed-yet` and `unknown-rule`.
  public init(
    reference: String, kept: Recourse_Threshold_V1_GetAssessmentResponse,
    events: [Recourse_Bus_V1_LoggedEvent], timeline: CaseTimeline? = nil, pack: PolicyPack,
    review: Recourse_Panel_V1_GetReviewResponse?
  ) throws(CaseLetterError) {
    guard let assessment = try Assessment(kept) else { throw .notAssessed }
    self.reference = reference
    self.kept = kept
    self.assessment = assessment
    self.signedOn =
      kept.hasDecisionAssessment
      ? try Assessment(
        kept.decisionAssessment, policyName: kept.policyName, policyVersion: kept.policyVersion)
      : assessment
    self.pack = pack
    self.review = review
    self.complaints = events.compactMap(ComplaintFacts.init)
    self.timeline = timeline ?? CaseTimeline(events)
  }

  /// The digest of the pack under which a case was assessed.
  /// - Throws: ``CaseLetterError`` `not-assessed-yet`.
  public static func packDigest(
    of kept: Recourse_Threshold_V1_GetAssessmentResponse
  ) throws(CaseLetterError) -> String {
    guard kept.hasAssessment else { throw .notAssessed }
    return kept.assessment.policyDigest
  }

  /// A body by the name that people know it by.
  public func name(of body: String) -> String { pack.body(body)?.name ?? body }
}

extension CaseLetterError {
  fileprivate static let notAssessed = CaseLetterError(
    .notAssessedYet, "The case is not assessed yet.")
}
