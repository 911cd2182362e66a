import Bus
import GRPCCore
import Messages
import SwiftProtobuf

/// The services that the broker answers itself, frame by frame: the event log and the directory.
extension BrokerCore {
  /// True if a method is of a service that the broker answers.
  func isHosted(_ method: String) -> Bool {
    let service = method.prefix { $0 != "/" }
    return service == LogCore.service || service == LogCore.backupService
      || service == Self.directoryService
  }

  mutating func host(_ frame: Frame, _ fields: RouteFields, _ caller: Call.End) {
    let isList = fields.method == "\(Self.directoryService)/List"
    guard isList || logLoad.takes(frame, opening: fields.method, kept: log.keptSize) else {
      return answer(caller, .resourceExhausted, Self.logIsBusy)
    }
    let id = begin(frame, caller, .hosted, fields)
    guard let call = calls[id] else { return }
    var machine = StreamMachine(role: .handler, session: caller.session, stream: caller.stream)
    if isList {
      close(call)
      return list(&machine, frame, caller.session)
    }
    let rights = sessions[caller.session]?.rights ?? .none
    let steps = log.open(
      call.id, method: fields.method, machine: machine, frame: frame, now: now, rights: rights)
    perform(steps, call, bytes: frame.body?.count)
    resumeLog()
  }

  mutating func hosted(_ frame: Frame, _ call: Call) {
    guard frame.kind == .cancel || logLoad.takes(frame, kept: log.keptSize) else {
      close(call)
      return answer(
        call.caller, .resourceExhausted, Self.logIsBusy, sequence: call.calleeSequence)
    }
    perform(log.receive(frame, call.id, now: now), call, bytes: frame.body?.count)
    resumeLog()
  }

  private static let logIsBusy = "the log has too much to do just now"

  mutating func finishLog(_ result: LogResult) {
    logLoad.finish(result)
    log.now = now
    noteForeign(result)
    perform(log.finish(result))
    resumeLog()
  }

  /// After the log was kept still, what waited goes on.
  mutating func resumeLog() {
    guard let (requests, steps) = log.resume() else { return }
    for (request, bytes) in requests {
      logLoad.ask(request, bytes: bytes)
      act(.log(request))
    }
    perform(steps)
  }

  mutating func perform(_ steps: [(UInt64, [LogCore.Step])]) {
    for (id, steps) in steps {
      if let call = calls[id] { perform(steps, call) }
    }
  }

  /// - Parameter bytes: of the message that the steps follow from.
  private mutating func perform(_ steps: [LogCore.Step], _ call: Call, bytes: Int? = nil) {
    for step in steps {
      switch step {
      case .send(let frame):
        calls[call.id]?.calleeSequence = frame.sequence &+ 1
        if frame.kind == .credit, call.account != Accounts.none,
          let slot = calls.slot(of: call.id)
        {
          giveBack(grantIn: frame, slot)
        }
        send(frame, to: call.caller.session)
      case .ask(let request):
        logLoad.ask(request, bytes: bytes ?? 0)
        act(.log(request))
      case .refused(let kind, let detail): record(kind, detail, call.caller.session)
      case .ended: close(call)
      }
    }
  }

  private mutating func list(_ machine: inout StreamMachine, _ frame: Frame, _ session: UInt64) {
    _ = try? machine.receive(frame)
    var response = Recourse_Bus_V1_DirectoryResponse()
    response.logHead = log.head
    response.brokerProcessID = settings.processID
    response.brokerVersion = ProgramVersion.current
    response.sessions = sessions.numbers.compactMap { sessions[$0] }.map { session in
      var entry = Recourse_Bus_V1_Session()
      entry.worker = session.worker
      entry.instance = session.instance
      entry.processID = session.processID
      entry.services = session.services.map(\.name).sorted()
      entry.offers = session.services.map(\.message)
      entry.draining = session.isDraining
      entry.standby = session.isStandby
      entry.openCalls = UInt32(clamping: session.answering.count)
      return entry
    }
    response.waiting = waitingPrincipals.list(now: now).map { waiting in
      .with {
        $0.principal = waiting.principal
        $0.why = waiting.why
      }
    }
    let list: WireBytes? = try? response.serializedBytes()
    guard let list, list.count <= WireLimits.bodyBytesLimit else {
      let status = Status(code: .resourceExhausted, message: "the list is too long for a message")
      return send(machine.status(StatusFields(status: status)), to: session)
    }
    let status = StatusFields(status: Status(code: .ok, message: ""))
    send(machine.status(status, message: list), to: session)
  }
}
