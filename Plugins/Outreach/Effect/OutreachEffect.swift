import GRPCCore
import Messages
import WorkerKit

/// What the plugin's worker has to do with materials and their effect.
enum OutreachEffect {
  /// What Intake is asked for. It tells of no person.
  static let disclosures = [
    DisclosureNeed(
      Recourse_Intake_V1_Intake.Method.GetHeardVia.descriptor, purpose: "outreach-effect",
      fields: ["channel", "material"])
  ]

  /// Each application is counted once.
  static let routes: [Route] = [
    .on(
      Recourse_Intake_V1_ApplicationReceived.self,
      gather: { received, context in
        try await CountApplication.Heard.ask(of: received.event.caseReference, context)
      },
      apply: { received, heard, tx in
        try CountApplication(received.event, heard: heard).apply(in: tx)
      })
  ]

  static func services(_ context: WorkerContext) -> [any RegistrableRPCService] {
    [MaterialsService(context: context), EffectService(context: context)]
  }
}
