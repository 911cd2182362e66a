/// An agency that is not there, acted by a program: for the demo, for tests, and for trying an integration.
public enum AgencySimulator: String, Sendable, CaseIterable {
  /// A social landlord that answers requests for information by files (comma, UTF-8, days as `2026-03-20`).
  case housingProvider = "housing-provider"
  /// A stand-in for GOV.UK Notify, which takes the one key that it tells.
  case notify
  /// A server that people report to, with GeoReport v2 as its interface.
  case open311
  /// A police force that answers requests for information by files (semicolon, Windows-1252, days as `20/03/2026`).
  case police
  /// A support provider with an interface for referrals.
  case victimSupport = "victim-support"

  /// Works as the agency does until the task is cancelled.
  /// - Throws: ``SimulatorError`` where the options do not suffice, or what it reads and writes fails.
  public func run(_ options: SimulatorOptions) async throws {
    switch self {
    case .housingProvider: try await DropFolderAgency(dialect: .housing, options).run()
    case .notify: try await NotifyServer(options).run()
    case .open311: try await GeoReportServer(options).run()
    case .police: try await DropFolderAgency(dialect: .police, options).run()
    case .victimSupport: try await SupportProvider(options).run()
    }
  }
}
