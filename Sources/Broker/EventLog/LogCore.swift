import Bus
import GRPCCore
import Messages
import SwiftProtobuf

/// The event log's calls, as a value: what is asked of the storage and what is answered, in the order
/// of the calls. The storage itself is ``LogStore``, on its own threads.
struct LogCore: Sendable {
  static let service = "recourse.bus.v1.EventLog"
  /// Types that one read may ask for.
  static let typesLimit = 256
  /// Events in one answer at most.
  static let pageLimit = 64

  /// Position of the newest durable event.
  private(set) var head: UInt64
  /// Oldest first, never empty.
  private let generations: [LogGeneration]
  var calls: [UInt64: Hosted] = [:]
  /// The calls among them that read, in order: they are told of what is new.
  private var readers: [UInt64] = []
  /// The one backup that is being made, and what it keeps back.
  var backup: Backup?
  /// The backup has ended or needs stillness no more: ``resume()`` has something to do.
  var hasReleased = false
  /// The backup that has ended since ``resume()`` was called.
  var discarded: UInt64?
  /// Batches that wait for the end of the backup's hold, in the order in which they came.
  var kept: [(call: UInt64, batch: AppendBatch, bytes: Int)] = []
  /// How many these are, and their bytes.
  var keptSize: (batches: Int, bytes: Int) { (kept.count, keptBytes) }
  var keptBytes = 0
  /// How fast each principal may append; of those whose rights are checked.
  var budgets = AppendBudgets()
  /// Room may be held back from somebody.
  var holdsBack = false
  /// Nanoseconds of the broker's clock; kept by who calls.
  var now: UInt64 = 0
  /// Batches and pages that the storage was asked for and has not answered.
  var underway = 0

  init(head: UInt64, generations: [LogGeneration] = [.first]) {
    self.head = head
    self.generations = generations
  }

  mutating func close(_ call: UInt64) {
    switch calls.removeValue(forKey: call)?.kind {
    case .backup: endBackup(call)
    case .read: readers.removeAll { $0 == call }
    case .append, nil: break
    }
    if !kept.isEmpty {
      kept.removeAll { $0.call == call }
      keptBytes = kept.reduce(0) { $0 + $1.bytes }
    }
  }

  // MARK: From callers

  mutating func open(
    _ call: UInt64, method: String, machine: StreamMachine, frame: Frame, now: UInt64,
    rights: SessionRights
  ) -> [Step] {
    self.now = now
    var machine = machine
    guard let events = try? machine.receive(frame) else {
      return Self.refuse(&machine, .internalError, "malformed OPEN")
    }
    do {
      switch method {
      case "\(Self.service)/Append":
        calls[call] = Hosted(machine: machine, kind: .append(Appender()), rights: rights)
        return appendSteps(call, events)
      case "\(Self.service)/Read":
        let request: Recourse_Bus_V1_ReadRequest = try Self.message(in: events)
        guard request.types.count <= Self.typesLimit else {
          return Self.refuse(&machine, .invalidArgument, "\(Self.typesLimit) types at most")
        }
        if let denial = rights.denial(ofReading: request.types) {
          return Self.deny(&machine, .subscribe, denial)
        }
        try check(request)
        let query = LogQuery(
          after: request.afterPosition, types: request.types, limit: Self.pageLimit)
        return start(call, machine, query, rights, follows: request.follow)
      case "\(Self.service)/ReadByKey":
        let request: Recourse_Bus_V1_ReadByKeyRequest = try Self.message(in: events)
        if let denial = rights.denialOfReadingByKey {
          return Self.deny(&machine, .subscribe, denial)
        }
        let query = LogQuery(after: 0, key: request.key, limit: Self.pageLimit)
        return start(call, machine, query, rights, follows: false)
      case "\(Self.backupService)/Take":
        calls[call] = Hosted(machine: machine, kind: .backup, rights: rights)
        return backupSteps(call, events, now: now)
      default:
        return Self.refuse(&machine, .unimplemented, "no method \(method) here")
      }
    } catch let refusal as LogRefusal {
      return Self.refuse(&machine, refusal)
    } catch {
      return Self.refuse(&machine, .invalidArgument, "the request is malformed")
    }
  }

  mutating func receive(_ frame: Frame, _ call: UInt64, now: UInt64) -> [Step] {
    guard var hosted = calls[call] else { return [] }
    self.now = now
    do {
      let events = try hosted.machine.receive(frame)
      calls[call] = hosted
      if events.contains(.cancelled) { return [.ended] }
      switch hosted.kind {
      case .append: return appendSteps(call, events)
      case .read: return readOn(call)
      case .backup: return backupSteps(call, events, now: now)
      }
    } catch {
      return Self.refuse(&hosted.machine, .internalError, "protocol violation: \(error)")
    }
  }

  private mutating func appendSteps(
    _ call: UInt64, _ events: [StreamMachine.Event]
  ) -> [Step] {
    guard var hosted = calls[call], case .append(var appender) = hosted.kind else { return [] }
    var steps: [Step] = []
    for event in events {
      switch event {
      case .message(let bytes):
        do {
          let request = try Recourse_Bus_V1_AppendRequest(serializedBytes: bytes)
          try LogRules.check(request)
          if let (kind, denial) = self.denial(of: request, hosted.rights) {
            return Self.deny(&hosted.machine, kind, denial)
          }
          appender.pending.append(bytes.count)
          steps += ask(.append(call: call, request), bytes: bytes.count)
        } catch let refusal as LogRefusal {
          return Self.refuse(&hosted.machine, refusal)
        } catch {
          return Self.refuse(&hosted.machine, .invalidArgument, "no recourse.bus.v1.AppendRequest")
        }
      case .end: hosted.hasEnded = true
      default: break
      }
    }
    hosted.kind = .append(appender)
    calls[call] = hosted
    return steps + acknowledge(call)
  }

  private mutating func start(
    _ call: UInt64, _ machine: StreamMachine, _ query: LogQuery, _ rights: SessionRights,
    follows: Bool
  ) -> [Step] {
    let reader = Reader(query: query, follows: follows, stopsAt: head)
    calls[call] = Hosted(machine: machine, kind: .read(reader), rights: rights)
    readers.insert(call, at: readers.firstIndex { $0 > call } ?? readers.endIndex)
    return readOn(call)
  }

  /// Asks for the next page, if the reader has room for it and there may be one.
  mutating func readOn(_ call: UInt64) -> [Step] {
    guard var hosted = calls[call], case .read(var reader) = hosted.kind, !reader.isReading else {
      return []
    }
    if !reader.follows, reader.query.after >= reader.stopsAt {
      let steps = Self.finish(&hosted.machine)
      calls[call] = hosted
      return steps
    }
    guard hosted.machine.canSendMessage, reader.query.after < head, !isStill else { return [] }
    reader.isReading = true
    hosted.kind = .read(reader)
    calls[call] = hosted
    return ask(.read(call: call, reader.query))
  }

  /// While a backup keeps the log still, a batch waits.
  private mutating func ask(_ request: LogRequest, bytes: Int = 0) -> [Step] {
    if isStill, case .append(let call, let batch) = request {
      kept.append((call, batch, bytes))
      keptBytes += bytes
      return []
    }
    underway += 1
    return [.ask(request)]
  }

  /// A reader goes on in the history that it was told of, or not at all.
  private func check(_ request: Recourse_Bus_V1_ReadRequest) throws(LogRefusal) {
    let after = request.afterPosition
    guard after <= head else { throw .beyond(position: after, head: head) }
    let generation = request.generation
    guard generation > 0 else { return }
    let later = generations.first { $0.number > generation && $0.branchedAfter < after }
    guard later == nil, generations.contains(where: { $0.number == generation }) else {
      throw .otherHistory(position: after, generation: generation)
    }
  }

  // MARK: From the storage

  /// What follows for each call concerned, in the order of the calls.
  mutating func finish(_ result: LogResult) -> [(UInt64, [Step])] {
    switch result {
    case .appended, .read:
      underway = max(0, underway - 1)
      return finishEvents(result) + openWhenStill()
    case .opened, .copied:
      return finishBackup(result)
    }
  }

  private mutating func finishEvents(_ result: LogResult) -> [(UInt64, [Step])] {
    switch result {
    case .appended(let call, .success(let appended)):
      let isNews = appended.head > head
      head = max(head, appended.head)
      var steps = [(call, note(appended, for: call))]
      if isNews {
        for reader in readers {
          let next = readOn(reader)
          if !next.isEmpty { steps.append((reader, next)) }
        }
      }
      return steps
    case .appended(let call, .failure(let refusal)), .read(let call, .failure(let refusal)):
      guard var hosted = calls[call] else { return [] }
      return [(call, Self.refuse(&hosted.machine, refusal))]
    case .read(let call, .success(let page)):
      return [(call, deliver(page, to: call))]
    case .opened, .copied:
      return []
    }
  }

  private mutating func note(_ appended: LogResult.Appended, for call: UInt64) -> [Step] {
    guard var hosted = calls[call], case .append(var appender) = hosted.kind else { return [] }
    appender.durable.append(appended)
    hosted.kind = .append(appender)
    calls[call] = hosted
    return acknowledge(call)
  }

  /// Answers what is durable, as far as the producer has room for answers; ends after the last.
  private mutating func acknowledge(_ call: UInt64) -> [Step] {
    guard var hosted = calls[call], case .append(var appender) = hosted.kind else { return [] }
    var steps: [Step] = []
    while hosted.machine.canSendMessage, let appended = appender.durable.first {
      appender.durable.removeFirst()
      // Room is given back only for what is durable and answered, so a slow disk slows its writers
      // down, and so does a writer that does not listen, or that has appended more than its share.
      let size = appender.pending.removeFirst()
      if appender.owed.isEmpty, !budgets.isInDebt(hosted.rights, now: now) {
        if let grant = hosted.machine.consume(bytes: size) { steps.append(.send(grant)) }
      } else {
        appender.owed.append(size)
        holdsBack = true
      }
      var response = Recourse_Bus_V1_AppendResponse()
      response.durableSequence = appended.sequence
      response.position = appended.position
      steps.append(
        .send(hosted.machine.data(metadata: nil, message: try? response.serializedBytes())))
    }
    if hosted.hasEnded, appender.pending.isEmpty { steps += Self.finish(&hosted.machine) }
    hosted.kind = .append(appender)
    calls[call] = hosted
    return steps
  }

  private mutating func deliver(_ page: LogPage, to call: UInt64) -> [Step] {
    guard var hosted = calls[call], case .read(var reader) = hosted.kind else { return [] }
    reader.isReading = false
    reader.query.after = max(reader.query.after, page.scanned)
    var response = Recourse_Bus_V1_ReadResponse()
    response.events = page.events
    response.scannedPosition = page.scanned
    response.generation = generations.last?.number ?? 1
    let frame = hosted.machine.data(metadata: nil, message: try? response.serializedBytes())
    hosted.kind = .read(reader)
    calls[call] = hosted
    return [.send(frame)] + readOn(call)
  }
}
