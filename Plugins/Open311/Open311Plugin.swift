import Messages
public import WorkerKit

/// Reads reports of anti-social behaviour from a GeoReport v2 server, and has whoever reports for the second time within
/// six months told of the review. See README.md beside this file.
public enum Open311Plugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The plugin's name: its principal, its process, its slice.
  static let name = "open311"

  /// The worker as it is declared. It is unready until it is told where the server is, what to read, and by which field
  /// reporters consent.
  /// - Throws: `SettingError` for a setting that makes no sense.
  public static func worker(_ settings: PluginSettings) throws -> Worker {
    let source = try Source(settings)
    let reading = ReadReports(source: source)
    return Worker(
      name: name,
      calls: [Recourse_Intake_V1_Intake.Method.RecordSecondReport.descriptor],
      timers: [
        .on(SliceTransaction.forget) { due, tx in try tx.forget(endingOn: due.key) }
      ],
      effects: Signpost(source: source).routes,
      rounds: [
        .every(source.pollInterval, "read reports") { try await reading.perform($0) }
      ],
      migrations: Open311Migrations.all,
      onStart: { context in try await context.slice.write { try $0.makeHashKey() } },
      unready: { _ in source.missing.map { "the setting \($0) is not set" } })
  }
}
