import Foundation
import Messages

/// What brokers of other versions say, and what a plugin makes of it.
enum HandshakeTrials {
  /// A broker without any optional feature.
  static func old(_ exam: Exam) async throws -> Verdict {
    try await greeted(exam, .welcoming { $0.features = [] })
  }

  /// One with a feature that nobody knows yet.
  static func unknownFeature(_ exam: Exam) async throws -> Verdict {
    try await greeted(exam, .welcoming { $0.features.append("tomorrow") })
  }

  /// One whose WELCOME has more fields.
  static func unknownField(_ exam: Exam) async throws -> Verdict {
    try await greeted(exam, .welcoming({ _ in }, thenAppending: ProtoWriter.unknownField))
  }

  private static func greeted(_ exam: Exam, _ script: BrokerScript) async throws -> Verdict {
    try await exam.onStage(script) { stage in
      if let obstacle = await stage.begin() { return obstacle }
      guard exam.rehearsal.tells else { return .holds }
      return try await stage.works(
        mend: "Use a feature only if WELCOME names it, and ignore what you do not know.") ?? .holds
    }
  }

  /// One that speaks only a later version.
  static func new(_ exam: Exam) async throws -> Verdict {
    let mend =
      "A peer that is refused with WIRE_VERSION ends with another status than 0 and one line that "
      + "says why; it offers version 1 as long as the promises page names it."
    return try await exam.onStage(.speakingOnly(2)) { stage in
      let process = stage.startPlugin()
      let seconds = ConformanceBounds.leaveLimit.components.seconds
      switch await process.ending(within: ConformanceBounds.leaveLimit) {
      case nil:
        return .broken(
          seen: "refused with WIRE_VERSION, it was still there after \(seconds) s", mend: mend)
      case .exited(0):
        return .broken(seen: "refused with WIRE_VERSION, it ended with status 0", mend: mend)
      case .exited:
        guard process.state.value.lastLine != nil else {
          return .broken(seen: "it left without a word of why", mend: mend)
        }
        return .holds
      case .some(let ending):
        return .broken(seen: "refused with WIRE_VERSION, it \(ending)", mend: mend)
      }
    }
  }
}
