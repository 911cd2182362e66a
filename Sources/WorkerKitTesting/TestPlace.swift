import Broker
public import Bus
public import CaseModel
public import Foundation
import GRPCCore
import Logging
public import Messages
import Synchronization
public import WorkerKit

/// Any set of workers with a broker in one process, over memory links and with a clock that is moved by
/// hand: the same cores and the same kit as in separate processes.
///
/// Workers are ready when `init` returns. Whoever makes a place stops it; ``with(_:now:onDisk:_:)`` does
/// both.
public final class TestPlace: Sendable {
  /// Calls workers like a client from outside.
  public let client: BusClient
  public let clock: ManualClock
  /// Where workers put files for the outside world; removed by ``stop()``.
  public let outputDirectory: URL

  private struct Running {
    var task: Task<Void, any Error>
    var context: WorkerContext
    var link: MemoryLink
  }

  private let network = MemoryNetwork()
  private let broker: MemoryBroker
  private let peer: Peer
  private let folder: URL
  private let isOnDisk: Bool
  private let unready: Set<String>
  private let declarations: [Worker]
  private let running = Mutex<[String: Running]>([:])

  /// - Parameters:
  ///   - onDisk: keep slices in files, so that a worker can be restarted.
  ///   - unready: names of workers that are only waited for until they answer, not until they are ready.
  ///   - onFrame: shown every frame that passes between a link and the broker; called on any thread.
  public init(
    workers: [Worker], now: Date, onDisk: Bool = false, unready: Set<String> = [],
    onFrame: (@Sendable (_ link: UInt64, Frame) -> Void)? = nil
  ) async throws {
    self.unready = unready
    network.setObserver(onFrame)
    let clock = ManualClock(now)
    self.clock = clock
    declarations = workers
    isOnDisk = onDisk
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("place-" + UUID().uuidString.lowercased())
    outputDirectory = folder.appendingPathComponent("output")
    try FileManager.default.createDirectory(
      at: outputDirectory, withIntermediateDirectories: true)
    broker = try MemoryBroker(on: network, clock: { clock.now })
    peer = Peer(
      PeerIdentity(worker: PeerIdentity.clientName, instance: "test", processID: 0),
      over: network.makeLink())
    client = BusClient(peer: peer)
    try await peer.start()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in workers { group.addTask { try await self.start(worker) } }
      for try await _ in group {}
    }
  }

  /// Runs `body` in a place and stops it, whatever happens.
  @discardableResult
  public static func with<T: Sendable>(
    _ workers: [Worker], now: Date, onDisk: Bool = false, unready: Set<String> = [],
    onFrame: (@Sendable (_ link: UInt64, Frame) -> Void)? = nil,
    _ body: (TestPlace) async throws -> T
  ) async throws -> T {
    let place = try await TestPlace(
      workers: workers, now: now, onDisk: onDisk, unready: unready, onFrame: onFrame)
    do {
      let value = try await body(place)
      await place.stop()
      return value
    } catch {
      await place.stop()
      throw error
    }
  }

  /// The context of a running worker: its slice, for looking behind the scenes.
  public func context(of worker: String) -> WorkerContext? {
    running.withLock { $0[worker]?.context }
  }

  /// Announces a fact as a worker of the place would, such as one that stands for Intake: the worker declares that it
  /// emits it.
  /// - Throws: ``UnknownWorker``, or ``SliceError/undeclaredEvent(_:)``.
  public func announce<Event: EventMessage>(
    _ event: Event, key: EventKey, by worker: String
  ) async throws {
    guard let context = context(of: worker) else { throw UnknownWorker(name: worker) }
    try await context.slice.write { try $0.emit(event, key: key) }
  }

  /// Ends a worker without a word, as SIGKILL would: its link is cut, its work cancelled.
  public func kill(_ worker: String) async {
    guard let one = running.withLock({ $0.removeValue(forKey: worker) }) else { return }
    network.cut(one.link.id)
    one.task.cancel()
    _ = await one.task.result
  }

  /// Starts a worker again, on its slice if slices are on disk; returns when it is ready.
  public func restart(_ worker: String) async throws {
    await kill(worker)
    for declaration in declarations where declaration.name == worker {
      try await start(declaration)
    }
  }

  /// Starts one more worker, or the same in another version; returns when it is ready.
  public func start(_ worker: Worker) async throws {
    let link = network.makeLink()
    let (contexts, ready) = AsyncStream<WorkerContext>.makeStream()
    let location: SliceLocation =
      isOnDisk ? .file(folder.appendingPathComponent("\(worker.name).sqlite")) : .memory
    let waitsForReady = !unready.contains(worker.name)
    let task = Task { [clock, outputDirectory] in
      defer { ready.finish() }
      try await WorkerMain.run(
        worker, over: link, slice: location, clock: clock, logger: Self.silent,
        outputDirectory: outputDirectory,
        onConnected: { if !waitsForReady { ready.yield($0) } },
        onReady: { ready.yield($0) })
    }
    for await context in contexts {
      running.withLock { $0[worker.name] = Running(task: task, context: context, link: link) }
      return
    }
    // Nobody waits for it any longer, or it has ended by itself.
    task.cancel()
    try await task.value
  }

  /// Waits until every worker has taken every event into account, announced what follows from it, and
  /// nothing moves any more.
  public func settle() async throws {
    let workers = Recourse_Worker_V1_Worker.Stub(wrapping: client)
    var settledAt: UInt64?
    while true {
      let head = try await logHead()
      if head == settledAt { return }
      settledAt = head
      for name in running.withLock({ $0.keys.sorted() }) {
        var request = Recourse_Worker_V1_AwaitRequest()
        request.position = head
        try await Self.patiently {
          _ = try await workers.await(request, metadata: [CallMetadata.target: .string(name)])
        }
      }
    }
  }

  /// A worker answers within its own limit that it is not so far yet; a busy machine needs it asked again.
  private static let questionsLimit = 12

  private static func patiently(_ ask: () async throws -> Void) async throws {
    for _ in 1..<questionsLimit {
      do { return try await ask() } catch let error as RPCError where error.code == .unavailable {}
    }
    try await ask()
  }

  /// Position of the newest event in the log.
  public func logHead() async throws -> UInt64 {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: client)
    return try await directory.list(Recourse_Bus_V1_DirectoryRequest()).logHead
  }

  /// All events of the log, or those of one key, in order.
  public func events(key: String? = nil) async throws -> [Recourse_Bus_V1_LoggedEvent] {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: client)
    if let key {
      var request = Recourse_Bus_V1_ReadByKeyRequest()
      request.key = key
      return try await log.readByKey(request) { try await Self.all($0.messages) }
    }
    return try await log.read(Recourse_Bus_V1_ReadRequest()) { try await Self.all($0.messages) }
  }

  /// Ends everything and removes what was written.
  public func stop() async {
    for name in running.withLock({ $0.keys.sorted() }) {
      guard let one = running.withLock({ $0.removeValue(forKey: name) }) else { continue }
      one.task.cancel()
      _ = await one.task.result
    }
    await peer.close()
    broker.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  private static func all(
    _ pages: RPCAsyncSequence<Recourse_Bus_V1_ReadResponse, any Error>
  ) async throws -> [Recourse_Bus_V1_LoggedEvent] {
    var events: [Recourse_Bus_V1_LoggedEvent] = []
    for try await page in pages { events += page.events }
    return events
  }

  private static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// A place has no worker of this name, or it does not run.
public struct UnknownWorker: Error, Sendable, Hashable {
  public let name: String
}
