import Foundation
import Torture
import WorkerKit

/// A run: clients at work while processes are killed and stopped, then the verdict.
struct TortureRun: Sendable {
  /// What came of a run.
  struct Outcome: Sendable {
    private(set) var report: TortureReport
    let progress: TortureRecord.Progress

    /// Holds what each worker has on record against the heads that the log has of it, when all have stopped.
    /// - Throws: ``Failure`` if the log cannot be read.
    mutating func verifyAudits(in directory: DataDirectory) throws {
      let found = try AuditVerification(directory: directory, log: nil, worker: nil)
      let audits = found.audits.map { audit in
        RunHistory.Audit(
          worker: audit.worker, rows: audit.rows,
          faults: audit.faults.map { "\($0.code.rawValue): \($0.what)" })
      }
      let unreadable = found.unreadable.map { failure in
        RunHistory.Audit(worker: failure.path, rows: 0, faults: [failure.message])
      }
      TortureChecker.check(audits + unreadable, of: WorkerCatalogue.names, &report)
    }
  }

  let directory: DataDirectory
  let seed: UInt64
  let plan: FaultPlan
  private let length: Duration
  private let record: TortureRecord
  private let clock = ContinuousClock()

  /// Clients that submit, each with an officer who signs what it submitted.
  static let clientsCount = 4
  /// From one line about how far it has got to the next.
  static let progressInterval: Duration = .seconds(10)
  /// How long officers may go on with what is due, after the last fault.
  static let afterworkLimit: Duration = .seconds(30)

  init(directory: DataDirectory, seed: UInt64, milliseconds: Int) throws {
    self.directory = directory
    self.seed = seed
    length = .milliseconds(milliseconds)
    plan = FaultPlan(
      seed: seed, processes: ["broker"] + WorkerCatalogue.names, milliseconds: milliseconds)
    record = TortureRecord(forms: try TortureForms(now: Date()), seed: seed)
  }

  /// Runs it on the system that is up in the directory.
  func run() async throws -> Outcome {
    let start = clock.now
    let end = start.advanced(by: length)
    // Until the end of this function, which cancels it.
    async let _ = tellProgress(since: start)
    async let tormented: Void = Tormentor(directory: directory, plan: plan, record: record).run()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<Self.clientsCount {
        group.addTask {
          try await Connection.patiently(directory, until: end) { connection in
            try await TortureClient(record: record, connection: connection).run(
              until: end, officer: end.advanced(by: Self.afterworkLimit))
          }
        }
      }
      try await group.waitForAll()
    }
    try await tormented
    let report = try await TortureVerdict(directory: directory, plan: plan, record: record).reach()
    return Outcome(report: report, progress: record.progress)
  }

  /// Says how far it has got, until cancelled.
  private func tellProgress(since start: ContinuousClock.Instant) async {
    while (try? await clock.sleep(for: Self.progressInterval)) != nil {
      let progress = record.progress
      Output.complaint(
        "torture: \(start.duration(to: clock.now).components.seconds) s, "
          + "\(progress.submitted) submitted, \(progress.acknowledged) acknowledged, "
          + "\(progress.faults.values.reduce(0, +)) faults")
    }
  }
}
