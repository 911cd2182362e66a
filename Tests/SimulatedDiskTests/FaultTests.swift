import CSimulatedDisk
import GRDB
import SimulatedDisk
import Testing

@Suite struct FaultTests {
  @Test func `a full disk refuses and loses nothing`() throws {
    let disk = SimulatedDisk("full")
    let ledger = try Ledger(disk)
    try ledger.record(1)
    let bytes = disk.bytes("node")
    disk.setFaults("node") { $0.capacity_bytes = bytes + 8192 }
    let error = #expect(throws: DatabaseError.self) { try ledger.record(2) }
    #expect(error?.resultCode == .SQLITE_FULL)
    #expect(disk.counters.full_errors == 1)
    #expect(try ledger.batches() == [1])

    disk.setFaults("node")
    try ledger.record(2)
    disk.cutPower(seed: 1)
    #expect(try Ledger(disk).batches() == [1, 2])
  }

  @Test func `a failed sync is told, and what comes after it is durable`() throws {
    let disk = SimulatedDisk("failing")
    let ledger = try Ledger(disk)
    disk.setFaults("node") { $0.sync_errors = 1 }
    let error = #expect(throws: DatabaseError.self) { try ledger.record(1) }
    #expect(error?.resultCode == .SQLITE_IOERR)
    #expect(disk.faults("node").sync_errors == 0)
    try ledger.record(2)
    disk.cutPower(seed: 1)
    #expect(try Ledger(disk).batches() == [2])
  }

  @Test func `a read-only disk is read and not written`() throws {
    let disk = SimulatedDisk("read-only")
    let ledger = try Ledger(disk)
    try ledger.record(1)
    disk.setFaults("node") { $0.read_only = true }
    #expect(throws: DatabaseError.self) { try ledger.record(2) }
    #expect(try ledger.batches() == [1])
    #expect(disk.counters.read_only_errors > 0)
    disk.setFaults("node")
    try ledger.record(2)
    #expect(try ledger.batches() == [1, 2])
  }

  @Test func `a stalled disk tells of every sync`() throws {
    let disk = SimulatedDisk("stalled")
    let ledger = try Ledger(disk)
    var stalled: [String] = []
    disk.onSync { path, isStalled in if isStalled { stalled.append(path) } }
    try ledger.record(1)
    #expect(stalled.isEmpty)
    disk.setFaults("node") { $0.stalled = true }
    try ledger.record(2)
    #expect(stalled == [disk.path("node/ledger.sqlite-wal")])
    #expect(disk.counters.stalled_syncs == 1)
  }

  @Test func `a changed byte is found`() throws {
    let disk = SimulatedDisk("corrupt")
    try Ledger(disk).queue.close()
    // A page's first byte says what kind of page it is.
    #expect(disk.corrupt("node/ledger.sqlite", at: 4096))
    #expect(throws: (any Error).self) { try Ledger(disk).batches() }
    #expect(disk.remove("node/ledger.sqlite"))
    #expect(disk.size("node/ledger.sqlite") == nil)
    #expect(try Ledger(disk).batches() == [])
  }

  @Test func `faults of one node do not touch another`() throws {
    let disk = SimulatedDisk("two-nodes")
    let one = try Ledger(disk, node: "one")
    let two = try Ledger(disk, node: "two")
    disk.setFaults("one") { $0.write_errors = .max }
    #expect(throws: DatabaseError.self) { try one.record(1) }
    try two.record(1)
    disk.crash("one")
    try two.record(2)
    #expect(try two.batches() == [1, 2])
  }
}
