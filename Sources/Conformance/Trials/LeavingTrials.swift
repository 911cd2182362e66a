import CaseModel
import Foundation
import Messages
import PluginPackages

/// Leaving, consent and memory.
enum LeavingTrials {
  /// Its input ends in the middle of its work.
  static func drainInTime(_ exam: Exam) async throws -> Verdict {
    let seconds = ConformanceBounds.drainLimit.components.seconds
    let mend =
      "The end of standard input means: take nothing new, finish what is open within 5 s, leave "
      + "with status 0; PluginMain does it. After \(seconds) s a supervisor ends the process."
    return try await exam.onStage { stage in
      if let obstacle = await stage.begin() { return obstacle }
      // An answer that takes longer than the drain may.
      stage.cast.behave { _, _ in .hesitates(.seconds(60)) }
      try await stage.feed(Exam.cases, rounds: Exam.rounds)
      guard let process = stage.process else { return .passedOver("it has no process") }
      process.closeInput()
      switch await process.ending(within: ConformanceBounds.drainLimit) {
      case .exited(0): return .holds
      case nil: return .broken(seen: "it was still there after \(seconds) s", mend: mend)
      case .some(let ending):
        return .broken(seen: "it \(ending)\(process.state.value.lastWords)", mend: mend)
      }
    }
  }

  /// A consent is given and withdrawn.
  static func consentWithdrawn(_ exam: Exam) async throws -> Verdict {
    let manifest = exam.description.manifest
    let withdrawals = manifest.subscribes.filter { $0.hasSuffix("ConsentWithdrawn") }
    guard !withdrawals.isEmpty else {
      return .passedOver("it does not ask to be told of consents that are withdrawn")
    }
    let events = manifest.publishes.flatMap(MessageSchema.known.types).filter(acknowledges)
    let calls = manifest.calls.filter(acknowledges)
    guard !events.isEmpty || !calls.isEmpty else {
      return .passedOver("it declares no event and no call by which it would acknowledge one")
    }
    let seconds = ConformanceBounds.acknowledgeLimit.components.seconds
    let mend =
      "When ConsentWithdrawn comes, forget or stop what rests on it and say so by "
      + "\((events + calls).joined(separator: " or "))."
    return try await exam.onStage { stage in
      if let obstacle = await stage.begin() { return obstacle }
      try await stage.feed(Exam.cases)
      _ = await stage.settles()
      let passedOn = await !stage.consequences().isEmpty
      let cases = Exam.cases.map(stage.inventedCase)
      let withdrawn = withdrawals.flatMap { type in cases.compactMap { stage.event(type, of: $0) } }
      try await stage.cast.announce(withdrawn, of: [])
      _ = await stage.settles(within: ConformanceBounds.acknowledgeLimit)
      let announced = await stage.consequences().announced
      let called = stage.cast.calls.value.map(\.method)
      for one in cases {
        let key = one.reference.key.description
        let isAnnounced = announced.contains { events.contains($0.type) && $0.key == key }
        guard isAnnounced || !Set(calls).isDisjoint(with: called) else {
          guard passedOn else {
            return .passedOver("it had passed nothing on that would rest on the consent")
          }
          return .broken(
            seen: "\(seconds) s after the withdrawal nothing had been acknowledged", mend: mend)
        }
      }
      return .holds
    }
  }

  private static func acknowledges(_ name: String) -> Bool {
    name.contains("Withdraw") || name.contains("Acknowledge")
  }

  /// Many events, and then its memory.
  static func memoryBound(_ exam: Exam) async throws -> (Verdict, bytes: Int?) {
    let bytes = Watched<Int?>(nil)
    let limit = ConformanceBounds.memoryLimit
    let verdict = try await exam.onStage { stage in
      if let obstacle = await stage.begin() { return obstacle }
      let types = stage.ordinaryTypes.count
      if types > 0 {
        let cases = max(1, ConformanceBounds.memoryEvents / types)
        try await stage.feed(1_000..<(1_000 + cases))
        _ = await stage.settles(within: ConformanceBounds.memoryTimeLimit)
      }
      guard let used = stage.process?.memoryBytes else {
        return .broken(
          seen: stage.trouble("it ended"), mend: "Many events are no reason to end: keep going.")
      }
      bytes.update { $0 = used }
      guard used > limit else { return .holds }
      return .broken(
        seen: "\(used / 1_048_576) MiB are in use, \(limit / 1_048_576) MiB at most",
        mend: "Keep what you have taken in your slice, and in memory only what is bounded.")
    }
    return (verdict, bytes.value)
  }
}
