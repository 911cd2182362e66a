import CaseEvents
import CaseLetters
import CaseModel
import Messages
import Policy

/// What the workers answered about one case, before it is read as ``CaseFacts``. What a worker does not have, because
/// the case has not got that far, is nil.
struct CaseAnswers: Sendable {
  let own: Recourse_Intake_V1_GetOwnCaseResponse
  /// Of the log.
  let timeline: CaseTimeline
  let pack: PolicyPack
  var lender: PolicyPack?
  /// What letters are made from; nil while Threshold has not assessed the case.
  var paper: CaseOnPaper?
  var review: Recourse_Panel_V1_GetReviewResponse?
  var support: Recourse_Support_V1_GetSupportResponse?
  var notices: [Recourse_Correspondence_V1_Notice] = []
  /// By the worker whose record it is.
  var reads: [(worker: String, answer: Recourse_Worker_V1_ListCaseReadsResponse)] = []
  /// Something that was written may name somebody who is protected, and was taken out.
  var withheld = false
  /// Workers that could not be asked.
  var away: [String] = []
}
