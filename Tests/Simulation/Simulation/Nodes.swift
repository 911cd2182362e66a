import CHermetic
import Foundation
import Logging
import WorkerKit

/// What is kept of the lives that ended in a crash: their tasks never finish, and must not be taken apart.
enum Graveyard {
  // Used on the simulation's thread alone.
  nonisolated(unsafe) static var graves: [Any] = []
}

/// A worker as a process that starts, dies and starts again.
final class WorkerNode: @unchecked Sendable {
  let name: String
  private(set) var owner: Owner?
  private let make: @Sendable () -> Worker
  private let network: Network
  private let output: URL
  private let mutant: Mutant?
  private var link: SimulatedLink?
  private var task: Task<Void, Never>?
  private let scheduler = Scheduler.shared
  private(set) var starts = 0
  /// Ends that nobody caused, by what was said.
  private(set) var endings: [String: Int] = [:]
  private(set) var isReady = false
  /// The process of this life has taken the slice over.
  private(set) var hasSlice = false

  init(
    _ name: String, network: Network, output: URL, mutant: Mutant?,
    make: @escaping @Sendable () -> Worker
  ) {
    self.name = name
    self.network = network
    self.output = output
    self.mutant = mutant
    self.make = make
  }

  var slicePath: String { Disk.path(of: name, "slice.sqlite") }

  func start() {
    guard owner == nil else { return }
    if starts > 0 { mutant?.alterSlice(at: slicePath) }
    starts += 1
    let owner = scheduler.begin(name)
    self.owner = owner
    let link = network.makeLink(for: owner)
    self.link = link
    scheduler.act(as: owner) {
      task = Task { [self, make, slicePath, output] in
        do {
          try await WorkerMain.run(
            make(), over: link, slice: .inline(path: slicePath, force: { try Disk.force($0) }),
            clock: SystemClock(),
            logger: Logger(label: "simulated") { _ in SwiftLogNoOpLogHandler() },
            outputDirectory: output, onConnected: { [self] _ in hasSlice = true },
            onReady: { [self] _ in noteReady(owner) })
          ended(owner, "in order")
        } catch {
          ended(owner, "\(type(of: error)): \(error)")
        }
      }
    }
    mutant?.prepareSlice(at: slicePath)
  }

  private func noteReady(_ owner: Owner) {
    guard owner == self.owner else { return }
    isReady = true
    mutant?.prepareSlice(at: slicePath)
  }

  private func ended(_ owner: Owner, _ why: String) {
    guard owner == self.owner else { return }
    endings[why, default: 0] += 1
    forget()
    scheduler.end(owner)
    Disk.processCrash(owner)
    startSoon()
  }

  private func forget() {
    if let link { network.cut(link) }
    owner = nil
    link = nil
    (isReady, hasSlice) = (false, false)
    if let task { Graveyard.graves.append(task) }
    task = nil
  }

  /// Starts another process on the same slice while this one is paused and is taken for dead; it goes on later and
  /// must find itself fenced.
  func replacePaused() -> Owner? {
    guard let owner else { return nil }
    scheduler.pause(owner)
    if let link { zombies.append(link) }
    self.owner = nil
    link = nil
    (isReady, hasSlice) = (false, false)
    if let task { Graveyard.graves.append(task) }
    task = nil
    start()
    return owner
  }

  /// Links of processes that were taken for dead.
  private var zombies: [SimulatedLink] = []

  /// As by SIGKILL: nothing that it does has an effect any more.
  func kill() {
    guard let owner else { return }
    scheduler.end(owner)
    Disk.processCrash(owner)
    forget()
    startSoon()
  }

  /// As a supervisor does.
  private func startSoon() {
    scheduler.after(.milliseconds(Chance.number(50..<1500)), for: .world) { [self] in start() }
  }
}

/// The broker as a process that starts, dies and starts again.
final class BrokerNode: @unchecked Sendable {
  static let name = "broker"
  private(set) var owner: Owner?
  private(set) var broker: SimulatedBroker?
  /// Starts that failed, by what was said.
  private(set) var endings: [String: Int] = [:]
  private let network: Network
  private let mutant: Mutant?
  private let scheduler = Scheduler.shared
  private(set) var starts = 0
  private(set) var batches = 0
  private(set) var commits = 0

  init(network: Network, mutant: Mutant?) {
    self.network = network
    self.mutant = mutant
  }

  var logPath: String { Disk.path(of: Self.name, "log.sqlite") }

  func start() {
    guard broker == nil else { return }
    if starts > 0 { mutant?.alterLog(at: logPath) }
    starts += 1
    let owner = scheduler.begin(Self.name)
    self.owner = owner
    scheduler.act(as: owner) {
      do {
        broker = try SimulatedBroker(
          owner: owner, logPath: logPath, network: network, mutant: mutant)
      } catch {
        endings["\(error)", default: 0] += 1
      }
    }
    if broker == nil { kill() }
  }

  func kill() {
    guard let owner else { return }
    scheduler.end(owner)
    network.setHub(nil)
    Disk.processCrash(owner)
    count()
    if let broker { Graveyard.graves.append(broker) }
    broker = nil
    self.owner = nil
    scheduler.after(.milliseconds(Chance.number(50..<1500)), for: .world) { [self] in start() }
  }

  private func count() {
    batches += broker?.batches ?? 0
    commits += broker?.commits ?? 0
  }

  var totals: (batches: Int, commits: Int) {
    (batches + (broker?.batches ?? 0), commits + (broker?.commits ?? 0))
  }
}
