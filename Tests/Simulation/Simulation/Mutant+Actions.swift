import CSimulatedDisk
import GRDB

// How each mistake is made.
extension Mutant {
  /// Once, before anything runs.
  func prepareDisk(_ nodes: [String]) {
    switch self {
    case .logIsNotSynced: Disk.change(BrokerNode.name) { $0.skip_sync = true }
    case .sliceIsNotSynced:
      for node in nodes where node != BrokerNode.name { Disk.change(node) { $0.skip_sync = true } }
    default: break
    }
  }

  /// When a worker has just started: its schema stands.
  func prepareSlice(at path: String) {
    switch self {
    case .skipsTheFence:
      change(
        path,
        """
        CREATE TRIGGER IF NOT EXISTS mutant BEFORE UPDATE OF epoch ON kit_identity WHEN OLD.epoch > 0
        BEGIN SELECT RAISE(IGNORE); END
        """)
    case .forgetsCommands:
      change(
        path,
        """
        CREATE TRIGGER IF NOT EXISTS mutant BEFORE INSERT ON kit_command
        BEGIN SELECT RAISE(IGNORE); END
        """)
    case .confirmsBeforeItActs:
      change(
        path,
        """
        CREATE TRIGGER IF NOT EXISTS mutant AFTER UPDATE OF state ON kit_effect
        WHEN NEW.state = 'sending'
        BEGIN UPDATE kit_effect SET state = 'confirmed'
        WHERE kind = NEW.kind AND effect_key = NEW.effect_key; END
        """)
    default: break
    }
  }

  /// While a worker is down.
  func alterSlice(at path: String) {
    switch self {
    case .marksBeforeTheEffects:
      change(path, "UPDATE kit_inbox SET taken = taken + 1")
    case .forgetsWhatWasSent:
      change(
        path,
        "DELETE FROM kit_outbox",
        "UPDATE kit_outbox_counter SET durable_sequence = last_sequence")
    case .dropsTimersAtRestart: change(path, "DELETE FROM kit_timer")
    case .countsWithGaps:
      change(path, "UPDATE kit_outbox_counter SET last_sequence = last_sequence + 1")
    default: break
    }
  }

  /// While the broker is down.
  func alterLog(at path: String) {
    guard self == .dedupesByTime else { return }
    change(
      path,
      "CREATE TABLE IF NOT EXISTS mutant AS SELECT * FROM event WHERE 0",
      "INSERT INTO mutant SELECT * FROM event",
      "DROP TABLE event",
      "ALTER TABLE mutant RENAME TO event")
  }

  private func change(_ path: String, _ statements: String...) {
    guard let database = try? DatabaseQueue(path: path) else { return }
    defer { try? database.close() }
    try? database.writeWithoutTransaction { database in
      for sql in statements { try database.execute(sql: sql) }
    }
  }
}
