import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import WordsGuard
import WorkerKit

/// How much a record of a meeting may hold.
enum MeetingLimits {
  /// Characters of a reason or of one recommendation.
  static let text = 10_000
  static let recommendations = 100
}

extension KeptMeeting {
  /// Reads what was recorded of a meeting: a day, a reason, and either recommendations or that there
  /// are none.
  /// - Throws: a refusal with the path of what is wrong; no text is repeated in it.
  init(_ request: Recourse_Panel_V1_HoldRequest) throws {
    guard !request.recommendations.isEmpty || request.none else {
      throw Refusal(
        .input, code: "missing", path: "recommendations",
        message: "Expected what the panel recommends, or that it recommends nothing (none).")
    }
    guard request.recommendations.isEmpty || !request.none else {
      throw Refusal(
        .input, code: "recommendations-and-none", path: "none",
        message: "There are recommendations and it says none; expected one of the two.")
    }
    guard request.recommendations.count <= MeetingLimits.recommendations else {
      throw Refusal(
        .input, code: "too-many", path: "recommendations",
        message: "Expected \(MeetingLimits.recommendations) recommendations at most.")
    }
    self.init(
      heldOn: try day(request.heldOn, path: "heldOn"),
      reason: try text(request.reason, path: "reason"),
      recommendations: try request.recommendations.enumerated().map { index, recommendation in
        KeptRecommendation(
          body: recommendation.body,
          text: try text(recommendation.text, path: "recommendations[\(index)].text"),
          askedBy: try dayIfAny(
            recommendation.doBy, path: "recommendations[\(index)].doBy"))
      })
  }
}

extension KeptMeeting {
  /// Everything that somebody wrote, by the path of its field.
  var words: [GuardedWords] {
    [GuardedWords("reason", reason)]
      + recommendations.enumerated().map { index, recommendation in
        GuardedWords("recommendations[\(index)].text", recommendation.text)
      }
  }
}

/// A text that must be there, without the white space around it.
private func text(_ written: String, path: String) throws -> String {
  let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
  guard !text.isEmpty else {
    throw Refusal(.input, code: "missing", path: path, message: "Expected a text here.")
  }
  guard text.count <= MeetingLimits.text else {
    throw Refusal(
      .input, code: "too-long", path: path,
      message: "Expected \(MeetingLimits.text) characters at most.")
  }
  return text
}

/// What tells one request from another: neither the key that it is repeated under nor the position that
/// it waits for.
extension Recourse_Panel_V1_HoldRequest {
  var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}
