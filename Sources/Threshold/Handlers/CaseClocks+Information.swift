import CaseModel
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// When the application is acknowledged, when information is there, and the clocks that turn on it. Each runs
/// from the policy's own anchor, whether or not somebody has done what it waits for.
extension CaseClocks {
  /// Fires when the last day on which bodies answer is over, in a case whose decision waits for them.
  static let nobodyAskedKind = "nobody-asked"

  /// Starts what is counted from receipt, from the acknowledgement or from information that is there, as far
  /// as that has happened; what runs already is left as it is. Nothing after a decision.
  func startWhatIsCounted(_ application: KeptApplication, in tx: SliceTransaction) throws {
    let reference = application.reference
    guard let round = try tx.decisionStanding(of: reference).openNumber else { return }
    if round == 1 {
      try start(.information, round: 1, of: application, in: tx)
      try stopOnceAnswered(reference, in: tx)
    }
    try withinHorizon(.decide, reference, in: tx) {
      try start(.decide, round: round, of: application, in: tx)
    }
    try awaitInformation(application, in: tx)
  }

  /// The day on which the applicant knew that the application is there. A late acknowledgement moves nothing
  /// that is counted from it: its last day counts then. Nil while neither has come.
  func acknowledgementDay(
    of application: KeptApplication, in tx: SliceTransaction
  ) throws -> CalendarDate? {
    let receipt = application.clockReceipt
    guard
      let clock = try tx.clocks(of: application.reference).first(where: { $0.stage == .acknowledge }
      )
    else { return max(application.acknowledgedOn ?? receipt, receipt) }
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    // Nil while it stands still, or where bank holidays are not known for so long.
    let last = try? clock.running.due(in: calendar)
    guard let day = application.acknowledgedOn else {
      return last.flatMap { $0 < tx.today ? max($0, receipt) : nil }
    }
    return max(receipt, last.map { min($0, day) } ?? day)
  }

  /// Everybody who was asked has answered or is overdue: the latest of the days on which that came about,
  /// and an answer that is overdue came about on its last day. Where nobody was asked by the day on which
  /// bodies would have had to answer, that day; where no policy says by when, receipt. Nil before that.
  func informationDay(
    of application: KeptApplication, in tx: SliceTransaction
  ) throws -> CalendarDate? {
    let requests = try tx.informationRequests(of: application.reference)
    guard !requests.isEmpty else {
      guard try clock(.information, of: application, in: tx) != nil else {
        return application.clockReceipt
      }
      return try lastDayToAnswer(of: application, in: tx).flatMap { $0 < tx.today ? $0 : nil }
    }
    guard !requests.contains(where: { $0.state == .requested }) else { return nil }
    return requests.map { $0.answeredOn ?? $0.dueOn }.max()
  }

  /// Starts the clock of the decision if it is counted from information that is there now. What comes in
  /// after a decision starts nothing.
  func startOnceInformed(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard let round = try tx.decisionStanding(of: application.reference).openNumber else { return }
    try start(.decide, round: round, of: application, in: tx)
  }

  /// Sees to it that the clock of the decision starts although nobody is asked.
  private func awaitInformation(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard let decide = try clock(.decide, of: application, in: tx)?.clock,
      decide.anchor == .information
    else { return }
    try withinHorizon(.information, application.reference, in: tx) {
      guard let last = try lastDayToAnswer(of: application, in: tx) else { return }
      try tx.schedule(
        Self.nobodyAskedKind, key: application.reference.description, at: last.isOver)
    }
  }

  /// The day on which bodies would have had to answer is over.
  func noteNobodyAsked(_ timer: DueTimer, in tx: SliceTransaction) throws {
    try startOnceInformed(
      try tx.knownApplication(CaseReference(parsing: timer.key)), in: tx)
  }

  /// Once all that were asked have answered the stage is done, on the day of the latest answer.
  func stopOnceAnswered(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let requests = try tx.informationRequests(of: reference)
    guard !requests.isEmpty, requests.allSatisfy({ $0.answers > 0 }) else { return }
    try stop(
      .information, on: requests.compactMap(\.answeredOn).max(), of: reference, in: tx)
  }

  /// By when bodies that are asked today answer: by the last day of the stage or, where that has gone by or
  /// stands still, as long from today as the policy gives them. The stage is as late as it is for that. Nil
  /// if neither the pack nor the one that lends clocks has such a clock.
  /// - Throws: `BeyondHorizon`.
  func dayToAnswer(
    ofThoseAskedIn application: KeptApplication, in tx: SliceTransaction
  ) throws -> CalendarDate? {
    guard let clock = try clock(.information, of: application, in: tx)?.clock else { return nil }
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    let open = try tx.openClock(.information, of: application.reference)
    let last =
      if let open {
        try open.running.due(in: calendar)
      } else {
        try lastDayToAnswer(of: application, in: tx)
      }
    if let last, last >= tx.today { return last }
    return try clock.period.deadline(from: tx.today, in: calendar)
  }

  /// Who is asked after all have answered begins another round of the stage: by the same last day or, where
  /// that has gone by, counted from today. What was done in the round before stays as it is.
  func startFurtherRound(of application: KeptApplication, in tx: SliceTransaction) throws {
    let rounds = try tx.clocks(of: application.reference).filter { $0.stage == .information }
    guard let last = rounds.last, rounds.allSatisfy({ $0.doneOn != nil }),
      try !tx.isDecided(application.reference)
    else { return }
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    let (clock, anchor) = (last.running.clock, last.running.anchor)
    let isOver = try clock.period.deadline(from: anchor, in: calendar) < tx.today
    try begin(
      RunningClock(clock, source: last.running.source, anchor: isOver ? tx.today : anchor),
      round: last.round + 1, of: application, in: tx)
  }

  /// Counted from the policy's own anchor; nil where that has not happened, or no policy has such a clock.
  private func lastDayToAnswer(
    of application: KeptApplication, in tx: SliceTransaction
  ) throws -> CalendarDate? {
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    guard let clock = try clock(.information, of: application, in: tx)?.clock,
      let day = try day(of: clock.anchor, application, in: tx)
    else { return nil }
    return try clock.period.deadline(from: day, in: calendar)
  }
}
