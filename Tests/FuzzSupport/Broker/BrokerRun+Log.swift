import Foundation
import Messages

@testable import Broker
@testable import Bus

extension BrokerRun {
  /// The storage answers the oldest of what it was asked. 1: batches or reads; 2: what came of it; 3 and
  /// 4: numbers; 5: how often.
  mutating func answerLog(_ step: Step) throws(Breach) {
    for _ in 0..<step.times(5) {
      if step[1] & 1 == 0, !appends.isEmpty {
        let call = appends.removeFirst()
        try happen(.log(.appended(call: call, appended(step))))
      } else if step[1] & 1 == 1, !reads.isEmpty {
        let (call, query) = reads.removeFirst()
        try happen(.log(.read(call: call, page(query, step))))
      } else if !backups.isEmpty {
        let (call, copies) = backups.removeFirst()
        try happen(
          .log(copies ? .copied(call: call, copied(step)) : .opened(call: call, opened(step))))
      }
    }
  }

  private static let refusals: [LogRefusal] = [
    .malformed("it"), .gap(expected: 1, received: 3), .conflict(sequence: 1),
    .fenced(incarnation: 1, newest: 2), .damaged(position: 1), .storage("it"),
  ]

  private func opened(_ step: Step) -> Result<UInt64, LogRefusal> {
    step[2] >= Step.oddFrom ? .failure(step.pick(3, Self.refusals)) : .success(storedHead)
  }

  private func copied(_ step: Step) -> Result<BackupFile, LogRefusal> {
    if step[2] >= Step.oddFrom { return .failure(step.pick(3, Self.refusals)) }
    return .success(BackupFile(path: "it", bytes: 0, sha256: Data()))
  }

  private mutating func appended(_ step: Step) -> Result<LogResult.Appended, LogRefusal> {
    if step[2] >= Step.oddFrom { return .failure(step.pick(3, Self.refusals)) }
    // A batch that was durable already is no news.
    storedHead += UInt64(step[3] % 4)
    return .success(
      LogResult.Appended(sequence: UInt64(step[4]), position: storedHead, head: storedHead))
  }

  /// A page goes on from where the query stands, up to the newest event at most.
  private func page(_ query: LogQuery, _ step: Step) -> Result<LogPage, LogRefusal> {
    if step[2] >= Step.oddFrom { return .failure(step.pick(3, Self.refusals)) }
    let rest = storedHead - query.after
    let scanned = query.after + 1 + UInt64(step[3]) % rest
    let events = (0..<min(UInt64(step[4] % 4), rest)).map { index in
      var event = Recourse_Bus_V1_LoggedEvent()
      event.position = query.after + 1 + index
      return event
    }
    return .success(LogPage(events: events, scanned: scanned))
  }
}
