import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Starts the clocks of a case that is taken in and, when the worker starts, those that older versions of it
/// did not keep: what is undecided is due by the same day as if they had been. At what time of a day it
/// arrived is not known any more.
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
      try audit(reference, in: tx)
    }
    for reference in try tx.casesWithoutClockForAnswers() {
      try tx.keepAnswersCounted(reference)
      guard let application = try tx.application(of: reference),
        try tx.openClock(.information, of: reference) == nil
      else { continue }
      try CaseClocks(library: library).startWhatIsCounted(application, in: tx)
      if try tx.openClock(.information, of: reference) != nil { try audit(reference, in: tx) }
    }
  }

  /// Starts the clocks that begin with receipt, and those that follow as far as they can.
  func start(_ application: KeptApplication, in tx: SliceTransaction) throws {
    let clocks = CaseClocks(library: library)
    try clocks.start(.acknowledge, round: 1, of: application, in: tx)
    if let day = application.acknowledgedOn {
      try clocks.stop(.acknowledge, on: day, of: application.reference, in: tx)
    }
    try clocks.startWhatIsCounted(application, in: tx)
  }

  private func audit(_ reference: CaseReference, in tx: SliceTransaction) throws {
    try tx.audit(
      actor: "threshold", action: "threshold.start-clocks", subject: reference.description)
  }
}
