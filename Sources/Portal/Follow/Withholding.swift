import Messages
import SwiftProtobuf

/// What somebody wrote about a case is shown to its person only if it names nobody else that is protected: Intake, which
/// knows the names, is asked. What it stops at, and all of it where it cannot be asked, is left out until a person has
/// looked at it.
struct Withholding: Sendable {
  let workers: Workers
  let reference: String
  var words = Words.all

  /// Which words a page shows. Others are taken out without asking: each question is put on record, and forced to the disk,
  /// and a page says that something is left out only where it would have stood.
  struct Words: OptionSet, Sendable, Hashable {
    let rawValue: Int

    /// Why it was decided so; while it is put off, why it waits.
    static let ofDecision = Words(rawValue: 1)
    /// Why appeals ended as they did.
    static let ofAppeals = Words(rawValue: 2)
    /// What the panel found and recommended.
    static let ofReview = Words(rawValue: 4)
    static let all: Words = [.ofDecision, .ofAppeals, .ofReview]
    /// For a page that shows nothing that others wrote.
    static let none: Words = []
  }

  /// Takes out what may not be shown.
  /// - Returns: true if something was that the page would have shown.
  func withhold(
    _ kept: inout Recourse_Threshold_V1_GetAssessmentResponse?,
    _ review: inout Recourse_Panel_V1_GetReviewResponse?
  ) async -> Bool {
    // The letter gives the reason of one of both.
    let isPutOff = kept?.deferredUntil.isEmpty == false
    if words != .all {
      if !words.contains(.ofDecision) || isPutOff { kept?.reason = "" }
      if !words.contains(.ofDecision) || !isPutOff { kept?.deferralReason = "" }
    }
    if !words.contains(.ofAppeals) {
      for index in kept?.appeals.indices ?? 0..<0 { kept?.appeals[index].decisionReason = "" }
    }
    if !words.contains(.ofReview) {
      review?.reason = ""
      review?.mapWords { _, _ in "" }
    }
    var parts: [Recourse_Intake_V1_TextPart] = []
    func add(_ name: String, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      parts.append(
        .with {
          $0.name = name
          $0.text = text
        })
    }
    add("reason", kept?.reason)
    add("deferral", kept?.deferralReason)
    for appeal in kept?.appeals ?? [] { add("appeal-\(appeal.number)", appeal.decisionReason) }
    add("review", review?.reason)
    review?.mapWords { name, text in
      add(name, text)
      return text
    }
    guard !parts.isEmpty else { return false }
    let hits = await hits(in: parts)
    guard !hits.isEmpty else { return false }
    if hits.contains("reason") { kept?.reason = "" }
    if hits.contains("deferral") { kept?.deferralReason = "" }
    for index in kept?.appeals.indices ?? 0..<0 {
      if hits.contains("appeal-\(kept?.appeals[index].number ?? 0)") {
        kept?.appeals[index].decisionReason = ""
      }
    }
    if hits.contains("review") { review?.reason = "" }
    review?.mapWords { name, text in hits.contains(name) ? "" : text }
    return true
  }

  /// Parts that are asked about in one call; Intake takes 64.
  static let partsInCall = 50

  private func hits(in parts: [Recourse_Intake_V1_TextPart]) async -> Set<String> {
    var hits: Set<String> = []
    for begin in stride(from: 0, to: parts.count, by: Self.partsInCall) {
      hits.formUnion(
        await call(Array(parts[begin..<min(begin + Self.partsInCall, parts.count)])))
    }
    return hits
  }

  private func call(_ parts: [Recourse_Intake_V1_TextPart]) async -> Set<String> {
    let guarding = Recourse_Intake_V1_Guard.Stub(wrapping: workers.client)
    do {
      let answer = try await guarding.checkText(
        .with {
          $0.caseReference = reference
          $0.protected = [.allegedPerpetrator, .otherVictims]
          $0.reader = CaseFacts.applicant
          $0.parts = parts
        }, options: Workers.limit)
      return answer.clear ? [] : Set(answer.hits)
    } catch {
      return Set(parts.map(\.name))
    }
  }
}

extension Recourse_Panel_V1_GetReviewResponse {
  /// Puts something in the place of all that was written about recommendations, in every round.
  /// - Parameter change: gets a name that no other has, and the words.
  fileprivate mutating func mapWords(_ change: (String, String) -> String) {
    for index in recommendations.indices {
      recommendations[index].mapWords("recommendation-\(index)", change)
    }
    for index in earlierRecommendations.indices {
      earlierRecommendations[index].mapWords("earlier-\(index)", change)
    }
  }
}

extension Recourse_Panel_V1_Recommendation {
  fileprivate mutating func mapWords(_ name: String, _ change: (String, String) -> String) {
    text = change(name, text)
    guard hasFollowUp else { return }
    followUp.answerReason = change(name + "-answer", followUp.answerReason)
    followUp.reportText = change(name + "-report", followUp.reportText)
    followUp.evidence = change(name + "-evidence", followUp.evidence)
  }
}
