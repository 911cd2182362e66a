import Intake
import Panel
import Reporting
import Support
import Threshold
import WorkerKit

/// The workers that are built in, in the order of a case's way.
enum WorkerCatalogue {
  private static let makers: [(name: String, make: @Sendable () throws -> Worker)] = [
    ("intake", { IntakeWorker.worker() }),
    ("threshold", { ThresholdWorker.worker() }),
    ("panel", { PanelWorker.worker() }),
    ("support", { SupportWorker.worker() }),
    ("reporting", { ReportingWorker.worker() }),
  ]

  static let names = makers.map(\.name)

  static func all() throws -> [Worker] { try makers.map { try $0.make() } }

  /// - Throws: ``Failure`` `unknown-worker`.
  static func worker(_ name: String) throws -> Worker {
    guard let maker = makers.first(where: { $0.name == name }) else {
      throw Failure.usage(
        "unknown-worker", path: "NAME",
        "There is no such worker; the workers are \(names.joined(separator: ", ")).")
    }
    return try maker.make()
  }
}
