import Bus
import GRPCCore
import Messages
import PluginPackages
import Synchronization

/// Others refuse, or answer too late.
enum CallTrials {
  /// Whoever it calls refuses for a while.
  static func refusal(_ exam: Exam) async throws -> Verdict {
    if let nothing = exam.nothingToTell { return nothing }
    guard exam.rehearsal.calls else { return .passedOver("it calls nobody") }
    let mend =
      "Let the error of a call be thrown by `gather`: the kit tries again and sets the event aside "
      + "after \(ConformanceBounds.attemptsLimit) attempts at the most; other cases flow."
    for code in [RPCError.Code.permissionDenied, .failedPrecondition] {
      let verdict = try await exam.onStage { stage in
        stage.cast.behave { _, _ in .refuses(code) }
        if let obstacle = await stage.begin() { return obstacle }
        try await stage.feed(Exam.cases)
        _ = await stage.settles(within: ConformanceBounds.refusedFor)
        let calls = stage.cast.calls.value.count
        let events = stage.ordinaryTypes.count * Exam.cases.count
        guard stage.process?.isAlive == true else {
          return .broken(seen: stage.trouble("it ended"), mend: mend)
        }
        if calls > events * ConformanceBounds.attemptsLimit {
          return .broken(
            seen: "refused with \(code), it called \(calls) times for \(events) events", mend: mend)
        }
        stage.cast.behave { _, _ in .answers }
        return try await stage.works(mend: mend) ?? .holds
      }
      guard verdict == .holds else { return verdict }
    }
    return .holds
  }

  /// Its first call ends before the answer comes, which comes all the same.
  static func lateAnswer(_ exam: Exam) async throws -> Verdict {
    if let nothing = exam.nothingToTell { return nothing }
    guard exam.rehearsal.calls else { return .passedOver("it calls nobody") }
    let mend =
      "A call that is over stays over: what comes for it later is dropped, and the event is tried "
      + "again."
    let methods = Set(exam.description.manifest.calls)
    return try await exam.onStage(.answeringLate(methods)) { stage in
      if let obstacle = await stage.begin() { return obstacle }
      try await stage.feed(Exam.cases, rounds: Exam.rounds)
      guard await stage.settles() else {
        return .broken(seen: stage.trouble("it did not take the events in"), mend: mend)
      }
      let difference = await stage.consequences().difference(from: exam.rehearsal.consequences)
      return difference.map { .broken(seen: $0, mend: mend) } ?? .holds
    }
  }
}

extension BrokerScript {
  /// The first call of one of the methods is over for the plugin before its answer comes.
  static func answeringLate(_ methods: Set<String>) -> BrokerScript {
    var script = BrokerScript()
    let calls = CallTracker()
    let late = Mutex<UInt64?>(nil)
    script.toBroker = { frame in
      calls.look(frame)
      return [frame]
    }
    script.toPlugin = { frame in
      guard frame.kind == .data || frame.kind == .status,
        let method = calls.method(of: frame.stream), methods.contains(method),
        MessageSchema.owner(of: method) != "bus"
      else { return [frame] }
      let isFirst = late.withLock { late in
        if late == nil { late = frame.stream }
        return late == frame.stream
      }
      guard isFirst else { return [frame] }
      let status = StatusFields(
        status: Status(code: .deadlineExceeded, message: "the call took too long"))
      let over = Frame(
        .status, session: frame.session, stream: frame.stream, fields: status.encoded())
      return [over, frame]
    }
    return script
  }
}
