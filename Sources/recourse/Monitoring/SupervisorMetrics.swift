import Monitoring
import Supervisor

extension MonitoringPages {
  /// The supervisor's, who knows of its processes whether they run, and nothing of what they do.
  static func supervisor(
    _ board: @escaping @Sendable () -> ProcessBoard
  ) -> MonitoringPages {
    MonitoringPages(
      readiness: {
        let away = board().entries.filter { $0.state != .ready }
        guard !away.isEmpty else { return .ready }
        return .notReady(away.map { "\($0.name) is \($0.state.words)" }.joined(separator: ", "))
      },
      metrics: { Exposition(board()) })
  }
}

extension Exposition {
  init(_ board: ProcessBoard) {
    self.init(process: "supervisor")
    add(
      "recourse_process_ready", .gauge, "1 if the process runs and has said that it is ready.",
      board.entries.map { Sample($0.state == .ready ? 1 : 0, Label("name", $0.name)) })
    add(
      "recourse_process_given_up", .gauge, "1 while it is left alone because it failed too often.",
      board.entries.map { Sample($0.state == .givenUp ? 1 : 0, Label("name", $0.name)) })
    add(
      "recourse_process_restarts_total", .counter, "Starts beyond the first.",
      board.entries.map { Sample(max($0.starts - 1, 0), Label("name", $0.name)) })
  }
}

extension ProcessBoard.State {
  /// As the end of a sentence about the process.
  var words: String {
    switch self {
    case .waiting: "not started yet"
    case .starting: "starting"
    case .ready: "ready"
    case .restarting: "about to be started again"
    case .givenUp: "given up for a while"
    case .stopped: "stopped"
    }
  }
}
