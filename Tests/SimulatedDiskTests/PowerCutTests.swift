import CSimulatedDisk
import GRDB
import SimulatedDisk
import Testing

@Suite struct PowerCutTests {
  @Test func `what was committed survives a power cut, whatever the seed`() throws {
    let disk = SimulatedDisk("survives")
    var torn: UInt64 = 0
    var lost: UInt64 = 0
    for seed in UInt64(0)..<200 {
      disk.reset()
      let ledger = try Ledger(disk)
      try ledger.record(1)
      if seed.isMultiple(of: 2) { try ledger.checkpoint() }
      try ledger.record(2)
      // The third is written, and never committed.
      try ledger.queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA cache_size = 2; BEGIN")
        try Ledger.record(3, in: database)
        disk.cutPower(seed: seed)
        try? database.execute(sql: "ROLLBACK")
      }
      #expect(try Ledger(disk).batches() == [1, 2], "seed \(seed)")
      torn += disk.counters.torn_writes
      lost += disk.counters.lost_writes
    }
    #expect(torn > 0 && lost > 0)
  }

  @Test(arguments: [false, true])
  func `a crash at any event leaves the transaction whole or undone`(powerIsCut: Bool) throws {
    let disk = SimulatedDisk("any-event-\(powerIsCut)")
    var outcomes: Set<[Int]> = []
    var at = 0
    var reached = true
    while reached {
      let seen = try Self.crash(disk, at: at, powerIsCut: powerIsCut)
      reached = seen.reached
      let survived = try Ledger(disk).batches()
      outcomes.insert(survived)
      // What was told to have been committed is there; what was not may be there.
      #expect(survived.starts(with: seen.committed), "event \(at)")
      #expect(survived.count <= seen.committed.count + 1, "event \(at)")
      at += 1
    }
    #expect(at > 10)
    #expect(outcomes == [[1], [1, 2], [1, 2, 3]])
  }

  /// Records batches with a crash at one event, and says which were committed.
  private static func crash(
    _ disk: SimulatedDisk, at: Int, powerIsCut: Bool
  ) throws -> (committed: [Int], reached: Bool) {
    disk.reset()
    let ledger = try Ledger(disk)
    try ledger.record(1)
    var committed = [1]
    var events = 0
    disk.onEvent { _, _ in
      events += 1
      return events == at + 1 ? .crash : .goOn
    }
    do {
      for batch in 2...3 {
        try ledger.record(batch)
        committed.append(batch)
        try ledger.checkpoint()
      }
    } catch is DatabaseError {}
    disk.onEvent(nil)
    if powerIsCut { disk.cutPower(seed: UInt64(at)) } else { disk.crash("node") }
    return (committed, events > at)
  }

  @Test(arguments: ["FULL", "OFF"])
  func `what a disk only says to have synced is lost`(synchronous: String) throws {
    let disk = SimulatedDisk("lies-\(synchronous)")
    var losses = 0
    for seed in UInt64(0)..<20 {
      disk.reset()
      let ledger = try Ledger(disk, synchronous: synchronous)
      try ledger.checkpoint()
      disk.setFaults { $0.skip_sync = synchronous == "FULL" }
      try ledger.record(1)
      disk.cutPower(seed: seed)
      disk.setFaults()
      // The database may be broken as well.
      let survived = (try? Ledger(disk).batches()) ?? []
      if survived != [1] { losses += 1 }
    }
    #expect(losses > 0)
  }

  @Test func `one seed gives one outcome`() throws {
    let disk = SimulatedDisk("one-seed")
    let runs = try (0..<2).map { _ in
      disk.reset()
      let ledger = try Ledger(disk, synchronous: "NORMAL")
      for batch in 1...8 { try ledger.record(batch) }
      disk.cutPower(seed: 7)
      let counters = disk.counters
      return [
        counters.writes, counters.syncs, counters.kept_writes, counters.torn_writes,
        counters.lost_writes, UInt64(try Ledger(disk).batches().count),
      ]
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0][4] > 0)
  }
}
