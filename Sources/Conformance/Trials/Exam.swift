import CaseModel
import Foundation
import Messages
import PluginPackages

/// What the trials of one plugin share: what it is, what it did undisturbed, and what came to light.
struct Exam: Sendable {
  let subject: Subject
  let description: PluginDescription
  let evidence: Evidence
  /// What it did when nothing happened to it and events came one after the other; nil if it never got ready.
  let rehearsal: Rehearsal

  /// Runs a trial on a stage of its own, whose evidence is kept.
  func onStage(
    _ script: BrokerScript = .plain, _ body: @Sendable (Stage) async throws -> Verdict
  ) async throws -> Verdict {
    try await Stage.with(subject, description, script: script) { stage in
      let verdict: Result<Verdict, any Error>
      do { verdict = .success(try await body(stage)) } catch { verdict = .failure(error) }
      await evidence.take(stage)
      return try verdict.get()
    }
  }

  /// Cases that are told of in a trial, and how often each event of them.
  static let cases = 1..<4
  static let rounds = 2

  /// Where it takes in nothing that could be made up.
  var nothingToTell: Verdict? {
    rehearsal.tells
      ? nil : .passedOver("it takes in no event that others announce and the check can make up")
  }
}

/// What a plugin does where nothing happens to it.
struct Rehearsal: Sendable {
  /// Nil if it got ready; else how that went.
  let obstacle: Verdict?
  /// True if there was something to tell it.
  let tells: Bool
  let calls: Bool
  let consequences: Consequences

  /// Starts it and tells it the events of each case one by one, each when the one before is done with.
  static func hold(
    _ subject: Subject, _ description: PluginDescription, _ evidence: Evidence
  ) async throws -> Rehearsal {
    try await Stage.with(subject, description) { stage in
      let obstacle = await stage.begin()
      let types = stage.ordinaryTypes
      if obstacle == nil {
        for type in types {
          for number in 1...Exam.rounds { try await stage.tell(type, number: number) }
        }
      }
      let consequences = await stage.consequences()
      await evidence.take(stage)
      return Rehearsal(
        obstacle: obstacle, tells: !types.isEmpty, calls: !stage.cast.calls.value.isEmpty,
        consequences: consequences)
    }
  }
}

extension Stage {
  /// Tells one event of each case, and waits until it is done with.
  fileprivate func tell(_ type: String, number: Int) async throws {
    let cases = Exam.cases.map { index in
      var one = inventedCase(index)
      one.number = number
      return one
    }
    try await cast.announce(cases.compactMap { event(type, of: $0) }, of: cases)
    _ = await settles()
  }

  /// Starts the plugin. Nil once it is ready, else why it is not.
  func begin() async -> Verdict? {
    let process = startPlugin()
    if await process.isReady(within: ConformanceBounds.readyLimit) { return nil }
    let seconds = ConformanceBounds.readyLimit.components.seconds
    let state = process.state.value
    var seen = "it did not say `ready` within \(seconds) s"
    if let ending = state.ending { seen = "instead of saying `ready` it \(ending)" }
    if let status = await status(), !status.detail.isEmpty { seen += "; it says: \(status.detail)" }
    if let line = state.lastLine { seen += "; its last line: \(line)" }
    return .broken(
      seen: seen,
      mend: "Print the line `ready` once you can do your work; PluginMain does it. What is "
        + "unknown in a greeting is ignored, never refused.")
  }

  /// Nil if it is alive and does its work: a fresh case settles. Else what was seen.
  func works(
    afterCase index: Int = 50, mend: String
  ) async throws -> Verdict? {
    try await feed(index..<(index + 1))
    if await settles() { return nil }
    return .broken(seen: trouble("it did not take in a further event"), mend: mend)
  }

  /// What is wrong, with how the process ended if it has.
  func trouble(_ what: String) -> String {
    guard let state = process?.state.value else { return what }
    if let ending = state.ending { return "the process \(ending)\(state.lastWords)" }
    let seconds = ConformanceBounds.settleLimit.components.seconds
    return "\(what) within \(seconds) s\(state.lastWords)"
  }
}

extension PluginProcess.State {
  /// The last line that it wrote, shortened.
  var lastLine: String? {
    log.split(separator: "\n").last.map { String($0.prefix(300)) }
  }

  var lastWords: String { lastLine.map { "; its last line: \($0)" } ?? "" }
}
