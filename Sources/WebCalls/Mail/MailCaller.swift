import Foundation
import Synchronization

/// Hands messages in at a mail server by SMTP, each over a connection of its own.
///
/// Certificates and names of hosts are always verified, nothing is said in the open unless the server's settings say so,
/// and no fault says what was sent or to whom. It costs nothing while nothing is sent.
public final class MailCaller: Sendable {
  /// What it keeps to.
  public let bounds: MailBounds
  private let server: MailServer

  private struct State {
    var threads = 0
    /// In the order in which they came.
    var waiting: [MailTransfer] = []
  }

  private let state = Mutex(State())

  public init(_ server: MailServer, _ bounds: MailBounds = MailBounds()) {
    self.server = server
    self.bounds = bounds
  }

  /// Hands a message in. It is the server's when this returns.
  ///
  /// If the task is cancelled the transfer ends within a second; the fault then says whether the server may have taken it.
  public func send(_ message: MailMessage) async throws(MailFault) {
    try server.check()
    let bytes = try message.composed(bounds)
    let transfer = MailTransfer(server, bounds, message, bytes)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        transfer.wait(continuation)
        take(transfer)
      }
    } onCancel: {
      cancel(transfer)
    }
    try outcome.get()
  }

  private func take(_ transfer: MailTransfer) {
    let fault: MailFault? = state.withLock { state in
      if transfer.isCancelled { return .notSent(WebLoop.cancelled) }
      guard state.waiting.count < bounds.waitingLimit else {
        return .notSent("too many messages wait")
      }
      state.waiting.append(transfer)
      if state.threads < bounds.sendingLimit {
        state.threads += 1
        let thread = Thread { self.run() }
        thread.name = "mail"
        thread.start()
      }
      return nil
    }
    if let fault { transfer.end(.failure(fault)) }
  }

  private func cancel(_ transfer: MailTransfer) {
    let wasWaiting = state.withLock { state in
      transfer.cancel()
      guard let place = state.waiting.firstIndex(where: { $0 === transfer }) else { return false }
      state.waiting.remove(at: place)
      return true
    }
    if wasWaiting { transfer.end(.failure(.notSent(WebLoop.cancelled))) }
  }

  /// On a thread of its own: one message after the other, until none waits.
  private func run() {
    // Whatever the system signals is for the other threads, or, if this one writes to who has gone, for nobody.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    while let transfer = next() { transfer.end(transfer.perform()) }
  }

  private func next() -> MailTransfer? {
    state.withLock { state in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.threads -= 1
      return nil
    }
  }
}
