import Messages
import SwiftProtobuf

/// What somebody wrote about a case is shown to its person only if it names nobody else that is protected: Intake, which
/// knows the names, is asked. What it stops at, and all of it where it cannot be asked, is left out until a person has
/// looked at it.
struct Withholding: Sendable {
  let workers: Workers
  let reference: String
  var words = Words.all

  /// Which words a page shows. Others are left out without asking: each question is put on record, and forced to the disk.
  enum Words: Sendable, Hashable {
    case all
    /// Why appeals ended as they did, and nothing else.
    case ofAppeals
  }

  /// Takes out what may not be shown.
  /// - Returns: true if something was that the page would have shown.
  func withhold(
    _ kept: inout Recourse_Threshold_V1_GetAssessmentResponse?,
    _ review: inout Recourse_Panel_V1_GetReviewResponse?
  ) async -> Bool {
    if words == .ofAppeals {
      kept?.reason = ""
      kept?.deferralReason = ""
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
