import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Records that what was put on record as told did not arrive after all, such as a letter that came back: it is owed again.
///
/// Only whoever put the evidence on record takes it back; what somebody else has evidence of stands. The clocks that are
/// counted from an acknowledgement go on as they began: nobody is decided about later because a letter came back.
struct RecordUndelivered: Sendable {
  /// What did not arrive.
  enum Subject: Sendable, Hashable {
    case acknowledgement
    case body(String)
    /// As the pack names it.
    case stage(String)
  }

  let subject: Subject
  /// The day on which it is on record as told.
  let toldOn: CalendarDate
  /// Who knows; empty if nobody is named.
  let officer: String
  /// The principal that calls.
  let caller: String
  let library: PolicyLibrary

  /// - Throws: the refusals `unknown-case`, `unknown-stage` and `not-on-record`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let application = try tx.knownApplication(reference)
    let words: String
    switch subject {
    case .acknowledgement:
      try drop(.acknowledgement, of: reference, in: tx)
      try tx.keepAcknowledged(on: nil, reference)
      try CaseClocks(library: library).reopen(.acknowledge, of: application, in: tx)
      words = "acknowledgement"
    case .body(let body):
      try drop(.body(body), of: reference, in: tx)
      try tx.recordNotified(body, on: nil, of: reference)
      words = body
    case .stage(let name):
      let stage = try Clock.Stage(request: name)
      let told = try tx.delays(of: reference).last { $0.stage == stage && $0.toldOn == toldOn }
      guard let told else { throw notOnRecord }
      try drop(.delay(told), of: reference, in: tx)
      try tx.keepTold(told, on: nil, of: reference)
      words = "\(stage.rawValue), due by \(told.dueOn)"
    }
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.record-undelivered",
      subject: reference.description, reason: "\(words), not on \(toldOn)")
  }

  private func drop(
    _ subject: ToldSubject, of reference: CaseReference, in tx: SliceTransaction
  ) throws {
    guard try tx.dropTold(subject, by: caller, on: toldOn, of: reference) else {
      throw notOnRecord
    }
  }

  private var notOnRecord: Refusal {
    Refusal(
      .state, code: "not-on-record", path: "told",
      message: "It is not on record by this caller that it was told on \(toldOn); what others have "
        + "evidence of stands.")
  }
}

extension CaseClocks {
  /// The stage is not done after all: its clock runs on by the day by which it was due. If that has gone by, it is late.
  func reopen(
    _ stage: Clock.Stage, of application: KeptApplication, in tx: SliceTransaction
  ) throws {
    let reference = application.reference
    guard application.withdrawnOn == nil,
      var clock = try tx.clocks(of: reference).last(where: { $0.stage == stage }),
      clock.doneOn != nil, clock.endedOn == nil
    else { return }
    clock.doneOn = nil
    try tx.keepDone(clock, on: nil, of: reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    try schedule(clock, reference, under: pack, in: tx)
  }
}
