import Broker
import Bus
import CaseModel
import Foundation
import Messages
import Supervisor

/// What an operator should do about what a picture shows.
extension Picture {
  /// Events that a worker may be behind, and may have announced in vain, before that is a problem.
  static let backlogLimit = 1000
  /// Free bytes below which a disk is a problem, and worth a note.
  static let diskLimit: UInt64 = 64 * 1024 * 1024
  static let diskNoteLimit: UInt64 = 1024 * 1024 * 1024
  /// For so many seconds a process that was started again is worth a note.
  static let restartNoteSeconds: Double = 600

  /// In the order of the table.
  var findings: [Finding] {
    workers.filter { $0.standby == nil }.flatMap(findings(of:)) + waitingFindings
      + restartFindings + versionFindings + pluginFindings + leaving
  }

  private func findings(of worker: Worker) -> [Finding] {
    if let failure = worker.failure {
      return [
        .problem(
          "status-failed", worker.name, "It does not say how it is: \(failure.message)",
          wayOut: failure.wayOut)
      ]
    }
    guard let status = worker.status else { return [away(worker.name)] }
    let name = worker.name
    var found: [Finding] = []
    if status.health != .serving {
      let why = status.detail.isEmpty ? "it does not say why" : status.detail
      let code = status.storageFailure.isEmpty ? "not-serving" : status.storageFailure
      let way =
        status.wayOut.isEmpty ? "\(log(of: name).capitalizedSentence) says more." : status.wayOut
      found.append(.problem(code, name, "It does not serve: \(why).", wayOut: way))
    }
    return found + backlog(of: name, status) + work(of: name, status) + room(of: name, status)
  }

  /// A worker that does not answer, with what the supervisor knows of its process.
  private func away(_ name: String) -> Finding {
    if let waiting = waitingForApproval(name) { return waiting }
    guard let entry = supervisor?.entry(name) else {
      return .problem("away", name, "It is not connected.", wayOut: start(of: name))
    }
    return entry.finding(log: log(of: name))
      ?? .problem(
        "away", name, "Its process runs as \(entry.pid ?? 0) and does not answer.",
        wayOut:
          "\(log(of: name)) says why. If it says nothing: recourse restart \(name) --data \(directory.path)"
      )
  }

  /// Whose key is here runs from here; of others only those know who run it.
  private func start(of name: String) -> String {
    directory.keys.hasSecret(of: name)
      ? "Start it: recourse worker \(name) --data \(directory.path). Or see to its network and key."
      : "See to its container or unit, its key and its network; `recourse rights refusals`, beside the "
        + "broker, says whether it was turned away."
  }

  private func backlog(
    of name: String, _ status: Recourse_Worker_V1_StatusResponse
  ) -> [Finding] {
    var found: [Finding] = []
    if lag(of: status) > UInt64(Self.backlogLimit) {
      found.append(
        .problem(
          "behind", name, "\(lag(of: status)) events of the log are yet to be taken into account.",
          wayOut: "It catches up by itself. If the number does not fall, \(log(of: name)) says why."
        ))
    }
    if status.outboxLength > UInt32(Self.backlogLimit) {
      found.append(
        .problem(
          "outbox", name, "\(status.outboxLength) events are announced and not in the log yet.",
          wayOut:
            "They go there by themselves. If the number does not fall, \(log(of: name)) says why."))
    }
    return found
  }

  private func work(
    of name: String, _ status: Recourse_Worker_V1_StatusResponse
  ) -> [Finding] {
    var found: [Finding] = []
    let end = "--worker \(name) --data \(directory.path)"
    if status.parkedEvents > 0 {
      found.append(
        .problem(
          "parked-events", name,
          "Events set aside with their cases because they could not be handled: \(status.parkedEvents).",
          wayOut: "See them with: recourse events parked \(end). Then events retry, or events skip."
        ))
    }
    if status.uncertainEffects > 0 {
      found.append(
        .problem(
          "uncertain-effects", name,
          "Outside effects of which nobody knows whether they happened: \(status.uncertainEffects).",
          wayOut:
            "See them with: recourse effects list --state uncertain \(end). Then effects settle."))
    }
    if status.failingEffects > 0 {
      found.append(
        .problem(
          "failing-effects", name,
          "Outside effects that failed so far and are tried again: \(status.failingEffects).",
          wayOut:
            "See them with: recourse effects list \(end). \(log(of: name).capitalizedSentence) says why."
        ))
    }
    if status.failingTimers > 0 {
      found.append(
        .problem(
          "failing-timers", name,
          "Clocks that ran out and could not be handled so far: \(status.failingTimers).",
          wayOut: "They are tried again by themselves; \(log(of: name)) says why they failed."))
    }
    return found
  }

  private func room(
    of name: String, _ status: Recourse_Worker_V1_StatusResponse
  ) -> [Finding] {
    guard status.diskBytes > 0 else { return [] }
    let free = status.diskFreeBytes
    let message = "Free where its slice is: \(free / 1_048_576) MiB."
    if free < Self.diskLimit {
      return [.problem("disk-full", name, message, wayOut: "Make room now: soon nothing is kept.")]
    }
    return free < Self.diskNoteLimit
      ? [.note("disk-low", name, message, wayOut: "Make room, or move the directory.")] : []
  }

  /// What died lately and runs again, the broker too.
  private var restartFindings: [Finding] {
    (supervisor?.processes.entries ?? []).filter { entry in
      entry.state == .ready && entry.starts > 1
        && seenAt.timeIntervalSince(entry.since) < Self.restartNoteSeconds
    }.map { entry in
      let ending = entry.lastEnding.map { " Its last run \($0)." } ?? ""
      return .note(
        "restarted", entry.name,
        "It was started again and is ready since \(Moment.text(entry.since)), start \(entry.starts).\(ending)",
        wayOut: "\(log(of: entry.name)) says what went before.")
    }
  }

  /// While an installation is upgraded its processes are of two versions.
  private var versionFindings: [Finding] {
    let running =
      [("broker", brokerVersion)]
      + workers.compactMap { worker in
        worker.status.map { (worker.name, $0.version) }
      }
    return running.filter { $0.1 != ProgramVersion.current }.map { name, version in
      .note(
        "other-version", name,
        "It runs version \(version.isEmpty ? "unknown" : version), this command is \(ProgramVersion.current).",
        wayOut: supervisor?.entry(name) == nil
          ? "If no upgrade goes on, start it again from this program."
          : "If no upgrade goes on: recourse restart \(name) --data \(directory.path)")
    }
  }

  /// The supervisor alone keeps a file; what runs apart logs to its container or unit.
  private func log(of name: String) -> String {
    supervisor?.entry(name) == nil ? "its own log" : directory.logFile(of: name)
  }
}

extension ProcessBoard.Entry {
  /// What is wrong with a process that the supervisor has not got ready; nil if it has.
  func finding(log: String) -> Finding? {
    let ending = lastEnding.map { " Its last run \($0)." } ?? ""
    switch state {
    case .ready: return nil
    case .waiting:
      return .problem(
        "waiting", name, "It is not started yet: another process has to be ready first.")
    case .starting:
      return .problem(
        "starting", name, "It is starting as \(pid ?? 0), start \(starts).\(ending)",
        wayOut: "Wait. If it stays so, \(log) says why.")
    case .restarting:
      return .problem(
        "restarting", name, "It failed and is started again at once.\(ending)",
        wayOut: "\(log) says why it failed.")
    case .givenUp:
      let next = nextStart.map(Moment.text) ?? "some time"
      return .problem(
        "given-up", name, "It failed too often and is left alone until \(next).\(ending)",
        wayOut:
          "Put right what \(log) says; it is tried again by itself, or at once: recourse restart \(name)."
      )
    case .stopped:
      return .problem("stopped", name, "It has ended.\(ending)", wayOut: "\(log) says why.")
    }
  }

  var json: JSON {
    .object([
      ("name", .text(name)), ("state", .text(state.rawValue)),
      ("pid", pid.map { .number(Int($0)) } ?? .null), ("starts", .number(starts)),
      ("since", .text(Moment.text(since))), ("lastEnding", lastEnding.map { .text($0) } ?? .null),
      ("nextStart", nextStart.map { .text(Moment.text($0)) } ?? .null),
    ])
  }
}
