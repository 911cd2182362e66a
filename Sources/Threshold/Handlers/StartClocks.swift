import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Starts the clocks of cases that were received before clocks were kept, once: what is undecided is due
/// by the same day as if they had been. At what time of a day it arrived is not known any more.
struct StartClocks {
  let library: PolicyLibrary

  func apply(in tx: SliceTransaction) throws {
    for reference in try tx.casesWithoutClocks() {
      guard var application = try tx.application(of: reference) else { continue }
      let first = try tx.clocks(of: reference).first { $0.stage == .decide && $0.round == 1 }
      if let running = first?.running, [.receipt, .acknowledgement].contains(running.clock.anchor) {
        application.clockReceipt = running.anchor
      }
      try tx.keepClockReceipt(application.clockReceipt, of: reference)
      guard try !tx.isDecided(reference) else { continue }
      try start(application, in: tx)
      try tx.audit(
        actor: "threshold", action: "threshold.start-clocks", subject: reference.description)
    }
  }

  /// Starts the clocks that begin with receipt. The reference is the acknowledgement, so that this is done
  /// at once.
  func start(_ application: KeptApplication, in tx: SliceTransaction) throws {
    let clocks = CaseClocks(library: library)
    let reference = application.reference
    try clocks.start(.acknowledge, round: 1, of: application, in: tx)
    try clocks.stop(.acknowledge, on: application.receivedOn, of: reference, in: tx)
    try resumeInformation(application, in: tx)
    try clocks.withinHorizon(.decide, reference, in: tx) {
      try clocks.startOnceInformed(application, in: tx)
    }
    try clocks.awaitInformation(application, in: tx)
  }

  /// Bodies that were asked before clocks were kept, and have not all answered.
  private func resumeInformation(
    _ application: KeptApplication, in tx: SliceTransaction
  ) throws {
    let requests = try tx.informationRequests(of: application.reference)
    guard requests.contains(where: { $0.answers == 0 }), let asked = requests.first else { return }
    let clocks = CaseClocks(library: library)
    guard let (clock, source) = try clocks.clock(.information, of: application, in: tx) else {
      return
    }
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    let days = [try clocks.day(of: clock.anchor, application, in: tx), asked.requestedOn]
    try clocks.withinHorizon(.information, application.reference, in: tx) {
      let anchor = try days.compactMap(\.self).first {
        try clock.period.deadline(from: $0, in: calendar) == asked.dueOn
      }
      try clocks.begin(
        RunningClock(clock, source: source, anchor: anchor ?? asked.requestedOn), round: 1,
        of: application, in: tx)
    }
  }
}
