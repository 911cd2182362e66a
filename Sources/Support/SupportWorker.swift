import Messages
import PolicyLibrary
public import WorkerKit

/// Support: refers people to support agencies with their consent, and else offers them the details to
/// refer themselves. See README.md beside this file.
public enum SupportWorker {
  /// The worker as it is declared. It has no settings; referrals go to the output directory of its process.
  public static func worker() -> Worker {
    let library = PolicyLibrary()
    return Worker(
      name: "support",
      emits: [
        Recourse_Support_V1_SupportOffered.self,
        Recourse_Support_V1_ReferralMade.self,
        Recourse_Support_V1_ReferralAnswered.self,
        Recourse_Support_V1_WithdrawalAcknowledged.self,
      ],
      routes: [
        library.route,
        .on(Recourse_Intake_V1_ApplicationReceived.self, replays: true) { received, tx in
          try KeepCase(received).apply(in: tx)
        },
        .on(Recourse_Intake_V1_ConsentGiven.self, replays: true) { given, tx in
          try TakeConsent(given)?.apply(library, in: tx)
        },
        .on(Recourse_Intake_V1_ConsentWithdrawn.self, replays: true) { withdrawn, tx in
          try WithdrawConsent(withdrawn)?.apply(library, in: tx)
        },
        .on(Recourse_Threshold_V1_ThresholdAssessed.self, replays: true) { assessed, tx in
          try DecideSupport(assessed).apply(library, in: tx)
        },
      ],
      disclosures: [
        DisclosureNeed(
          Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
          purpose: "support-referral", fields: ["name", "ways", "language", "adjustments"])
      ],
      effects: [
        .on(
          ReferralKey.effect,
          perform: { effect, context in
            try await SendReferral(effect, library).perform(context)
          },
          ask: { effect, context in try await SendReferral(effect, library).ask(context) },
          confirmed: { effect, tx in try RecordReferral(effect).apply(in: tx) },
          abandoned: { effect, refused, tx in
            try RecordReferral(effect).abandon(refused, library, in: tx)
          }),
        TakeBackReferral.route(library),
      ],
      migrations: SupportMigrations.all,
      services: { context in [SupportService(context: context, library: library)] })
  }
}
