import CSimulatedDisk
import GRDB
import SimulatedDisk
import Testing

/// Several connections in one process, as of two processes on one machine.
@Suite struct SharingTests {
  @Test func `two connections see what the other committed, and only that`() throws {
    let disk = SimulatedDisk("sharing")
    let one = try Ledger(disk)
    let two = try Ledger(disk)
    try one.queue.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        try Ledger.record(1, in: database)
        #expect(try two.batches() == [])
        let error = #expect(throws: DatabaseError.self) { try two.record(2) }
        #expect(error?.resultCode == .SQLITE_BUSY)
        return .commit
      }
    }
    #expect(try two.batches() == [1])
    try two.record(2)
    #expect(try one.batches() == [1, 2])
  }

  @Test func `a process that is killed in a transaction gives its locks back`() throws {
    let disk = SimulatedDisk("killed")
    disk.run(as: "first")
    let first = try Ledger(disk)
    disk.run(as: "second")
    let second = try Ledger(disk)
    let error = #expect(throws: DatabaseError.self) {
      try first.queue.inTransaction(.immediate) { database in
        try Ledger.record(1, in: database)
        disk.crash("first")
        return .commit
      }
    }
    #expect(error?.resultCode == .SQLITE_IOERR)
    try second.record(2)
    #expect(try second.batches() == [2])
    #expect(throws: DatabaseError.self) { try first.record(3) }
    disk.run(as: "first")
    #expect(try Ledger(disk).batches() == [2])
  }

  @Test func `a process that was paused goes on where it was`() throws {
    let disk = SimulatedDisk("paused")
    let paused = try Ledger(disk)
    let other = try Ledger(disk, node: "other")
    try paused.queue.inTransaction(.immediate) { database in
      try Ledger.record(1, in: database)
      // Meanwhile another process works, is killed and starts again.
      try other.record(1)
      disk.crash("other")
      try Ledger(disk, node: "other").record(2)
      return .commit
    }
    #expect(try paused.batches() == [1])
    #expect(try Ledger(disk, node: "other").batches() == [1, 2])
  }

  @Test func `any number of processes come and go, and each that is killed is dead`() throws {
    let disk = SimulatedDisk("many")
    for number in 0..<2 * SIMULATED_DISK_NODES_LIMIT {
      disk.run(as: "process-\(number)")
      let ledger = try Ledger(disk)
      // Every other one goes down at a write, the rest are killed.
      if number.isMultiple(of: 2) {
        disk.onEvent { _, _ in .crash }
        #expect(throws: DatabaseError.self) { try ledger.record(1) }
        disk.onEvent(nil)
        #expect(throws: DatabaseError.self) { try Ledger(disk) }
      }
      disk.crash("process-\(number)")
      #expect(throws: DatabaseError.self) { try ledger.record(1) }
    }
    #expect(try Ledger(disk).batches() == [])
  }

  @Test func `faults that were set for a node wait for its files`() throws {
    let disk = SimulatedDisk("waiting")
    disk.setFaults("node") { $0.capacity_bytes = 0 }
    disk.crash("other")
    let error = #expect(throws: DatabaseError.self) { try Ledger(disk) }
    #expect(error?.resultCode == .SQLITE_FULL)
  }
}
