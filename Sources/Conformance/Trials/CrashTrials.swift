import Bus
import Messages
import SwiftProtobuf

/// The plugin or the broker ends in the middle of something.
enum CrashTrials {
  /// The plugin is killed before it hears that what it announced is kept, and started again.
  static func halfWay(_ exam: Exam) async throws -> Verdict {
    if let nothing = exam.nothingToTell { return nothing }
    let mend =
      "Write state, the mark of what was read and what follows from it in one transaction, number "
      + "what is announced, and intend effects before they are carried out: the kit's slice does it."
    let wire = HalfWay()
    return try await exam.onStage(wire.script) { stage in
      stage.outside.behave(.silent)
      if let obstacle = await stage.begin() { return obstacle }
      try await stage.feed(Exam.cases, rounds: Exam.rounds)
      await halfWay(stage, wire)
      await stage.killPlugin()
      stage.outside.behave(.accepts)
      stage.follow(.plain)
      if let obstacle = await stage.begin() { return obstacle }
      guard await stage.settlesOrWaitsForAPerson() else {
        return .broken(seen: stage.trouble("started again, it did not get on"), mend: mend)
      }
      let difference = await stage.consequences().difference(from: exam.rehearsal.consequences)
      return difference.map { .broken(seen: $0, mend: mend) } ?? .holds
    }
  }

  /// The broker goes before it has said that what was announced is kept, and comes again.
  static func brokerRestart(_ exam: Exam) async throws -> Verdict {
    let mend =
      "Greet the broker again when the connection is lost, read on from the mark, and send again "
      + "what was not acknowledged; the kit does it."
    let wire = HalfWay()
    return try await exam.onStage(wire.script) { stage in
      if let obstacle = await stage.begin() { return obstacle }
      guard exam.rehearsal.tells else {
        try await stage.restartBroker()
        return await stage.settles()
          ? .holds : .broken(seen: stage.trouble("it did not come back"), mend: mend)
      }
      try await stage.feed(Exam.cases, rounds: Exam.rounds)
      await halfWay(stage, wire)
      try await stage.restartBroker()
      guard await stage.settles() else {
        return .broken(seen: stage.trouble("it did not get on"), mend: mend)
      }
      let difference = await stage.consequences().difference(from: exam.rehearsal.consequences)
      return difference.map { .broken(seen: $0, mend: mend) } ?? .holds
    }
  }

  /// Returns once the plugin has announced something, sent something or called somebody, whichever it does.
  private static func halfWay(_ stage: Stage, _ wire: HalfWay) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await wire.hasAppended.wait(within: ConformanceBounds.halfWayLimit) { $0 }
      }
      group.addTask {
        await stage.outside.requests.wait(within: ConformanceBounds.halfWayLimit) { !$0.isEmpty }
      }
      await group.next()
      group.cancelAll()
    }
  }
}

extension Stage {
  /// True once it is settled, or nothing is left but what a person has to decide.
  func settlesOrWaitsForAPerson() async -> Bool {
    if await settles() { return true }
    guard let status = await status() else { return false }
    return status.uncertainEffects > 0 && status.outboxLength == 0
  }
}

/// Lets what the plugin announces through to the log, and keeps the log's answers back.
final class HalfWay: Sendable {
  /// True once the plugin has sent events to the log.
  let hasAppended = Watched(false)
  private let calls = CallTracker()

  var script: BrokerScript {
    var script = BrokerScript()
    script.toBroker = { [self] frame in
      let method = calls.look(frame)
      if method == EventLogMethods.append, let body = frame.body,
        let batch = try? Recourse_Bus_V1_AppendRequest(serializedBytes: body),
        !batch.events.isEmpty
      {
        hasAppended.update { $0 = true }
      }
      return [frame]
    }
    script.toPlugin = { [self] frame in
      let isAnswer = frame.kind == .data || frame.kind == .status
      return isAnswer && calls.method(of: frame.stream) == EventLogMethods.append ? [] : [frame]
    }
    return script
  }
}
