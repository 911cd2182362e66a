public import CSimulatedDisk

/// One machine's disk, in memory, that forgets what was not synced. What it models is told in
/// `simulated_disk.h`.
///
/// SQLite finds a file of it by its ``path(_:)``. It is used by one thread at a time, as a simulation is;
/// that is why it may be passed between isolation domains.
public final class SimulatedDisk: @unchecked Sendable {
  /// What may go wrong on a node's disk.
  public typealias Faults = simulated_disk_faults
  /// How often each thing happened.
  public typealias Counters = simulated_disk_counters
  /// What SQLite is about to do, or has done.
  public typealias Event = simulated_disk_event

  /// What happens at an event: nothing, or the process that does it is down from there on.
  public enum Outcome: Sendable {
    case goOn
    case crash
  }

  private let disk: OpaquePointer
  private let root: String
  private var onEvent: ((Event, String) -> Outcome)?
  private var onSync: ((String, Bool) -> Void)?

  /// A new empty disk with a name that no other has now.
  public init(_ name: String) {
    root = "/simulated/" + name
    let code = simulated_disk_install()
    precondition(code == 0, "SQLite's code \(code) at the registration of the simulated disk")
    guard let disk = simulated_disk_create(root) else {
      preconditionFailure("\(root) is no name for a disk, or is taken.")
    }
    self.disk = disk
  }

  deinit { simulated_disk_destroy(disk) }

  /// Forgets everything, handlers included.
  public func reset() {
    simulated_disk_reset(disk)
    onEvent = nil
    onSync = nil
  }

  /// Where SQLite finds a file, which is given with its node: `threshold/slice.sqlite`.
  public func path(_ file: String) -> String { root + "/" + file }

  // MARK: - Crashes

  /// Handles opened from now on belong to this process; nil: to the node of their file.
  public func run(as process: String?) { simulated_disk_run_as(disk, process) }

  /// Kills a process: its handles are dead, what it wrote stays.
  public func crash(_ process: String) { simulated_disk_process_crash(disk, process) }

  /// All handles are dead, and what was not synced is lost as the seed decides.
  public func cutPower(seed: UInt64) { simulated_disk_power_cut(disk, seed) }

  // MARK: - What happens

  /// Asks what shall happen at each event, with the path of the file.
  public func onEvent(_ handler: ((Event, String) -> Outcome)?) {
    onEvent = handler
    setHandlers()
  }

  /// Tells of each sync before it, with the path, and whether it is stalled.
  public func onSync(_ handler: ((String, Bool) -> Void)?) {
    onSync = handler
    setHandlers()
  }

  private func setHandlers() {
    simulated_disk_set_handlers(
      disk, Unmanaged.passUnretained(self).toOpaque(),
      onEvent == nil ? nil : { SimulatedDisk.from($0)?.answer($1, $2) ?? 0 },
      onSync == nil ? nil : { SimulatedDisk.from($0)?.tell($1, $2) })
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> SimulatedDisk? {
    context.map { Unmanaged<SimulatedDisk>.fromOpaque($0).takeUnretainedValue() }
  }

  private func answer(_ event: Event, _ path: UnsafePointer<CChar>?) -> CInt {
    guard let onEvent, let path else { return 0 }
    // SQLITE_IOERR, which is a macro of a header that is not imported here.
    return onEvent(event, String(cString: path)) == .crash ? 10 : 0
  }

  private func tell(_ path: UnsafePointer<CChar>?, _ stalled: Bool) {
    guard let onSync, let path else { return }
    onSync(String(cString: path), stalled)
  }

  // MARK: - Faults, files and counters

  /// Sets a node's faults; nil: those of all nodes, later ones too. The closure starts from none.
  public func setFaults(_ node: String? = nil, _ change: (inout Faults) -> Void = { _ in }) {
    var faults = simulated_disk_no_faults()
    change(&faults)
    simulated_disk_set_faults(disk, node, faults)
  }

  /// A node's faults as they are now: errors are counted down.
  public func faults(_ node: String) -> Faults { simulated_disk_get_faults(disk, node) }

  /// How often each thing happened since the last reset.
  public var counters: Counters { simulated_disk_get_counters(disk) }

  /// Bytes that a node's files have together; nil: all files.
  public func bytes(_ node: String? = nil) -> Int64 { simulated_disk_bytes(disk, node) }

  /// A file's length in bytes, or nil when there is none.
  public func size(_ file: String) -> Int64? {
    let size = simulated_disk_file_size(disk, path(file))
    return size < 0 ? nil : size
  }

  /// Changes all bits of one byte, durably. False when there is no such byte.
  @discardableResult public func corrupt(_ file: String, at offset: Int64) -> Bool {
    simulated_disk_corrupt(disk, path(file), offset)
  }

  /// Writes a file anew as it is and syncs it; takes the whole path. One that is not there is left so.
  public static func force(_ path: String) throws {
    let code = simulated_disk_force(path)
    guard code == 0 else { throw DiskError(code: code) }
  }

  /// The disk did not do it, with SQLite's code.
  public struct DiskError: Error {
    /// SQLite's result code.
    public let code: Int32
  }

  /// Removes a file, durably. False when there is none.
  @discardableResult public func remove(_ file: String) -> Bool {
    simulated_disk_remove(disk, path(file))
  }
}
