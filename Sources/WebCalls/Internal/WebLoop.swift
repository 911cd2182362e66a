import Foundation
import Synchronization

/// The one thread on which libcurl runs, made when there is something to send and gone when there has been nothing for
/// ``WebBounds/idleLimit``; and what waits for it.
final class WebLoop: Sendable {
  /// A request, and who waits for its answer.
  struct Ticket: Sendable {
    let id: UInt64
    let request: WebRequest
    let continuation: CheckedContinuation<Result<WebAnswer, WebFault>, Never>
  }

  /// What the thread is to do before it goes on.
  struct Work {
    var cancelled: [UInt64] = []
    var begun: [Ticket] = []
    var hasEnded = false
  }

  private struct State {
    var lastID: UInt64 = 0
    /// Requests that are not answered yet; true for those that nobody wants answered any more.
    var open: [UInt64: Bool] = [:]
    /// In the order in which they came.
    var waiting: [Ticket] = []
    var isRunning = false
    var hasEnded = false
    var alarm: WebEngine.Alarm?
  }

  private let bounds: WebBounds
  private let trust: WebTrust
  private let state = Mutex(State())

  init(_ bounds: WebBounds, _ trust: WebTrust) {
    self.bounds = bounds
    self.trust = trust
  }

  // MARK: From any thread

  /// The number of a request that is about to be made.
  func open() -> UInt64 {
    state.withLock { state in
      state.lastID += 1
      state.open[state.lastID] = false
      return state.lastID
    }
  }

  func take(_ ticket: Ticket) {
    let fault: WebFault? = state.withLock { state in
      if state.open[ticket.id] == true { return .notSent(Self.cancelled) }
      guard state.waiting.count < bounds.waitingLimit else {
        return .notSent("too many requests wait")
      }
      state.waiting.append(ticket)
      if !state.isRunning {
        state.isRunning = true
        let thread = Thread { self.run() }
        thread.name = "web"
        thread.start()
      }
      state.alarm?.raise()
      return nil
    }
    if let fault { close(ticket, .failure(fault)) }
  }

  func cancel(_ id: UInt64) {
    let ticket: Ticket? = state.withLock { state in
      guard state.open[id] != nil else { return nil }
      state.open[id] = true
      state.alarm?.raise()
      guard let place = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
      return state.waiting.remove(at: place)
    }
    if let ticket { close(ticket, .failure(.notSent(Self.cancelled))) }
  }

  /// Lets the thread end. Nobody waits any more.
  func end() {
    state.withLock { state in
      state.hasEnded = true
      state.alarm?.raise()
    }
  }

  static let cancelled = "it was cancelled"

  private func close(_ ticket: Ticket, _ outcome: Result<WebAnswer, WebFault>) {
    state.withLock { _ = $0.open.removeValue(forKey: ticket.id) }
    ticket.continuation.resume(returning: outcome)
  }

  // MARK: On its thread

  private func run() {
    // Whatever the system signals is for the other threads, or, if this one writes to who has gone, for nobody.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    guard let engine = WebEngine(bounds, trust) else { return giveUp() }
    state.withLock { $0.alarm = engine.alarm }
    var idleSince = ContinuousClock.now
    while true {
      let isIdle = engine.isIdle && ContinuousClock.now - idleSince >= bounds.idleLimit
      let work = next(engine, leavingIf: isIdle)
      if work.hasEnded { break }
      for id in work.cancelled { engine.cancel(id) }
      for ticket in work.begun { engine.begin(ticket) }
      let ended = engine.step(waiting: bounds.idleLimit)
      if !engine.isIdle || !ended.isEmpty { idleSince = .now }
      for (ticket, outcome) in ended { close(ticket, outcome) }
    }
    engine.close()
  }

  private func next(_ engine: WebEngine, leavingIf isIdle: Bool) -> Work {
    state.withLock { state in
      var work = Work()
      if state.hasEnded || isIdle && state.waiting.isEmpty {
        work.hasEnded = true
        state.isRunning = false
        state.alarm = nil
        return work
      }
      work.cancelled = engine.active.filter { state.open[$0] == true }
      // Whoever is cancelled makes place only when the transfer has ended.
      let count = min(bounds.connectionsLimit - engine.active.count, state.waiting.count)
      work.begun = Array(state.waiting.prefix(max(count, 0)))
      state.waiting.removeFirst(work.begun.count)
      return work
    }
  }

  /// libcurl cannot even begin.
  private func giveUp() {
    let tickets = state.withLock { state in
      state.isRunning = false
      defer { state.waiting = [] }
      return state.waiting
    }
    for ticket in tickets { close(ticket, .failure(.notSent("there is no memory"))) }
  }
}
