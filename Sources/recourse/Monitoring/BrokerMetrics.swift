import Broker
import Bus
import Monitoring

extension MonitoringPages {
  /// A broker's.
  static func broker(_ window: BrokerWindow) -> MonitoringPages {
    MonitoringPages(
      readiness: {
        await window.figures() == nil ? .notReady("the broker does not listen") : .ready
      },
      metrics: {
        guard let figures = await window.figures() else { return Exposition(process: "broker") }
        return Exposition(figures)
      })
  }
}

extension Exposition {
  /// What every process tells.
  init(process: String) {
    self.init()
    add(
      "recourse_build_info", .gauge, "The program that runs; always 1.",
      [Sample(1, Label("version", ProgramVersion.current), Label("process", process))])
  }

  init(_ figures: BrokerFigures) {
    self.init(process: "broker")
    addCalls(figures)
    add("recourse_sessions", .gauge, "Peers that are connected.", figures.sessions)
    add("recourse_standbys", .gauge, "Instances that stand by.", figures.standbys)
    add("recourse_calls_open", .gauge, "Calls that are open.", figures.openCalls)
    add(
      "recourse_calls_waiting", .gauge, "Calls that wait for somebody to answer them.",
      figures.waitingCalls)
    add(
      "recourse_refused_total", .counter, "Peers and frames that were refused.", figures.refusals)
    add(
      "recourse_refused_unheard_total", .counter,
      "Of these, those that were not sent because too many connections have no session.",
      figures.unheardRefusals)
    add(
      "recourse_connections_without_session", .gauge,
      "Connections without a session that are remembered.", figures.strangers)
    add("recourse_log_head", .gauge, "Position of the newest event in the log.", figures.logHead)
    add(
      "recourse_log_waiting_batches", .gauge, "Batches that the log's storage has yet to keep.",
      figures.waitingBatches)
    add(
      "recourse_log_waiting_bytes", .gauge, "Bytes of these batches.", figures.waitingBytes)
    add(
      "recourse_log_waiting_reads", .gauge, "Pages that the log's storage has yet to read.",
      figures.waitingReads)
  }

  private mutating func addCalls(_ figures: BrokerFigures) {
    let called = figures.methods.filter { $0.begun > 0 }
    add(
      "recourse_calls_begun_total", .counter, "Calls that began, by method.",
      called.map { Sample($0.begun, Label("method", $0.name)) })
    add(
      "recourse_calls_total", .counter, "Calls that whoever answers them has ended.",
      called.flatMap { method in
        Self.codes(method.ended).map { code, count in
          Sample(count, Label("method", method.name), Label("code", code))
        }
      })
    add(
      "recourse_calls_ended_by_broker_total", .counter,
      "Calls that the broker has ended or never let begin, by why.",
      Self.codes(figures.ownAnswers).map { Sample($1, Label("code", $0)) })
    add(
      "recourse_call_seconds", "Time from a call's beginning to its answer.",
      called.filter { $0.latencies.contains { $0 > 0 } }.map { method in
        Histogram(
          labels: [Label("method", method.name)], bounds: BrokerFigures.latencyBoundsSeconds,
          counts: method.latencies, sum: method.latencySeconds)
      })
  }

  /// Those that occurred, by the names that gRPC gives its codes.
  private static func codes(_ counts: [UInt64]) -> [(String, UInt64)] {
    zip(codeNames, counts).filter { $1 > 0 }
  }

  private static let codeNames = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
    "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
    "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]
}
