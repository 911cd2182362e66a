import CHermetic
import CSimulatedDisk
import GRDB

/// The simulated disk of a run, one for all processes as on one machine, and what befalls them on it.
enum Disk {
  // Used on the simulation's thread alone.
  nonisolated(unsafe) private static var disk: OpaquePointer?
  /// Decides at each event whether the process that does it goes down there.
  nonisolated(unsafe) static var crashes: ((_ path: String, _ event: simulated_disk_event) -> Bool)?
  nonisolated(unsafe) private static var stalls: [String: UInt64] = [:]

  static let root = "/simulated/run"

  /// Makes the disk, empty.
  static func prepare() {
    stalls = [:]
    crashes = nil
    if let disk {
      simulated_disk_reset(disk)
    } else {
      simulated_disk_install()
      disk = simulated_disk_create(root)
      simulated_disk_set_randomness(nil) { _ in hermetic_random() }
      simulated_disk_set_clock(nil) { _ in
        (Scheduler.shared.globalWall + Int64(hermetic_now())) / 1_000_000
      }
    }
    simulated_disk_set_handlers(
      disk, nil,
      { _, event, path in
        guard let path, let crashes = Disk.crashes else { return 0 }
        return crashes(String(cString: path), event) ? 10 : 0
      }, nil)
  }

  static func path(of node: String, _ file: String) -> String { "\(root)/\(node)/\(file)" }

  static func node(of path: String) -> String {
    String(path.dropFirst(root.count + 1).prefix { $0 != "/" })
  }

  /// What is opened from now on belongs to a process.
  static func runs(as owner: Owner) { simulated_disk_run_as(disk, process(owner)) }
  static func processCrash(_ owner: Owner) { simulated_disk_process_crash(disk, process(owner)) }
  private static func process(_ owner: Owner) -> String { "\(owner.node)-\(owner.life)" }
  static func powerCut() { simulated_disk_power_cut(disk, hermetic_random()) }

  static func change(_ node: String, _ body: (inout simulated_disk_faults) -> Void) {
    var faults = simulated_disk_get_faults(disk, node)
    body(&faults)
    simulated_disk_set_faults(disk, node, faults)
  }

  /// No file of the node may grow any more.
  static func fill(_ node: String) {
    change(node) { $0.capacity_bytes = simulated_disk_bytes(disk, node) }
  }

  static func heal(_ node: String) {
    let liesAboutSyncs = simulated_disk_get_faults(disk, node).skip_sync
    stalls[node] = nil
    var faults = simulated_disk_no_faults()
    faults.skip_sync = liesAboutSyncs
    simulated_disk_set_faults(disk, node, faults)
  }

  static func stall(_ node: String, _ nanoseconds: UInt64) { stalls[node] = nanoseconds }
  static func stall(of node: String) -> UInt64 { stalls[node] ?? 0 }

  /// Writes a file anew as it is and syncs it.
  static func force(_ path: String) throws {
    let code = simulated_disk_force(path)
    guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  static var counters: simulated_disk_counters { simulated_disk_get_counters(disk) }
}
