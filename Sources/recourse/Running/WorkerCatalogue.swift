import Correspondence
import Intake
import Panel
import Portal
import Reporting
import Support
import Threshold
import WorkerKit

/// The workers that are built in, in the order of a case's way; and, by name, the plugins that ship.
enum WorkerCatalogue {
  private static let makers: [(name: String, make: @Sendable (DataDirectory?) throws -> Worker)] = [
    ("intake", { _ in IntakeWorker.worker(scanner: try ScannerSetting.current()) }),
    (
      "threshold",
      { directory in
        guard let directory else { return ThresholdWorker.worker() }
        return ThresholdWorker.worker(documents: try AdoptedPacks.documents(in: directory))
      }
    ),
    ("panel", { _ in PanelWorker.worker() }),
    ("support", { _ in SupportWorker.worker() }),
    ("correspondence", { _ in CorrespondenceWorker.worker(follow: try FollowSetting.current()) }),
    ("reporting", { _ in ReportingWorker.worker() }),
    (PortalOptions.name, { _ in PortalWorker.worker(try PortalSettings.fromEnvironment()) }),
  ]

  static let names = makers.map(\.name)

  static func all() throws -> [Worker] { try makers.map { try $0.make(nil) } }

  /// The worker of an installation; of none, it knows only what is built in.
  /// - Throws: ``Failure`` `unknown-worker`, or what is wrong with a pack that is adopted.
  static func worker(_ name: String, in directory: DataDirectory? = nil) throws -> Worker {
    guard let maker = makers.first(where: { $0.name == name }) else {
      if let plugin = try ShippedPlugins.worker(name, in: directory) { return plugin }
      throw Failure.usage(
        "unknown-worker", path: "NAME",
        "There is no such worker; the workers are \(names.joined(separator: ", "))"
          + (ShippedPlugins.names.isEmpty
            ? "." : ", the plugins that ship \(ShippedPlugins.names.joined(separator: ", "))."))
    }
    return try maker.make(directory)
  }

  /// What a worker, or a plugin that ships, says of itself, in one line of JSON.
  /// - Throws: ``Failure`` if there is none of that name.
  static func description(of name: String) throws -> String {
    guard names.contains(name) else { return try ShippedPlugins.description(of: name) }
    return try PluginDescription { _ in try worker(name) }.json
  }
}
