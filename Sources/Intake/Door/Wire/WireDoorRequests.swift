import Foundation
import Messages
import PolicyLibrary
import WorkerKit

/// Without the white space around it; the refusal does not repeat it.
/// - Parameter missing: what to say where there is none; nil where there may be none.
/// - Throws: the refusals `missing` and `too-long`.
func doorText(
  _ written: String, path: String, limit: Int, missing: String? = nil
) throws -> String {
  let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
  if let missing, !text.contains(where: \.isLetter) {
    throw Refusal(.input, code: "missing", path: path, message: missing)
  }
  guard text.count <= limit else {
    throw Refusal(
      .input, code: "too-long", path: path, message: "Expected \(limit) characters at most.")
  }
  return text
}

/// The language that somebody reads in; empty where it was not said.
/// - Throws: the refusal `unknown-value`.
func doorLanguage(_ text: String) throws -> String {
  guard ["", "en", "cy"].contains(text) else {
    throw Refusal(
      .input, code: "unknown-value", path: "language", message: "Expected one of en, cy.")
  }
  return text
}

extension StartDraft {
  /// How what an officer keys in came.
  private static let keyedIn: [Recourse_Intake_V1_Application.Channel] = [
    .phone, .paper, .inPerson, .assisted, .email,
  ]

  /// - Throws: the refusals `missing`, `too-long`, `unknown-value` and `contradiction`.
  init(
    _ request: Recourse_Intake_V1_StartDraftRequest, _ library: PolicyLibrary
  ) throws {
    let officer = try doorText(request.officer, path: "officer", limit: DoorBounds.nameLimit)
    let channel: Recourse_Intake_V1_Application.Channel =
      request.channel == .unspecified && officer.isEmpty ? .web : request.channel
    let expected = officer.isEmpty ? [.web, .assisted] : Self.keyedIn
    guard expected.contains(channel) else {
      throw Refusal(
        .input, code: "contradiction", path: "channel",
        message: (officer.isEmpty
          ? "Nobody is said to key it in" : "It is keyed in by somebody")
          + "; expected one of: \(expected.map(\.formName).joined(separator: ", ")).")
    }
    self.init(
      area: request.area, language: try doorLanguage(request.language), channel: channel.formName,
      officer: officer, library: library)
  }
}
