import Foundation
import Testing

@testable import Supervisor

@Suite struct ProcessBoardTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)

  /// A board of two that has taken these events in, a second apart.
  private func board(after events: SupervisorEvent...) -> ProcessBoard {
    var board = ProcessBoard(names: ["broker", "panel"], at: Self.start)
    for (place, event) in events.enumerated() { board.note(event, at: Self.start + Double(place)) }
    return board
  }

  @Test func `all are waiting at first, and all are ready once each has said so`() {
    #expect(board().entries.map(\.state) == [.waiting, .waiting])
    #expect(!board().isReady)
    let ready = board(
      after: .started(name: "broker", pid: 1, attempt: 1), .ready(name: "broker", pid: 1),
      .started(name: "panel", pid: 2, attempt: 1), .ready(name: "panel", pid: 2), .allReady)
    #expect(ready.isReady)
    #expect(ready.entries.map(\.pid) == [1, 2])
    #expect(ready.entries.map(\.since) == [Self.start + 1, Self.start + 3])
    #expect(ready.restarts == 0)
  }

  @Test func `one that is started again shows how it ended and when it comes back`() {
    let board = board(
      after: .started(name: "panel", pid: 2, attempt: 1),
      .exited(name: "panel", pid: 2, description: "exited with status 3"),
      .restarting(name: "panel", after: .milliseconds(500)))
    let panel = board.entries[1]
    #expect(panel.state == .restarting)
    #expect(panel.pid == nil)
    #expect(panel.lastEnding == "exited with status 3")
    #expect(panel.nextStart == Self.start + 2.5)
    #expect(!board.isReady)
  }

  @Test func `one that is given up shows when it is tried again, and then no more`() {
    let given = board(
      after: .startFailed(name: "panel", description: "no such file"),
      .gaveUp(name: "panel", triesAgainAfter: .seconds(60)))
    #expect(given.entries[1].state == .givenUp)
    #expect(given.entries[1].nextStart == Self.start + 61)
    let again = board(
      after: .gaveUp(name: "panel", triesAgainAfter: .seconds(60)),
      .started(name: "panel", pid: 9, attempt: 11))
    #expect(again.entries[1].state == .starting)
    #expect(again.entries[1].nextStart == nil)
    #expect(again.restarts == 10)
  }

  @Test func `what changes nothing is told as that`() {
    var board = board()
    for event in [
      SupervisorEvent.allReady, .stopping, .stopped, .output(name: "panel", line: "x"),
      .logLost(name: "panel"), .ready(name: "nobody", pid: 3),
    ] {
      let hasChanged = board.note(event, at: Self.start)
      #expect(!hasChanged)
    }
  }

  @Test func `it is written down and read again as it was`() throws {
    let board = board(
      after: .started(name: "panel", pid: 2, attempt: 1),
      .gaveUp(name: "panel", triesAgainAfter: .seconds(60)))
    let data = try JSONEncoder().encode(board)
    #expect(try JSONDecoder().decode(ProcessBoard.self, from: data) == board)
  }
}
