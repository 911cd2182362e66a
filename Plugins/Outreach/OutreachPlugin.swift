import Messages
import SwiftProtobuf
public import WorkerKit

/// Keeps the communications plan and counts its effect without tracking people. See README.md beside this file.
public enum OutreachPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The worker as it is declared. Invitations go to the output directory of its process.
  public static func worker(_ settings: PluginSettings = PluginSettings()) throws -> Worker {
    Worker(
      name: "outreach",
      emits: [
        Recourse_Outreach_V1_ActivityHeld.self,
        Recourse_Outreach_V1_MaterialDistributed.self,
      ],
      routes: OutreachEffect.routes,
      disclosures: OutreachEffect.disclosures,
      effects: [
        .on(
          KeptInvitation.effect,
          perform: { effect, context in
            let text = try await context.slice.read { try $0.invitation(effect.key) }
            try InvitationFolder(of: context)
              .put(text, as: KeptInvitation.fileName(of: effect.key))
          },
          ask: { effect, context in
            try InvitationFolder(of: context).has(KeptInvitation.fileName(of: effect.key))
          },
          confirmed: { effect, tx in try tx.forgetInvitation(effect.key) },
          abandoned: { effect, _, tx in try tx.forgetInvitation(effect.key) })
      ],
      migrations: OutreachMigrations.all + EffectMigrations.all,
      services: { context in
        [OutreachService(context: context)] + OutreachEffect.services(context)
      })
  }
}
