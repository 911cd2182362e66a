import CaseModel
import GRPCCore
import Messages
import Policy
import SwiftProtobuf
import WordsGuard
import WorkerKit

/// The calls about a case's clocks, and about what is late.
extension ThresholdService {
  func changeClock(
    request: Recourse_Threshold_V1_ChangeClockRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_ChangeClockResponse {
    let handler = ChangeClock(
      stage: request.stage, kind: try ChangeClock.Kind(request),
      officer: try signature(
        request.officer, "A clock is changed by a named person; expected a name."),
      reason: try grounds(request.reason, "A clock is changed with a reason; expected one."),
      library: library)
    let words = [GuardedWords("reason", handler.reason)]
    return try await carryOut("threshold.change-clock", request, guarding: words) { reference, tx in
      var generator = makeGenerator()
      let view = try handler.apply(reference, in: tx, using: &generator)
      return .with { $0.clock = .init(view) }
    }
  }

  func recordDelayNotice(
    request: Recourse_Threshold_V1_RecordDelayNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordDelayNoticeResponse {
    let handler = RecordDelayNotice(
      stage: request.stage, toldOn: try optionalDate(request.toldOn, path: "toldOn"),
      officer: try text(request.officer, path: "officer", limit: Limits.officer),
      caller: Caller(call).principal)
    return try await carryOut("threshold.record-delay-notice", request) { reference, tx in
      let outcome = try handler.apply(reference, in: tx)
      return .with {
        $0.delay = .init(outcome.delay)
        $0.repeated = outcome.repeated
      }
    }
  }
}

extension Recourse_Threshold_V1_ChangeClockRequest: GuardedRequest {}
extension Recourse_Threshold_V1_ChangeClockResponse: CommandResponse {}
extension Recourse_Threshold_V1_RecordDelayNoticeRequest: CommandRequest {}
extension Recourse_Threshold_V1_RecordDelayNoticeResponse: CommandResponse {}

extension ChangeClock.Kind {
  /// - Throws: the refusals `missing` and `unexpected`.
  fileprivate init(_ request: Recourse_Threshold_V1_ChangeClockRequest) throws {
    guard request.change == .extended || request.workingDays == 0 else {
      throw Refusal(
        .input, code: "unexpected", path: "workingDays",
        message: "Only an extension has a number of working days.")
    }
    switch request.change {
    case .paused: self = .pause
    case .resumed: self = .resume
    case .extended: self = .extend(Int(request.workingDays))
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "change",
        message: "Expected one of PAUSED, RESUMED, EXTENDED.")
    }
  }
}

extension Recourse_Threshold_V1_ClockReading {
  init(_ view: ClockView) {
    self.init()
    let running = view.clock.running
    stage = running.clock.stage.rawValue
    anchorOn = running.anchor.description
    endedOn = view.clock.endedOn?.description ?? ""
    let isEnded = view.clock.endedOn != nil
    dueOn = isEnded ? "" : view.due?.description ?? ""
    doneOn = isEnded ? "" : view.clock.doneOn?.description ?? ""
    paused = running.isPaused && view.clock.doneOn == nil
    late = view.isLate
    daysAdded = UInt32(view.daysAdded)
    source = running.source
    nobodyAsked = view.isNobodyAsked
    changes = zip(running.changes, view.clock.grounds).map { change, ground in
      .with {
        $0.change = .init(change)
        $0.changedOn = change.on.description
        if case .extended(let days, _) = change { $0.workingDays = UInt32(days) }
        $0.officer = ground.officer
        $0.reason = ground.reason
      }
    }
  }
}

extension Recourse_Threshold_V1_Delay {
  init(_ delay: KeptDelay) {
    self.init()
    stage = delay.stage.rawValue
    dueOn = delay.dueOn.description
    onBreach = delay.onBreach.rawValue
    toldOn = delay.toldOn?.description ?? ""
  }
}

extension SliceTransaction {
  /// A stage is late: the applicant must be told why.
  func announceLate(
    _ clock: KeptClock, due: CalendarDate, of application: KeptApplication
  ) throws {
    try emit(
      Recourse_Threshold_V1_DelayNoticeOwed.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.stage = clock.stage.rawValue
        $0.dueOn = due.description
        $0.onBreach = clock.running.clock.onBreach.rawValue
      }, key: application.reference.key)
  }

  /// The applicant knows of it.
  func announceTold(
    _ delay: KeptDelay, on day: CalendarDate, of application: KeptApplication
  ) throws {
    try emit(
      Recourse_Threshold_V1_DelayNoticeGiven.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.stage = delay.stage.rawValue
        $0.dueOn = delay.dueOn.description
        $0.toldOn = day.description
      }, key: application.reference.key)
  }

  /// Without the officer's name and reason.
  func announceChanged(
    _ clock: KeptClock, _ change: RunningClock.Change, due: CalendarDate?,
    of application: KeptApplication
  ) throws {
    try emit(
      Recourse_Threshold_V1_ClockChanged.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.stage = clock.stage.rawValue
        $0.change = .init(change)
        $0.changedOn = change.on.description
        $0.dueOn = due?.description ?? ""
      }, key: application.reference.key)
  }
}

extension Recourse_Threshold_V1_ClockChanged.Change {
  fileprivate init(_ change: RunningClock.Change) {
    self =
      switch change {
      case .paused: .paused
      case .resumed: .resumed
      case .extended: .extended
      }
  }
}
