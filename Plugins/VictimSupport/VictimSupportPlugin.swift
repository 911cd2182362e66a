import Foundation
import Messages
import SwiftProtobuf
public import WorkerKit

/// Takes referrals to a support provider and brings their fate back. See README.md beside this file.
public enum VictimSupportPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The plugin's name: its principal, its process, its slice.
  static let name = "victim-support"

  /// The worker as it is declared. It is unready until it is told where the provider is, its key, and for which agencies
  /// it stands.
  /// - Parameter pauses: between the attempts at telling the provider something.
  /// - Throws: `SettingError` for a setting that makes no sense.
  public static func worker(
    _ settings: PluginSettings, pauses: Pauses = Pauses()
  ) throws -> Worker {
    let provider = try Provider(settings, pauses)
    return Worker(
      name: name,
      routes: [
        .on(Recourse_Support_V1_ReferralMade.self) { made, tx in
          try TakeReferral(made)?.apply(in: tx)
        },
        .on(
          Recourse_Intake_V1_ConsentWithdrawn.self,
          gather: { withdrawn, context in
            try await SupportCalls(context).withdrawn(provider.agencies, by: withdrawn)
          },
          apply: { _, consents, tx in try TakeWithdrawal(consents).apply(in: tx) }),
      ],
      calls: SupportCalls.methods,
      disclosures: [
        DisclosureNeed(
          Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
          purpose: "support-referral", fields: ["name", "ways", "language", "adjustments"])
      ],
      effects: [
        ServeAgencies.route(provider), HandOver.route(provider), ReportAnswer.route,
        TellWithdrawal.route(provider), ReportAcknowledgement.route,
      ],
      rounds: [
        .every(provider.pollInterval, "answers") { context in
          try await AskForAnswers(provider).perform(context)
        }
      ],
      migrations: VictimSupportMigrations.all,
      onStart: { context in try await ServeAgencies.begin(provider, context) },
      unready: { _ in provider.missing.map { "the setting \($0) is not set" } })
  }
}

/// The pauses between attempts at telling a provider something: each twice as long as the one before, up to a limit.
public struct Pauses: Sendable, Hashable {
  public var first: Duration
  public var limit: Duration

  /// Pauses that begin with one and grow up to another.
  public init(first: Duration = .seconds(30), limit: Duration = .seconds(4 * 3_600)) {
    self.first = first
    self.limit = limit
  }

  /// The pause after so many attempts in vain.
  func after(_ attempts: Int) -> Duration {
    min(first * (1 << min(max(attempts - 1, 0), 20)), limit)
  }
}
